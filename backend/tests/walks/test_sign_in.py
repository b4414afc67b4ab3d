"""The way in: wrong words, too many of them, and a session that ends while one works."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.walks.desk import Desk
from tests.walks.product import PASSWORD

pytestmark = pytest.mark.walk
Window = Callable[..., Desk]
SignIn = Callable[..., Desk]


def test_a_wrong_password_is_told_and_too_many_lock(window: Window) -> None:
    desk = window()
    desk.watch.refusals_meant |= {401, 429}
    desk.go("/tickets?state=open")
    submit = desk.page.get_by_role("button", name=re.compile("登录"))
    for _ in range(5):
        expect(submit).to_be_enabled()
        desk.sign_in("market", "not-the-password")
        desk.told(re.compile("账号或密码不对|尝试次数过多"))
        if desk.page.get_by_text("尝试次数过多").count():
            break
    desk.told(re.compile(r"尝试次数过多，请在 \d+ 秒后再试"))
    expect(submit).to_be_disabled()


def test_after_signing_in_one_stands_where_one_wanted_to_go(window: Window) -> None:
    desk = window()
    desk.go("/customers?q=zy")
    desk.sign_in("service", PASSWORD)
    desk.in_time()
    expect(desk.page).to_have_url(re.compile(r"/customers\?q=zy$"))
    desk.button("何琳的菜单").click()
    desk.button("退出登录").click()
    expect(desk.page).to_have_url(re.compile("/sign-in"))
    desk.go("/todo")
    expect(desk.field("账号")).to_be_visible()


def test_a_session_that_ends_leaves_the_page_and_its_words(window: Window) -> None:
    desk = window()
    desk.go("/todo")
    desk.sign_in("hotline_head", PASSWORD)
    desk.in_time()
    desk.go("/tickets/new")
    desk.field("诉求").fill("客户在线，不能重来")
    desk.watch.refusals_meant.add(401)
    desk.context.clear_cookies()
    desk.pick_category("zd", "账单查询")
    desk.press("Control+Enter")
    box = desk.page.get_by_role("dialog", name="登录已过期")
    expect(box).to_be_visible()
    expect(desk.field("账号", box)).to_have_value("hotline_head")
    desk.field("密码", box).fill(PASSWORD)
    desk.press("Enter")
    expect(box).to_be_hidden()
    expect(desk.page).to_have_url(re.compile("/tickets/new$"))
    expect(desk.field("诉求")).to_have_value("客户在线，不能重来")
    desk.field("诉求").focus()
    desk.press("Control+Enter")
    desk.number_told("已提交")
