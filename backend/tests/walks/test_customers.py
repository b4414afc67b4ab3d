"""Customers: found, made, changed, told apart from those who have the number already."""

from __future__ import annotations

import re
from collections.abc import Callable
from uuid import uuid4

import pytest
from playwright.sync_api import expect

from tests.walks.desk import MOD_ENTER, Desk

pytestmark = pytest.mark.walk
SignIn = Callable[..., Desk]


@pytest.mark.parametrize("typed", ["朱玉珍", "zyz", "199-0000-0014", "+86 199 0000 0014", "DEMO-0014"])
def test_found_by_whatever_one_knows(sign_in: SignIn, typed: str) -> None:
    agent = sign_in("agent")
    agent.go("/customers")
    agent.page.get_by_role("searchbox").fill(typed)
    expect(
        agent.page.get_by_role("list", name="客户").get_by_role("listitem").filter(has_text="朱玉珍")
    ).to_be_visible()


def test_the_three_accounts_are_drawn(sign_in: SignIn) -> None:
    agent = sign_in("agent")
    agent.go("/customers?q=zyz")
    agent.page.get_by_role("link", name="朱玉珍").click()
    three = agent.page.get_by_role("region", name="三户")
    expect(three).to_contain_text(re.compile(r"\d 个账户 · \d 个用户"))
    expect(three).to_contain_text("D9000014")
    expect(agent.page.get_by_role("region", name="联系方式")).to_contain_text(re.compile(r"199 ?\*{4} ?0014"))
    agent.button("显示号码").first.click()
    expect(agent.page.get_by_role("region", name="联系方式")).to_contain_text(re.compile(r"199 ?0000 ?0014"))


def test_made_with_a_warning_and_changed(sign_in: SignIn) -> None:
    agent = sign_in("agent")
    name = f"温故 {uuid4().hex[:6]}"
    agent.go("/customers")
    agent.press("Escape")
    agent.page.get_by_role("button", name="新客户").first.click()
    agent.field("姓名或名称").fill(name)
    agent.choose("客户等级", "金卡")
    agent.page.get_by_role("textbox", name="电话").fill("199 0000 0014")
    known = agent.told("这个号码已经属于")
    expect(known).to_contain_text("朱玉珍")
    agent.page.get_by_role("textbox", name="电话").fill(f"0571 8888 {uuid4().int % 10000:04d} 转 12")
    expect(known).to_be_hidden()
    agent.press(MOD_ENTER)
    expect(agent.page.get_by_role("heading", name=name)).to_be_visible()
    agent.button("显示号码").first.click()
    expect(agent.page.get_by_role("region", name="联系方式")).to_contain_text(re.compile("转 ?12"))

    agent.button("修改").first.click()
    agent.field("备注").fill("只在下午接电话")
    agent.press(MOD_ENTER)
    agent.sees("只在下午接电话")
    agent.page.reload()
    agent.sees("只在下午接电话")


def test_two_changes_at_once_are_put_together(sign_in: SignIn) -> None:
    first, second = sign_in("agent"), sign_in("agent3")
    name = f"方圆 {uuid4().hex[:6]}"
    first.go(f"/customers/new?name={name}")
    expect(first.field("姓名或名称")).to_have_value(name)
    first.press(MOD_ENTER)
    expect(first.page.get_by_role("heading", name=name)).to_be_visible()
    second.page.goto(first.page.url)
    for desk in (first, second):
        desk.button("修改").first.click()
    first.field("备注").fill("周末勿扰")
    first.press(MOD_ENTER)
    first.sees("周末勿扰")
    second.watch.refusals_meant.add(409)
    second.field("外部编号").fill(f"W-{name[-6:]}")
    second.press(MOD_ENTER)
    second.sees("两边的修改已合在一起")
    expect(second.field("备注")).to_have_value("周末勿扰")
    second.press(MOD_ENTER)
    expect(second.page.get_by_role("region", name="修改")).to_be_hidden()
    second.sees("周末勿扰")
    second.sees(f"W-{name[-6:]}")
