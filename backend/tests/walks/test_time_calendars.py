"""A calendar of one's own: made, one day halved in the year, by keys; a second person hears that it was changed meanwhile."""

from __future__ import annotations

import re
from collections.abc import Callable
from uuid import uuid4

import pytest
from playwright.sync_api import Locator, expect

from tests.walks.desk import MOD_ENTER, Desk
from tests.walks.timely import ask

pytestmark = pytest.mark.walk
SignIn = Callable[..., Desk]
DAY = "2028-03-14"  # a Tuesday of a year whose table nobody knows yet


def made(admin: Desk) -> str:
    """A calendar nobody uses."""
    code = f"walk_{uuid4().hex[:8]}"
    morning, afternoon = ["09:00", "12:00"], ["13:00", "18:00"]
    week = [[morning, afternoon]] * 5 + [[], []]
    definition = {"time_zone": "Asia/Shanghai", "week": week, "holidays": "CN"}
    ask(admin, "/calendars", {"code": code, "names": {"zh-Hans": f"试用 {code}"}, "definition": definition})
    return code


def day(desk: Desk, date: str) -> Locator:
    return desk.page.locator(f'[data-date="{date}"]')


def panel(desk: Desk) -> Locator:
    return desk.page.get_by_role("complementary", name="日期")


def test_a_day_is_halved_in_the_year_by_keys_and_made_ordinary_again(sign_in: SignIn) -> None:
    admin = sign_in("admin")
    code = made(admin)
    admin.go(f"/settings/calendars/{code}?year=2028")
    admin.sees("2028 年的官方放假表尚未公布")
    expect(day(admin, DAY)).to_have_attribute("aria-label", re.compile("上班.*8小时"))
    day(admin, "2028-03-13").click()
    admin.press("Escape")
    day(admin, "2028-03-13").focus()
    admin.press("ArrowRight", "Enter")
    expect(panel(admin)).to_contain_text("暂定")
    panel(admin).get_by_role("radio", name="自定时间").check()
    admin.button("只上前半天", panel(admin)).click()
    admin.field("名称", panel(admin)).fill("盘点")
    admin.button("保存", panel(admin)).click()
    admin.told("已保存为第 2 版")
    expect(day(admin, DAY)).to_have_attribute("aria-label", re.compile("特殊，盘点，09:00–12:00，3小时"))

    admin.tab("试算")
    admin.field("从").fill(f"{DAY}T09:00")
    admin.field("工作时间").fill("4")
    admin.sees("2028-03-15 周三 10:00")
    admin.tab("年视图")
    day(admin, DAY).click()
    panel(admin).get_by_role("radio", name="取消特殊，恢复原规则").check()
    admin.button("保存", panel(admin)).click()
    admin.told("已保存为第 3 版")
    expect(day(admin, DAY)).to_have_attribute("aria-label", re.compile("上班.*8小时"))


def test_the_second_to_change_a_calendar_hears_of_the_first(sign_in: SignIn) -> None:
    one, other = sign_in("admin"), sign_in("admin")
    code = made(one)
    for desk in (one, other):
        desk.go(f"/settings/calendars/{code}?year=2028")
        day(desk, DAY).click()
        expect(panel(desk)).to_contain_text("3月14日")
    one.button("保存", panel(one)).click()
    one.told("已保存为第 2 版")
    other.watch.refusals_meant.add(409)
    other.button("保存", panel(other)).click()
    other.told("被别人更新").get_by_role("button", name="重新读取").click()
    expect(other.page.get_by_text("第 2 版", exact=True).first).to_be_visible()


def test_hours_that_cannot_be_are_told_at_their_day(sign_in: SignIn) -> None:
    admin = sign_in("admin")
    code = made(admin)
    admin.go(f"/settings/calendars/{code}?tab=rules")
    tuesday = admin.field("周二的上班时间")
    for typed, said in (("9-12 11-13", "与前一段重叠"), ("9-9", "开始与结束相同"), ("abc", "看不懂")):
        tuesday.fill(typed)
        admin.press("Tab")
        expect(tuesday).to_have_attribute("aria-invalid", "true")
        admin.sees(re.compile(said))
        expect(admin.button("发布第 2 版")).to_be_disabled()
    tuesday.fill("22-6")
    expect(admin.button("发布第 2 版")).to_be_enabled()
    admin.press(MOD_ENTER)
    expect(admin.page.get_by_text("第 2 版", exact=True).first).to_be_visible()
    admin.tab("试算")
    admin.field("从").fill(f"{DAY}T21:00")
    admin.field("工作时间").fill("8")
    admin.sees("2028-03-15 周三 06:00")
