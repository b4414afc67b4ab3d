"""Own fields of the demo categories, one form per kind of request and a few of their own."""

from __future__ import annotations

from typing import Any

Field = dict[str, Any]


def words(zh_hans: str, en: str, zh_hant: str) -> dict[str, str]:
    """A label in the three languages of the desk."""
    return {"zh-Hans": zh_hans, "en": en, "zh-Hant": zh_hant}


def field(code: str, type_: str, label: dict[str, str], **more: Any) -> Field:
    """One field as a form version keeps it."""
    return {"code": code, "type": type_, "label": label, **more}


def choices(*some: tuple[str, str, str, str]) -> list[Field]:
    """Things to choose: (code, 简体, English, 繁體)."""
    return [{"code": code, "label": words(hans, en, hant)} for code, hans, en, hant in some]


ADDRESS = field("address", "address", words("装机地址", "Service address", "裝機地址"))
ACCOUNT = field(
    "account_number",
    "text",
    words("账户号码", "Account number", "帳戶號碼"),
    max_length=20,
    pattern=r"^[A-Z]\d{6,10}$",
)
CONTACT = field("contact_phone", "phone", words("联系电话", "Phone to reach", "聯絡電話"))
EVIDENCE = field("evidence", "attachment", words("证明材料", "Evidence", "證明材料"), max_items=5)
AMOUNT = field(
    "amount", "money", words("涉及金额", "Amount", "涉及金額"), minimum=0, maximum=100000, currency="CNY"
)
FACTS = field("facts", "long_text", words("核实情况", "Facts found", "核實情況"), max_length=2000)
RESULT = field("result", "long_text", words("处理结果", "Result", "處理結果"), max_length=2000)
EXPLANATION = field("explanation", "long_text", words("解释说明", "Explanation", "解釋說明"), max_length=2000)
ANSWER = field("answer", "long_text", words("答复内容", "Answer", "答覆內容"), max_length=2000)
DISTRICT = field(
    "district",
    "cascade",
    words("所属片区", "District", "所屬片區"),
    choices=[
        {
            "code": "east",
            "label": words("东区", "East", "東區"),
            "children": choices(
                ("lianhua", "莲花片", "Lianhua", "蓮花片"), ("dongting", "东亭片", "Dongting", "東亭片")
            ),
        },
        {
            "code": "west",
            "label": words("西区", "West", "西區"),
            "children": choices(
                ("xiyuan", "西苑片", "Xiyuan", "西苑片"), ("shuixiang", "水巷片", "Shuixiang", "水巷片")
            ),
        },
    ],
)
LIABILITY = field(
    "liability",
    "choice",
    words("责任认定", "Liability", "責任認定"),
    choices=choices(
        ("ours", "我方责任", "Ours", "我方責任"),
        ("partner", "合作方责任", "Partner's", "合作方責任"),
        ("customer", "客户原因", "Customer's", "客戶原因"),
        ("nobody", "无责任方", "Nobody's", "無責任方"),
    ),
)
FAULT = field(
    "fault_cause",
    "choice",
    words("故障原因", "Cause of the fault", "故障原因"),
    choices=choices(
        ("fibre", "光缆中断", "Fibre cut", "光纜中斷"),
        ("modem", "光猫故障", "Modem broken", "光貓故障"),
        ("port", "端口异常", "Port at fault", "埠異常"),
        ("wiring", "户内线路", "Wiring indoors", "戶內線路"),
        ("station", "基站告警", "Base station alarm", "基站告警"),
        ("settings", "设置问题", "Settings", "設定問題"),
    ),
)

CONSULTATION = [CONTACT, ANSWER]
DAILY_SERVICE = [
    field(
        "service",
        "multi_choice",
        words("办理事项", "What is to be done", "辦理事項"),
        choices=choices(
            ("invoice", "开具发票", "Invoice", "開立發票"),
            ("name", "资料变更", "Change of data", "資料變更"),
            ("card", "补换卡", "New card", "補換卡"),
            ("move", "移机", "Relocation", "移機"),
            ("stop", "停机复机", "Suspend or resume", "停機復機"),
        ),
    ),
    field("wanted_date", "date", words("希望办理日期", "Wanted on", "希望辦理日期")),
    ACCOUNT,
    RESULT,
    EVIDENCE,
]
REPAIR = [
    {**ADDRESS, "required": True},
    DISTRICT,
    CONTACT,
    field("since", "datetime", words("故障开始时间", "Broken since", "故障開始時間")),
    field("visit_time", "datetime", words("预约上门时间", "Visit agreed for", "預約上門時間")),
    field(
        "speed",
        "number",
        words("实测网速", "Measured speed", "實測網速"),
        minimum=0,
        maximum=10000,
        decimals=1,
    ),
    FAULT,
    RESULT,
    AMOUNT,
]
COMPLAINT = [
    field("happened_on", "date", words("发生日期", "Happened on", "發生日期")),
    field("concerned", "person", words("涉及员工", "Employee concerned", "涉及員工")),
    field(
        "demand",
        "choice",
        words("客户诉求", "What the customer demands", "客戶訴求"),
        choices=choices(
            ("apology", "道歉", "Apology", "道歉"),
            ("refund", "退费", "Refund", "退費"),
            ("solve", "尽快解决", "A quick solution", "盡快解決"),
            ("explain", "给出说明", "An explanation", "給出說明"),
        ),
    ),
    FACTS,
    EVIDENCE,
    LIABILITY,
    EXPLANATION,
    RESULT,
    field(
        "corrective_action", "long_text", words("整改措施", "Corrective action", "整改措施"), max_length=2000
    ),
]
COMPENSATION = [
    field("outage_hours", "number", words("中断时长（小时）", "Hours without service", "中斷時長（小時）"), minimum=0, maximum=2000),
    {**ACCOUNT, "required": True},
    FACTS,
    EXPLANATION,
    RESULT,
    AMOUNT,
    field("receipt_number", "text", words("退费凭证号", "Receipt of the refund", "退費憑證號"), max_length=32),
]  # fmt: skip
WARNING = [
    {
        **field(
            "complexity",
            "choice",
            words("复杂程度", "Complexity", "複雜程度"),
            choices=choices(("simple", "简单", "Simple", "簡單"), ("complex", "复杂", "Complex", "複雜")),
        ),
        "required": True,
        "default": "complex",
    },
    FACTS,
    field("advice", "long_text", words("店长意见", "Shop manager's advice", "店長意見"), max_length=2000),
    field(
        "decision", "long_text", words("副总决定", "Deputy manager's decision", "副總決定"), max_length=2000
    ),
    RESULT,
]
SUGGESTION = [
    field("named", "boolean", words("愿意具名", "May be named", "願意具名")),
    field("email", "email", words("答复邮箱", "E-mail for the answer", "答覆郵箱")),
    field("opinion", "long_text", words("研究意见", "Opinion", "研究意見"), max_length=2000),
    ANSWER,
]
