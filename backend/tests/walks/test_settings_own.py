"""What everyone sets for themselves: tokens, language, look and password."""

from __future__ import annotations

import re
from collections.abc import Callable

import httpx
import pytest
from playwright.sync_api import expect

from tests.walks.desk import Desk
from tests.walks.product import PASSWORD

pytestmark = pytest.mark.walk
SignIn = Callable[..., Desk]


def asks_who(at: str, secret: str) -> httpx.Response:
    return httpx.get(f"{at}/api/v1/session", headers={"Authorization": f"Bearer {secret}"}, trust_env=False)


def test_a_token_is_shown_once_works_and_is_revoked(sign_in: SignIn) -> None:
    agent = sign_in("agent2")
    agent.go("/settings/tokens")
    agent.sees("没有令牌")
    agent.button("新令牌").click()
    agent.field("用途").fill("网站表单")
    agent.button("生成").click()
    secret = agent.told("密文只显示这一次").get_by_role("textbox").input_value()
    answer = asks_who(agent.at, secret)
    assert answer.json()["staff"]["username"] == "agent2"

    agent.page.reload()
    line = agent.page.get_by_role("row").filter(has_text="网站表单")
    expect(line).to_contain_text(secret[:12])
    expect(agent.page.get_by_role("main")).not_to_contain_text(secret)
    line.get_by_role("button", name="吊销").click()
    line.get_by_role("button", name=re.compile("确认吊销")).click()
    agent.sees("没有令牌")
    assert asks_who(agent.at, secret).status_code == 401


def test_language_and_look_follow_the_person(sign_in: SignIn, window: SignIn) -> None:
    first = sign_in("agent3")
    first.go("/settings/preferences")
    first.page.get_by_role("radio", name="深色").check()
    expect(first.page.locator("html")).to_have_class(re.compile(r"\bdark\b"))
    first.page.get_by_role("radio", name="English").check()
    expect(first.page.get_by_role("heading", name="My preferences")).to_be_visible()

    second = window()
    second.go("/settings/preferences")
    second.sign_in("agent3", PASSWORD)
    expect(second.page.get_by_role("heading", name="My preferences")).to_be_visible()
    expect(second.page.locator("html")).to_have_class(re.compile(r"\bdark\b"))
    second.page.get_by_role("radio", name="简体中文").check()
    second.page.get_by_role("radio", name="跟随系统").check()
    expect(second.page.get_by_role("heading", name="我的偏好")).to_be_visible()


def test_a_new_password_needs_the_old_one(sign_in: SignIn) -> None:
    agent = sign_in("agent4")
    agent.watch.refusals_meant.add(422)
    agent.go("/settings/preferences")
    for label, text in (
        ("原密码", "not-the-old-one"),
        ("新密码", "another-Word-99"),
        ("再输一次", "another-Word-98"),
    ):
        agent.field(label).fill(text)
    agent.sees("两次输入不一致")
    expect(agent.button("更换密码")).to_be_disabled()
    agent.field("再输一次").fill("another-Word-99")
    agent.button("更换密码").click()
    expect(agent.page.get_by_role("alert").first).to_be_visible()
    agent.field("原密码").fill(PASSWORD)
    agent.button("更换密码").click()
    agent.told("密码已更换")
