"""A red card among people: whose it is hears of it, answers for it, appeals; another decides; both see it as it happens."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, expect

from tests.walks.desk import MOD_ENTER, Desk
from tests.walks.timely import Late, limited, minutes, taken_up_late

pytestmark = pytest.mark.walk
SignIn = Callable[..., Desk]


def card_line(desk: Desk, one: Late) -> Locator:
    """The line of the cards page that is about this ticket."""
    return desk.page.get_by_role("list", name="黄红牌").get_by_role("listitem").filter(has_text=one.number)


def moved_to(desk: Desk, line: Locator) -> None:
    """J until the line is the chosen one, however many lie before it."""
    expect(line).to_be_visible()
    while line.get_attribute("aria-current") != "true":
        chosen = desk.page.locator("main li.row[aria-current=true]")
        before = chosen.inner_text() if chosen.count() else ""
        desk.press("j")
        expect(chosen).not_to_have_text(before)


def story(desk: Desk) -> Locator:
    return desk.page.get_by_role("complementary", name="黄红牌")


def test_a_card_is_acknowledged_appealed_and_upheld_without_reloading(sign_in: SignIn) -> None:
    admin, agent, clerk, head = (sign_in(one) for one in ("admin", "agent", "clerk", "head"))
    one = taken_up_late(agent, clerk, "上门一再改期")
    clerk.go("/cards?mine=true&colour=red")
    head.go("/cards?colour=red")
    expect(head.page.get_by_role("group", name="颜色")).to_be_visible()
    limited(admin, one, process=minutes(30))

    line = card_line(clerk, one)  # it comes by itself
    expect(line).to_contain_text("待确认")
    moved_to(clerk, line)
    clerk.press(" ", "y")
    expect(line).to_contain_text("已确认")
    clerk.press("p")
    clerk.field("申诉理由").fill("客户两次改约，通话有录音。")
    clerk.press(MOD_ENTER)
    clerk.told("申诉已提交")
    expect(line).to_contain_text("申诉中")
    expect(clerk.page.get_by_role("button", name="维持")).to_have_count(0)  # not of one's own

    decided = card_line(head, one)
    expect(decided).to_contain_text("申诉中")
    decided.click()
    expect(story(head)).to_contain_text("客户两次改约")
    head.press("u")
    head.press(MOD_ENTER)
    head.sees("请填写")
    head.field("维持的理由").fill("改约后仍未按时上门。")
    head.press(MOD_ENTER)
    head.told("已维持")
    expect(line).to_contain_text("已维持")
    expect(story(clerk)).to_contain_text("改约后仍未按时上门")

    clerk.open_page(one.number)
    clerk.tab("轨迹")
    for words in ("客户两次改约", "改约后仍未按时上门"):
        clerk.sees(re.compile(words))


def test_a_withdrawn_card_counts_no_more(sign_in: SignIn) -> None:
    admin, agent, clerk, head = (sign_in(one) for one in ("admin", "agent", "clerk", "head"))
    one = taken_up_late(agent, clerk, "误发的一张")
    limited(admin, one, process=minutes(30))
    head.open_page(one.number)
    mark = head.page.locator("header.head").get_by_text("红牌", exact=True)
    expect(mark).to_be_visible()
    head.go(f"/tickets/{one.number}?tab=time")
    head.button("撤销").click()
    head.field("撤销的理由").fill("策略定错了")
    head.press(MOD_ENTER)
    cards = head.page.get_by_role("tabpanel").get_by_role("region", name="黄红牌")
    expect(cards).to_contain_text("已撤销")
    expect(cards).to_contain_text("策略定错了")
    expect(mark).to_have_count(0)
    head.go("/cards?colour=red")
    expect(head.page.get_by_role("list", name="黄红牌")).to_be_visible()
    expect(card_line(head, one)).to_have_count(0)
    head.go("/cards?state=withdrawn")
    expect(card_line(head, one)).to_be_visible()
