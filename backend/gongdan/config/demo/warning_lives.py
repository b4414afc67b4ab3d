"""The lives of warning complaints in the demo company: each rests at another of the eight steps."""

from __future__ import annotations

from gongdan.config.demo.steps import Steps, accept, work

FACTS = "客户两次补卡均被收费，店内监控与客户所述一致，现场情绪已安抚。"

_STEPS: tuple[Steps, ...] = (
    work(4, 9, None, "已通报门店与班长。", "raise_warning", facts=FACTS),
    work(12, 15, None, "班长已领取，事实清楚。", "pick_up"),
    work(4, 8, None, "已回传门店服务中心。", "pass_back"),
    work(10, 30, None, "门店已核实收费记录。", "service_center"),
    work(20, 70, None, "已提出处理意见。", "shop_manager", advice="退还重复收费，当面致歉，店员停岗培训。"),
    work(60, 240, None, "同意门店意见。", "deputy_manager", decision="同意。三日内提交门店整改报告。"),
    work(5, 15, None, "已告知客户处理决定。", "hotline_close", result="客户接受退费与致歉。"),
)


def _after(steps: int) -> Steps:
    return [step for some in _STEPS[:steps] for step in some]


WARNING: dict[str, Steps] = {
    "to_raise": [],
    "to_pick_up": _after(1),
    "to_pass_back": _after(2),
    "to_verify": _after(3),
    "to_advise": _after(4),
    "to_decide": [*_after(5), accept(30, "deputy_manager")],
    "to_close": _after(6),
    "to_call": _after(7),
}
