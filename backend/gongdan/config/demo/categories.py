"""The demo company's catalogue: what people call about, with flow, department and callback."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from gongdan.config.demo import fields
from gongdan.core.catalogue.actions import add_form_version, create_category
from gongdan.core.staff.models import Department
from gongdan.kernel.actor import Actor

CONSULT = {"kind": "consultation", "flow": "consultation", "callback_mode": "never"}
COMPLAIN = {"kind": "complaint", "flow": "complaint", "callback_mode": "always", "default_priority": 3}
REPAIR = {"kind": "repair", "flow": "repair", "callback_mode": "sample", "callback_rate": 0.33}
DAILY = {"kind": "daily_service", "flow": "daily_service", "callback_mode": "sample", "callback_rate": 0.2}
SUGGEST = {"kind": "suggestion", "flow": "suggestion", "callback_mode": "never", "default_priority": 1}
WARN = {"kind": "complaint", "flow": "warning_complaint", "callback_mode": "always", "default_priority": 4}
REFUND = {"kind": "complaint", "flow": "compensation", "callback_mode": "always", "default_priority": 3}


@dataclass(frozen=True, slots=True)
class Entry:
    """A category below another; what it leaves open it inherits. `form` is the list of its own fields."""

    code: str
    name: str
    english: str
    department: str | None = None
    settings: Mapping[str, Any] = field(default_factory=dict)
    form: Sequence[fields.Field] | None = None
    below: tuple[Entry, ...] = ()


TREE = (
    Entry("broadband", "宽带与电视", "Broadband and TV", "network", REPAIR, fields.REPAIR, (
        Entry("broadband_down", "无法上网", "No connection", settings={"default_priority": 3}),
        Entry("broadband_slow", "网速慢", "Slow connection"),
        Entry("broadband_drops", "频繁掉线", "Connection drops"),
        Entry("tv_fault", "电视故障", "TV fault", below=(
            Entry("tv_no_picture", "无画面", "No picture"),
            Entry("tv_stutter", "播放卡顿", "Stuttering"),
        )),
        Entry("modem", "光猫与路由器", "Modem and router"),
    )),
    Entry("mobile", "移动业务", "Mobile", "network", REPAIR, fields.REPAIR, (
        Entry("mobile_signal", "信号弱", "Weak signal", below=(
            Entry("mobile_indoor", "室内信号", "Indoors"),
            Entry("mobile_outdoor", "室外信号", "Outdoors"),
        )),
        Entry("mobile_data", "手机上网慢", "Slow mobile data"),
        Entry("mobile_calls", "通话掉线", "Calls drop"),
    )),
    Entry("enterprise", "政企专线", "Business lines", "enterprise", {**REPAIR, "default_priority": 4}, fields.REPAIR, (
        Entry("leased_line", "专线中断", "Leased line down"),
        Entry("leased_quality", "专线质量", "Leased line quality"),
    )),
    Entry("fees", "费用", "Fees", "billing", CONSULT, fields.CONSULTATION, (
        Entry("fee_query", "账单查询", "About a bill"),
        Entry("plan_query", "套餐咨询", "About plans", "market"),
        Entry("promotion_query", "优惠活动", "About promotions", "market"),
        Entry("coverage_query", "覆盖与装机咨询", "Coverage and installation", "service_center"),
        Entry("fee_dispute", "扣费争议", "Disputed charge", "billing", COMPLAIN, fields.COMPLAINT, (
            Entry("fee_unordered", "未订购被扣费", "Charged without order"),
            Entry("fee_roaming", "漫游费用", "Roaming charges"),
            Entry("fee_contract", "合约违约金", "Contract penalty"),
        )),
        Entry("outage_refund", "故障赔付", "Refund for an outage", "network", REFUND, fields.COMPENSATION),
    )),
    Entry("complaints", "服务投诉", "Complaints about service", "service_center", COMPLAIN, fields.COMPLAINT, (
        Entry("complaint_field", "装维服务", "Field service", "network", below=(
            Entry("complaint_late", "上门超时", "Came late"),
            Entry("complaint_manner", "态度与规范", "Manner", "field_east"),
            Entry("complaint_again", "重复故障", "Broken again"),
        )),
        Entry("complaint_hotline", "热线服务", "Hotline"),
        Entry("complaint_shop", "营业厅服务", "Shops", "market"),
        Entry("complaint_sales", "营销宣传", "Advertising and sales", "market"),
        Entry("complaint_privacy", "信息安全", "Privacy", settings={"default_priority": 4}),
        Entry("complaint_warning", "预警投诉", "Warning complaints", "market", WARN, fields.WARNING),
    )),
    Entry("daily", "业务办理", "Daily service", "service_center", DAILY, fields.DAILY_SERVICE, (
        Entry("daily_invoice", "发票", "Invoices", "billing"),
        Entry("daily_name", "过户与资料变更", "Change of owner or data"),
        Entry("daily_card", "补换卡", "SIM cards"),
        Entry("daily_move", "移机", "Relocation", "field_west"),
        Entry("daily_stop", "停机与复机", "Suspend and resume"),
        Entry("daily_cancel", "销户", "Close an account", settings={"callback_mode": "always"}),
    )),
    Entry("suggestions", "建议与表扬", "Suggestions and praise", "market", SUGGEST, fields.SUGGESTION, (
        Entry("suggest_service", "服务建议", "About service", "service_center"),
        Entry("suggest_network", "网络建设建议", "About the network", "network"),
        Entry("suggest_product", "产品与套餐建议", "About products"),
        Entry("praise", "表扬", "Praise", "service_center"),
    )),
)  # fmt: skip


def make_categories(actor: Actor) -> None:
    """Every category of `TREE`, with its form."""
    departments = dict(Department.objects.values_list("code", "id"))
    for position, entry in enumerate(TREE):
        _make(entry, None, position, departments, actor)


def _make(
    entry: Entry, parent: str | None, position: int, departments: Mapping[str, int], actor: Actor
) -> None:
    settings: dict[str, Any] = {"names": {"en": entry.english}, "position": position, **entry.settings}
    if entry.department is not None:
        settings["entry_department"] = departments[entry.department]
    create_category(actor=actor, name=entry.name, code=entry.code, parent=parent, settings=settings)
    if entry.form is not None:
        add_form_version(entry.code, list(entry.form), actor=actor)
    for place, one in enumerate(entry.below):
        _make(one, entry.code, place, departments, actor)
