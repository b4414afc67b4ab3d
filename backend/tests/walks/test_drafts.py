"""What was typed is not lost: not by a reload, not because somebody else was quicker."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Route, expect

from tests.walks.desk import MOD_ENTER, Desk
from tests.walks.scenes import complain

pytestmark = pytest.mark.walk
SignIn = Callable[..., Desk]


def test_a_new_ticket_is_still_there_after_a_reload(sign_in: SignIn) -> None:
    agent = sign_in("agent2")
    agent.go("/tickets/new")
    agent.pick_customer("199 0000 0003", "张志明")
    agent.pick_category("wf", "无法上网")
    agent.field("诉求").fill("光猫红灯，昨晚开始上不了网")
    agent.field("详细地址").fill("槐安街14号")
    agent.page.reload()
    agent.told("已恢复上次没有提交的内容")
    expect(agent.field("诉求")).to_have_value("光猫红灯，昨晚开始上不了网")
    expect(agent.field("详细地址")).to_have_value("槐安街14号")
    expect(agent.page.get_by_role("combobox", name="业务分类")).to_have_value("无法上网")
    agent.press(MOD_ENTER)
    agent.number_told("已提交")
    agent.page.reload()
    expect(agent.field("诉求")).to_have_value("")


def test_a_draft_is_kept_on_the_server_and_submitted_later(sign_in: SignIn) -> None:
    agent = sign_in("agent2")
    agent.go("/tickets/new")
    agent.pick_category("fw", "服务建议")
    agent.field("诉求").fill("希望营业厅周末延长一小时")
    agent.press("Control+s")
    number = agent.number_told("已存为草稿")
    agent.go("/drafts")
    agent.line_of(number).click()
    expect(agent.page.get_by_role("main")).to_contain_text("草稿")
    agent.do("提交")
    expect(agent.page.get_by_role("main")).to_contain_text("处理中")


def test_a_refused_verb_keeps_what_was_typed_through_a_reload(sign_in: SignIn) -> None:
    agent, clerk = sign_in("agent"), sign_in("clerk")
    one = complain(agent, "工单进度没人通知")
    clerk.open_page(one.number)
    clerk.accept()

    def meddle(route: Route) -> None:
        """The page is sent an older version than the server's, as when somebody changed the ticket a moment ago."""
        body = json.loads(route.request.post_data or "{}")
        route.continue_(post_data={**body, "version": body["version"] - 1})

    clerk.watch.refusals_meant.add(409)
    clerk.page.route("**/actions/transfer", meddle)
    panel = clerk.begin("转办")
    panel.get_by_role("radio", name="部门", exact=True).click()
    clerk.choose("部门", "账务部", panel)
    clerk.field("原因", panel).fill("涉及退费，应由账务核对")
    clerk.press(MOD_ENTER)
    clerk.told(re.compile("您输入的.*还在"))
    expect(clerk.field("原因", panel)).to_have_value("涉及退费，应由账务核对")

    clerk.page.unroute("**/actions/transfer")
    clerk.page.reload()
    panel = clerk.begin("转办")
    expect(clerk.field("原因", panel)).to_have_value("涉及退费，应由账务核对")
    clerk.press(MOD_ENTER)
    expect(panel).to_be_hidden()
