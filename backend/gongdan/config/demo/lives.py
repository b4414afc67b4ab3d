"""The lives demo tickets lead: what happened to each after it was opened, by kind of flow."""

from __future__ import annotations

from gongdan.config.demo.steps import Step, Steps, accept, call, opinion, order, process, say, sign, work
from gongdan.config.demo.texts import MORE, NOTES, URGES

FACTS = "已与客户核对时间和经过，并调取系统记录，客户所述属实。"
UNTRUE = "已调取录音和系统记录，与客户所述不一致，详见核实情况。"
HANDLED = "已向客户致歉，相关人员已约谈，费用当场退回，并约定后续联系人。"


def _verified(wait: int = 40, take: int = 70) -> Steps:
    return work(wait, take, "valid", "核实完毕，情况属实。", "verify", facts=FACTS)


def _handled(wait: int = 30, take: int = 150, result: str = HANDLED) -> Steps:
    measures = "本周内对同班组进行一次规范培训，并抽查回访。"
    return work(wait, take, None, result, "handle", result=result, corrective_action=measures)


def _approved() -> Steps:
    return work(25, 20, "approved", "同意。", "approve", liability="ours")


def _through() -> Steps:
    return [*_verified(), *_handled(), *_approved()]


COMPLAINT: dict[str, Steps] = {
    "satisfied": [*_through(), call(120, "satisfied", 5, "客户对处理结果满意，感谢及时回复。")],
    "content": [say(30, "append", MORE[2]), *_through(), call(200, "satisfied", 4, "客户认可处理，希望以后更快。")],
    "unfounded": [
        *work(50, 60, "invalid", UNTRUE, "verify", facts=UNTRUE),
        *work(20, 40, None, "已向客户说明核实依据。", "explain", explanation="已向客户出示订购确认短信记录，客户表示理解。"),
        call(90, "satisfied", 3, "客户接受解释。"),
    ],
    "not_ours": [
        *work(35, 30, "not_ours", "经核实属于物业自有线路，不在维护范围。", "verify", facts="故障点位于物业自有楼内线路。"),
        order(30, "cancel", "已告知客户联系物业，客户同意撤销工单。", "hotline_head"),
    ],
    "returned": [
        *_verified(),
        accept(30, "handle"),
        Step(20, "return", {"@target": "verify", "mode": "redo", "reason": "核实情况里缺少上门时间和人员，请补充。"}, "handle"),
        *work(25, 60, "valid", "已补充派单记录和人员姓名。", "verify", facts="派单记录：10:00 约定，15:20 到场，人员周师傅。"),
        *_handled(),
        *_approved(),
        call(150, "satisfied", 4, "客户满意。"),
    ],
    "returned_straight": [
        *_verified(),
        *_handled(),
        accept(20, "approve"),
        Step(15, "return", {"@target": "handle", "mode": "straight", "reason": "整改措施太笼统，请写清责任人和期限。"}, "approve"),
        *work(30, 45, None, "已写明责任人与期限。", "handle", result="已写明责任人与期限，并与客户确认。"),
        *_approved(),
        call(90, "satisfied", 5, "客户很满意。"),
    ],
    "refused": [
        *_verified(),
        *_handled(),
        *work(25, 20, "refused", "退费金额与账单不符，请重新核算。", "approve", liability="ours"),
        *_handled(result="已按账单重新核算并退费到账。"),
        *_approved(),
        call(60, "satisfied", 4, "已收到退费。"),
    ],
    "dissatisfied": [
        *_through(),
        call(100, "dissatisfied", 1, "客户称承诺的上门时间又没有兑现，要求换人处理。"),
        *_verified(60, 90),
        *_handled(40, 120, "由负责人当面致歉，免费更换设备，客户签字确认。"),
        *_approved(),
        call(180, "satisfied", 4, "这次处理客户认可。"),
    ],
    "dissatisfied_open": [*_through(), call(100, "dissatisfied", 2, "客户认为没有说清楚是谁的责任。")],
    "not_reached": [
        *_through(),
        call(60, "not_reached", None, "无人接听。", 0.2),
        call(300, "not_reached", None, "用户忙，未接通。", 0.2),
        call(300, "satisfied", 4, "客户满意。"),
    ],
    "unreachable": [*_through(), *(call(280, "not_reached", None, "关机。", 0.2) for _ in range(3))],
    "to_call_again": [*_through(), call(40, "not_reached", None, "无人接听，约定明天再拨。", 3)],
    "to_call": _through(),
    "to_approve": [*_verified(), *_handled()],
    "to_handle": _verified(),
    "handling": [*_verified(), accept(25, "handle")],
    "to_verify": [],
    "verifying": [accept(25, "verify"), say(40, "note", NOTES[1], None)],
    "urged": [
        accept(30, "verify"),
        Step(90, "urge", {"reason": URGES[0]}, who="opener"),
        Step(80, "urge", {"reason": URGES[1]}, who="opener"),
    ],
    "consulting": [
        *_verified(),
        accept(20, "handle"),
        Step(15, "consult", {"@people": ["billing", "head"], "question": "这笔费用能否全额退还，依据哪一条？"}, "handle"),
        opinion(60, "consulted", "按资费争议处理办法第六条，可全额退还，无需审批。"),
    ],
    "consulted": [
        *_verified(),
        accept(20, "handle"),
        Step(15, "consult", {"@people": ["billing"], "question": "请确认退费口径。"}, "handle"),
        opinion(45, "consulted", "可退最近三个月。"),
        process(60, None, HANDLED, "handle", result=HANDLED),
        *_approved(),
        call(120, "satisfied", 5, "退费已到账。"),
    ],
    "co_handling": [
        *_verified(),
        accept(20, "handle"),
        Step(20, "co_handle", {"@departments": ["field_west"], "question": "请协助上门检测入户线路并回传测试结果。"}, "handle"),
    ],
    "countersigned": [
        *_verified(),
        accept(20, "handle"),
        Step(
            15, "countersign", {"@people": ["billing", "billing2", "head"], "needed": 2, "question": "超标准赔付是否同意？"}, "handle"
        ),
        opinion(50, "signer", "同意，客户为五年以上老用户。", "agree"),
        opinion(40, "signer", "同意。", "agree"),
        process(45, None, "已按会签意见办理。", "handle", result="按会签意见一次性赔付。"),
        *_approved(),
    ],
    "extension_asked": [
        *_verified(),
        accept(20, "handle"),
        Step(60, "extend", {"@until_days": 4, "reason": "需等厂家备件到货，预计三天。"}, "handle"),
    ],
    "extension_granted": [
        *_verified(),
        accept(20, "handle"),
        Step(60, "extend", {"@until_days": 5, "reason": "客户外出，约定下周一上门。"}, "handle"),
        order(60, "decide_extension", "客户已同意，准予延期。", grant=True),
    ],
    "extension_refused": [
        *_verified(),
        accept(20, "handle"),
        Step(60, "extend", {"@until_days": 6, "reason": "人手紧张。"}, "handle"),
        order(45, "decide_extension", "理由不充分，请协调其他班组支援。", grant=False),
    ],
    "paused": [*_verified(), accept(25, "handle"), order(60, "pause", "客户住院，本人要求出院后再处理。")],
    "resumed": [
        *_verified(),
        accept(25, "handle"),
        order(60, "pause", "等待客户提供银行回单。"),
        order(400, "resume", "回单已收到。"),
    ],
    "cancelled": [accept(30, "verify"), order(90, "cancel", "客户来电表示问题已自行解决，撤销投诉。")],
    "forced": [accept(30, "verify"), order(500, "force_end", "与另一工单重复，由那一单继续处理。")],
    "reopened": [
        *_through(),
        call(100, "satisfied", 4, "客户满意。"),
        order(600, "reopen", "客户再次来电，退费未到账，重新处理。"),
    ],
}  # fmt: skip

REPAIR: dict[str, Steps] = {
    "remote": [
        *work(15, 25, "remote", "远程重启端口，测速正常。", "dispatch", fault_cause="port"),
        *work(30, 20, "accepted", "与客户确认已恢复。", "acceptance"),
        call(200, "satisfied", 5, "已经好了，速度很快。"),
    ],
    "visit": [
        *work(15, 20, "on_site", "已派东区一组，约下午上门。", "dispatch"),
        *work(60, 140, "repaired", "更换皮线光缆，光功率正常。", "repair", fault_cause="fibre", result="更换皮线并熔接，测速 486M。"),
        *work(40, 20, "accepted", "与客户确认已恢复。", "acceptance"),
        call(300, "satisfied", 4, "师傅很负责。"),
    ],
    "charged": [
        *work(20, 20, "on_site", "已派单。", "dispatch"),
        *work(60, 100, "repaired", "客户自备路由器损坏，已更换。", "repair", fault_cause="modem", result="更换路由器一台。", amount=199),
        *work(60, 30, None, "按价目表收费。", "charge", amount=199),
        *work(40, 20, "accepted", "验收通过。", "acceptance"),
        call(300, "satisfied", 4, "费用清楚。"),
    ],
    "wrong_place": [
        *work(20, 15, "on_site", "派东区。", "dispatch"),
        *work(40, 30, "wrong_place", "地址在西区，不属本工区。", "repair", fault_cause="wiring", result="未处理，退回改派。"),
        *work(20, 15, "on_site", "改派西区一组。", "dispatch"),
        accept(40, "repair"),
    ],
    "redone": [
        *work(15, 20, "on_site", "已派单。", "dispatch"),
        *work(60, 120, "repaired", "紧固接头。", "repair", fault_cause="wiring", result="紧固接头后恢复。"),
        *work(50, 20, "redo", "客户反映晚上又断，请再上门。", "acceptance"),
        accept(40, "repair"),
    ],
    "transferred": [
        accept(15, "dispatch"),
        Step(10, "transfer", {"@department": "field_west", "reason": "故障在西区机房，转西区装维中心。"}, "dispatch"),
        accept(30, "dispatch"),
    ],
    "transferred_person": [
        Step(25, "transfer", {"@handler": "clerk2", "reason": "赵强今天外出，改由孙丽处理。"}, "dispatch", who="supervisor"),
        accept(15, "dispatch"),
    ],
    "to_accept": [*work(15, 25, "remote", "远程恢复。", "dispatch", fault_cause="settings")],
    "repairing": [
        *work(15, 20, "on_site", "已派单，约今天下午。", "dispatch"),
        accept(45, "repair"),
        say(60, "note", NOTES[0], None),
    ],
    "to_repair": [*work(15, 20, "on_site", "已派单。", "dispatch")],
    "to_charge": [
        *work(20, 20, "on_site", "已派单。", "dispatch"),
        *work(60, 100, "repaired", "更换客户侧设备。", "repair", fault_cause="modem", result="更换设备。", amount=260),
    ],
    "withdrawn": [
        *work(15, 20, "on_site", "已派单。", "dispatch"),
        Step(10, "withdraw", {"reason": "派错班组，收回重派。"}, who="last"),
    ],
    "to_dispatch": [],
    "dispatching": [accept(12, "dispatch")],
    "urged": [Step(120, "urge", {"reason": URGES[2]}, who="opener"), say(5, "append", MORE[0])],
    "called_in_help": [
        *work(15, 20, "on_site", "已派单。", "dispatch"),
        accept(40, "repair"),
        Step(30, "co_handle", {"@people": ["west2"], "question": "请带熔接机到现场支援。"}, "repair"),
        opinion(90, "co_handler", "已到场完成熔接，光功率 -18dBm。"),
    ],
}  # fmt: skip

COMPENSATION: dict[str, Steps] = {
    "paid": [
        *work(40, 60, "valid", "损失属实。", "verify", facts="中断时长与系统记录一致。", amount=320),
        *work(30, 90, None, "线路已恢复。", "repair", result="更换分光器后恢复。"),
        *sign(40, "agree"), *sign(30, "agree", "同意赔付。"),
        *work(30, 30, None, "退费完成。", "pay", receipt_number="TF-20260001"),
        call(120, "satisfied", 5, "赔付已到账。"),
    ],
    "refused": [
        *work(40, 60, "valid", "损失属实。", "verify", facts="客户无法提供损失证明。", amount=4800),
        *sign(40, "disagree", "金额超出标准且无凭证。"), *sign(30, "disagree", "同意退回重新核定。"),
        *work(60, 90, None, "线路已恢复。", "repair", result="线路已恢复。"),
    ],
    "signing": [
        *work(40, 60, "valid", "损失属实。", "verify", facts="停机两天，属实。", amount=680),
        *sign(40, "agree"),
        accept(30, "repair"),
    ],
    "repair_only": [*work(40, 60, "valid", "无费用损失。", "verify", facts="仅要求尽快修复。"), accept(20, "repair")],
    "explained": [
        *work(40, 50, "invalid", "中断时间不足两小时。", "verify", facts="系统记录中断 1 小时 40 分。"),
        *work(20, 30, None, "已解释赔付标准。", "explain", explanation="不足两小时按标准不赔付，客户理解。"),
    ],
    "to_verify": [],
}  # fmt: skip

CONSULTATION: dict[str, Steps] = {
    "answered": [*work(40, 30, None, "已电话答复客户。", "answer", answer="已逐项解释，客户没有其他问题。")],
    "replied": [
        accept(30, "answer"),
        say(20, "reply", "您好，您咨询的问题已经查明，详情已通过短信发送，如有疑问请随时来电。", None),
        process(10, None, "已书面答复。", "answer", answer="已通过短信和电话答复。"),
    ],
    "answering": [accept(30, "answer")],
    "waiting": [],
    "wrong_department": [
        Step(30, "transfer", {"@department": "market", "reason": "属于套餐政策问题，转市场部答复。"}, "answer", who="billing")
    ],
}  # fmt: skip

DAILY: dict[str, Steps] = {
    "done": [
        *work(30, 80, "done", "已为客户办理完成并短信通知。", "handle", result="办理完成。"),
        call(300, "satisfied", 5, "很快，满意。"),
    ],
    "incomplete": [*work(30, 40, "incomplete", "缺少亲属关系证明，请联系客户补充。", "handle", result="材料不全。")],
    "completed_later": [
        *work(30, 40, "incomplete", "缺少身份证反面照片。", "handle", result="材料不全。"),
        Step(120, "submit", {"fields": {}}, "intake", who="opener"),
        *work(30, 60, "done", "材料齐全，已办理。", "handle", result="办理完成。"),
        call(300, "satisfied", 4, "办好了。"),
    ],
    "handling": [accept(30, "handle")],
    "waiting": [],
}  # fmt: skip

SUGGESTION: dict[str, Steps] = {
    "adopted": [
        *work(200, 300, "adopted", "已列入下季度计划。", "study", opinion="建议可行，已列入下季度改进计划。"),
        *work(60, 30, None, "已答复客户。", "reply", answer="感谢您的建议，我们已列入下季度改进计划。"),
    ],
    "studying": [accept(120, "study")],
    "to_reply": [*work(120, 200, "noted", "留作参考。", "study", opinion="暂不具备条件，留作参考。")],
    "waiting": [],
}  # fmt: skip
