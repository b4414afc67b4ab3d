"""Several people at one ticket: who was first is told to the second, and what one does the other sees without asking."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.walks.desk import MOD_ENTER, Desk
from tests.walks.scenes import complain

pytestmark = pytest.mark.walk
SignIn = Callable[..., Desk]


def test_the_second_who_accepts_hears_who_was_first(sign_in: SignIn) -> None:
    agent, first, second = sign_in("agent"), sign_in("clerk"), sign_in("clerk2")
    one = complain(agent, "装机后没有信号")
    first.open_page(one.number)
    second.page.route(
        "**/api/v1/live/ticket", lambda route: route.fulfill(status=204)
    )  # hears of it by trying only
    second.open_page(one.number)
    button = second.verbs().get_by_role("button", name="签收", exact=True)
    expect(button).to_be_visible()
    first.accept()
    first.stands_at("核实")
    second.watch.refusals_meant.add(409)
    button.click()
    second.told(re.compile(r"赵强 签收（今天 \d\d:\d\d）"))
    expect(button).to_have_count(0)


def test_what_one_does_the_other_sees_without_reloading(sign_in: SignIn) -> None:
    agent, clerk = sign_in("agent"), sign_in("clerk")
    clerk.go("/todo/department")
    expect(clerk.page.get_by_role("list", name="部门待办")).to_be_visible()
    one = complain(agent, "光猫指示灯不亮")
    expect(clerk.line_of(one.number)).to_be_visible()

    agent.open_page(one.number)
    expect(agent.page.get_by_role("complementary", name="客户与相关信息").first).to_contain_text("待签收")
    clerk.open_page(one.number)
    clerk.accept()
    expect(agent.page.get_by_role("complementary", name="客户与相关信息").first).to_contain_text("赵强")
    clerk.do("内部备注", words=[("内容", "已联系装维，下午三点到。")])
    agent.sees("已联系装维，下午三点到。")


def test_typed_words_outlive_a_change_by_another(sign_in: SignIn) -> None:
    agent, clerk, other = sign_in("agent"), sign_in("clerk"), sign_in("clerk2")
    one = complain(agent, "电话里说法前后不一")
    clerk.open_page(one.number)
    clerk.accept()
    panel = clerk.begin("转办")
    panel.get_by_role("radio", name="部门", exact=True).click()
    clerk.choose("部门", "账务部", panel)
    clerk.field("原因", panel).fill("涉及退费，应由账务核对")

    other.open_page(one.number)
    other.do("内部备注", words=[("内容", "此户上月也来过。")])
    clerk.sees("此户上月也来过。")
    expect(clerk.field("原因", panel)).to_have_value("涉及退费，应由账务核对")
    clerk.press(MOD_ENTER)
    expect(panel).to_be_hidden()
    expect(clerk.page.get_by_role("complementary", name="客户与相关信息").first).to_contain_text("账务部")
