"""From a caller's words to the confirmed end, walked by the people of the demo company, each at a window of their own."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.walks.desk import MOD_ENTER, Desk
from tests.walks.scenes import CALLER, approve, call_back, complain, handle, verify

pytestmark = pytest.mark.walk
SignIn = Callable[..., Desk]
TODAY = re.compile(r"今天 \d\d:\d\d")


def track_of(desk: Desk) -> list[list[str]]:
    """The table of stays: node, handler, state, arrived, accepted, left, ..."""
    desk.tab("轨迹")
    table = desk.page.get_by_role("table", name="各节点停留")
    expect(table).to_be_visible()
    lines = table.get_by_role("row").all()[1:]
    return [[text.strip() for text in line.get_by_role("cell").all_inner_texts()] for line in lines]


def strip_of(desk: Desk) -> list[str]:
    """What each node of the drawn flow says of itself."""
    strip = desk.page.get_by_role("figure", name="流程")
    expect(strip).to_be_visible()
    return [one.get_attribute("aria-label") or "" for one in strip.get_by_role("listitem").all()]


def test_a_complaint_is_returned_once_and_closed_by_a_content_customer(sign_in: SignIn) -> None:
    agent, clerk, supervisor, caller = (
        sign_in(name) for name in ("agent", "clerk", "supervisor", "callback")
    )
    one = complain(agent, "上门没有来，等到晚上")
    verify(clerk, one)
    handle(clerk, one, "已致电道歉，改约当晚上门。")

    supervisor.open_page(one.number)
    supervisor.accept()
    supervisor.do("退回", choices=["处理整改"], words=[("原因", "没有写明补救措施")])
    supervisor.told("退回了工单")

    clerk.go("/todo")
    clerk.line_of(one.number).click()
    handle(clerk, one, "已道歉并减免当月月租，当晚修好。")
    approve(supervisor, one)
    call_back(caller, one, "满意", "客户认可")

    agent.open_page(one.number)
    expect(agent.page.get_by_role("main")).to_contain_text("已归档")
    nodes = strip_of(agent)
    for title in ("核实", "处理整改", "主管审批", "回访"):
        assert any(node.startswith(f"{title} · 已过") for node in nodes), nodes
    assert any(node.startswith("处理整改") and "到过 2 次" in node for node in nodes), nodes

    track = track_of(agent)
    stays = [(line[0], line[1][:2], line[2]) for line in track]
    assert stays == [
        ("受理", "刘洋", "已完成"),
        ("核实", "赵强", "已完成"),
        ("处理整改", "赵强", "已完成"),
        ("主管审批", "高翔", "已退回"),
        ("处理整改", "赵强", "已完成"),
        ("主管审批", "高翔", "已完成"),
        ("回访", "郑爽", "已完成"),
    ]
    assert all(TODAY.fullmatch(time) for line in track for time in line[3:6]), track
    agent.sees("没有写明补救措施")


def test_a_discontent_customer_gets_another_reviewer(sign_in: SignIn) -> None:
    agent, clerk, other, supervisor, caller = (
        sign_in(name) for name in ("agent", "clerk", "clerk2", "supervisor", "callback")
    )
    one = complain(agent, "师傅迟到三小时")
    verify(clerk, one)
    handle(clerk, one, "已道歉。")
    approve(supervisor, one)
    call_back(caller, one, "不满意", "只道歉，没有说明原因")

    clerk.open_page(one.number)
    expect(clerk.verbs().get_by_role("button", name="签收", exact=True)).to_have_count(0)
    other.go("/todo/department")
    other.move_to(one.number)
    other.press("y")
    other.told(f"已签收 {one.number}")
    other.open_page(one.number)
    assert [(line[0], line[1][:2]) for line in track_of(other)][-2:] == [("回访", "郑爽"), ("核实", "孙丽")]
    other.sees("只道歉，没有说明原因")


def test_what_can_be_answered_on_the_spot_is_recorded_and_closed(sign_in: SignIn) -> None:
    agent = sign_in("agent")
    agent.go("/tickets/new")
    agent.pick_customer(*CALLER)
    agent.pick_category("zd", "账单查询")
    agent.field("诉求").fill("问本月账单为什么多了十元")
    agent.page.get_by_role("checkbox", name="当场答复").check()
    agent.press(MOD_ENTER)
    agent.sees("请填写")
    expect(agent.fields("答复内容")).to_have_count(
        1
    )  # the form's own answer is asked for at a later node only
    agent.field("答复内容").fill("是国际漫游日包，已说明订购时间。")
    agent.press(MOD_ENTER)
    number = agent.number_told("已记录并归档")
    agent.open_page(number)
    expect(agent.page.get_by_role("main")).to_contain_text("已归档")
    agent.tab("轨迹")
    agent.sees("是国际漫游日包，已说明订购时间。")
