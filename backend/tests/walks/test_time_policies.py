"""A policy is written, put before the others, looked at on open tickets, published and applied; what is wrong is told at its place."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, expect

from tests.walks.desk import MOD_ENTER, Desk
from tests.walks.timely import taken_up_late

pytestmark = pytest.mark.walk
SignIn = Callable[..., Desk]


def whole_limit(admin: Desk) -> Locator:
    """The part of the page that says how long the whole may take, unfolded."""
    part = admin.page.locator("[data-part=process]")
    fold = part.get_by_role("button", name=re.compile("^全程"))
    expect(fold).to_be_visible()
    if fold.get_attribute("aria-expanded") == "false":
        fold.click()
    return part


def set_limit(part: Locator, amount: int, unit: str) -> None:
    limit = part.get_by_role("group", name="时限").first
    limit.get_by_role("spinbutton").fill(str(amount))
    limit.get_by_role("combobox").select_option(unit)


def to_the_front(admin: Desk, name: str) -> None:
    """By keys: the line goes up until it is the first."""
    admin.go("/settings/policies")
    handle = admin.button(f"移动「{name}」：按 ↑ ↓ 改变次序，也可拖动")
    lines = admin.page.get_by_role("list", name="时限策略").get_by_role("listitem")
    expect(handle).to_be_visible()
    place = next(at for at, text in enumerate(lines.all_inner_texts()) if name in text)
    handle.focus()
    admin.press(*["ArrowUp"] * place)
    expect(lines.first).to_contain_text(name)
    admin.press(MOD_ENTER)
    expect(admin.page.get_by_role("region", name="保存后会影响")).to_be_hidden()


def test_a_policy_from_nothing_to_the_open_ticket(sign_in: SignIn) -> None:
    admin, agent, clerk = (sign_in(one) for one in ("admin", "agent", "clerk"))
    one = taken_up_late(agent, clerk, "三次未到")
    clerk.open_page(one.number)
    clerk.tab("时限")
    whole = clerk.page.get_by_role("region", name="全程")
    whole.get_by_role("button").first.click()
    expect(whole).to_contain_text("投诉 第 1 版")

    name, code = f"当日办结 {one.mark}", f"walk_{one.mark}"
    admin.go("/settings/new-policy")
    admin.field("编码").fill(code)
    admin.field("简体中文名称").fill(name)
    admin.field("条件").fill(f'subject contains "{one.mark}"')
    part = whole_limit(admin)
    set_limit(part, 0, "hours")
    admin.sees(re.compile(r"处须改"))
    expect(part.locator("[aria-invalid=true]").first).to_be_visible()
    set_limit(part, 5, "hours")
    admin.sees("校验通过")
    admin.press(MOD_ENTER)
    expect(admin.page).to_have_url(re.compile(f"/settings/policies/{code}$"))
    to_the_front(admin, name)

    admin.go(f"/settings/policies/{code}")
    set_limit(whole_limit(admin), 6, "hours")
    admin.sees("校验通过")
    admin.press(MOD_ENTER)
    admin.sees("发布第 2 版之前")
    touched = admin.page.get_by_role("row").filter(has_text=one.number)
    expect(touched).to_contain_text("投诉 第 1 版")  # what it has now, and what it would have
    expect(touched).to_contain_text("15小时")
    expect(touched).to_contain_text("6小时")
    admin.button("发布并应用到这 1 张在办工单").click()
    admin.button("确认：发布并应用到这 1 张在办工单").click()
    admin.sees("第 2 版正在后台逐张应用")

    expect(whole).to_contain_text(f"{name} 第 2 版")  # without reloading
    expect(whole.get_by_role("button").first).to_contain_text("6:00:00")
    clerk.tab("轨迹")
    clerk.sees(re.compile("时限策略"))
