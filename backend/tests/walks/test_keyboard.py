"""Without the mouse: in, through the list, through a ticket, to another one, and back."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.walks.desk import MOD_ENTER, Desk
from tests.walks.product import PASSWORD
from tests.walks.scenes import complain

pytestmark = pytest.mark.walk
SignIn = Callable[..., Desk]
Window = Callable[..., Desk]


def test_a_clerk_works_by_keys_alone(window: Window, sign_in: SignIn) -> None:
    one = complain(sign_in("agent"), "维修后仍然掉线")
    clerk = window()
    clerk.go("/todo")
    expect(clerk.field("账号")).to_be_focused()
    clerk.page.keyboard.type("clerk2")
    clerk.press("Tab")
    clerk.page.keyboard.type(PASSWORD)
    clerk.press("Enter")
    clerk.in_time()

    clerk.press("2")  # the department's list
    clerk.move_to(one.number)
    line = clerk.line_of(one.number)
    clerk.press("k")
    expect(line).not_to_have_attribute("aria-current", "true")
    clerk.press("j", " ")
    expect(clerk.page.get_by_role("complementary", name="预览")).to_contain_text(one.subject)
    clerk.press("y")
    clerk.told(f"已签收 {one.number}")
    clerk.press("1")
    clerk.move_to(one.number)
    clerk.press("Enter")
    expect(clerk.page.get_by_role("heading", level=1)).to_have_text(one.subject)

    clerk.press("m")
    panel = clerk.page.get_by_role("form", name="内部备注")
    expect(clerk.field("内容", panel)).to_be_focused()
    clerk.page.keyboard.type("已约明早九点 mny")  # letters typed here are no verbs
    clerk.press(MOD_ENTER)
    expect(panel).to_be_hidden()
    clerk.sees("已约明早九点 mny")

    clerk.press("r")
    expect(clerk.page.get_by_role("form", name="退回")).to_be_visible()
    clerk.press("Escape")
    expect(clerk.page.get_by_role("form", name="退回")).to_be_hidden()


def test_search_from_anywhere(sign_in: SignIn) -> None:
    agent = sign_in("agent")
    one = complain(agent, "宽带速率不达标")
    agent.go("/records")
    agent.in_time()
    agent.press("Control+k")
    box = agent.page.get_by_role("combobox", name="搜索工单、客户、号码")
    expect(box).to_be_focused()
    agent.page.keyboard.type(one.number)
    answers = agent.page.get_by_role("listbox", name="搜索工单、客户、号码").get_by_role("option")
    expect(answers.first).to_contain_text(one.number)
    agent.press("Enter")
    expect(agent.page).to_have_url(re.compile(f"/tickets/{one.number}$"))
    agent.press("Control+k")
    agent.page.keyboard.type("0014")  # the last digits of a number
    expect(answers.filter(has_text="朱玉珍")).to_be_visible()
    agent.press("Escape")


def test_the_keys_of_a_page_are_listed(sign_in: SignIn) -> None:
    agent = sign_in("agent")
    agent.go("/todo")
    expect(agent.page.get_by_role("main")).to_contain_text("我的待办")
    agent.press("?")
    keys = agent.page.get_by_role("dialog", name="快捷键")
    for word in ("下一条", "上一条", "签收", "搜索", "新建工单"):
        expect(keys).to_contain_text(word)
    agent.press("Escape")
    expect(keys).to_be_hidden()
    agent.press("n")
    expect(agent.page.get_by_role("combobox", name="查找客户")).to_be_focused()
