"""Who may not enter does not see the door, and an address typed by hand is refused calmly."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.walks.desk import Desk
from tests.walks.scenes import complain

pytestmark = pytest.mark.walk
SignIn = Callable[..., Desk]


def test_settings_of_others_are_neither_shown_nor_open(sign_in: SignIn) -> None:
    clerk = sign_in("clerk")
    clerk.go("/settings")
    pages = clerk.page.get_by_role("navigation", name="设置")
    expect(pages.get_by_role("link", name="我的偏好")).to_be_visible()
    for title in ("部门", "人员", "角色与权限", "业务分类", "流程"):
        expect(pages.get_by_role("link", name=title, exact=True)).to_have_count(0)
    for path in ("/settings/people", "/settings/flows/complaint", "/tickets/new", "/callbacks"):
        clerk.go(path)
        clerk.sees("没有这个页面")
        clerk.sees("或者您没有查看的权限")


def test_a_foreign_ticket_is_as_if_it_were_not(sign_in: SignIn) -> None:
    agent, market = sign_in("agent"), sign_in("billing")
    one = complain(agent, "装维人员态度不好")
    market.watch.refusals_meant.add(404)
    market.go(f"/tickets/{one.number}")
    market.sees("没有这张工单")
    market.go("/tickets")
    expect(market.page.get_by_role("main").get_by_text(one.number)).to_have_count(0)
