"""The administrator keeps the organisation in order: departments, people, roles, and why somebody sees a ticket."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.walks.desk import Desk
from tests.walks.forms import pick

pytestmark = pytest.mark.walk
SignIn = Callable[..., Desk]
PASSWORD = "first-Password-7"


def saves(desk: Desk, touches: str) -> None:
    """What saving touches is said before; afterwards the bar is gone."""
    bar = desk.page.get_by_role("region", name="保存后会影响")
    expect(bar).to_contain_text(touches)
    bar.get_by_role("button", name="保存").click()
    expect(bar).to_be_hidden()


def opens_person(desk: Desk, name: str) -> None:
    desk.go("/settings/people")
    desk.page.get_by_placeholder("姓名、账号或分机").fill(name)
    people = desk.page.get_by_role("list", name="人员").get_by_role("listitem")
    expect(people).to_have_count(1)
    people.first.click()
    expect(desk.page.get_by_role("region", name="角色")).to_be_visible()


def test_settings_are_searched_first(sign_in: SignIn) -> None:
    admin = sign_in("admin")
    admin.go("/settings")
    search = admin.page.get_by_placeholder("搜索设置、分类、人员")
    expect(search).to_be_focused()
    nav = admin.page.get_by_role("navigation", name="设置")
    search.fill("重置密码")
    expect(nav.get_by_role("link")).to_have_text(re.compile("人员"))
    search.fill("wfsw")
    expect(nav.get_by_role("link", name="无法上网")).to_be_visible()
    search.fill("刘洋")
    nav.get_by_role("link", name="刘洋").click()
    expect(admin.field("登录账号")).to_have_value("agent")


def test_a_department_is_added_renamed_and_closed(sign_in: SignIn) -> None:
    admin = sign_in("admin")
    admin.go("/settings/departments")
    tree = admin.page.get_by_role("tree", name="部门")
    tree.get_by_role("treeitem", name=re.compile("市场部")).click()
    admin.button("新增下级").click()
    admin.field("名称").fill("活动策划组")
    admin.field("编码").fill("campaigns")
    saves(admin, "新部门启用后即可派单")
    added = tree.get_by_role("treeitem", name=re.compile("活动策划组"))
    expect(added).to_have_attribute("aria-selected", "true")

    admin.field("名称").fill("活动与品牌组")
    saves(admin, "名称在所有工单、轨迹和统计中一并改变")
    renamed = tree.get_by_role("treeitem", name=re.compile("活动与品牌组"))
    expect(renamed).to_be_visible()

    admin.page.get_by_role("switch").press("Space")
    saves(admin, "新工单不再派到此部门")
    admin.page.reload()
    expect(admin.page.get_by_role("switch")).not_to_be_checked()


def test_a_person_joins_gets_a_role_forgets_the_password_and_leaves(sign_in: SignIn, window: SignIn) -> None:
    admin = sign_in("admin")
    admin.go("/settings/people")
    admin.button("新增人员").click()
    admin.field("姓名").fill("黄晓")
    admin.field("登录账号").fill("huangxiao")
    pick(admin, "部门", "热线中心")
    admin.field("初始密码").fill(PASSWORD)
    saves(admin, "给予角色之前看不到任何工单")

    roles = admin.page.get_by_role("region", name="角色")
    expect(roles).to_contain_text("没有角色")
    roles.get_by_label("给予角色").click()
    admin.page.get_by_role("option", name="坐席", exact=True).click()
    expect(roles).to_contain_text("黄晓 将得到")
    roles.get_by_role("button", name="给予").click()
    expect(roles.get_by_role("listitem")).to_contain_text("坐席")

    newcomer = window()
    newcomer.go("/todo")
    newcomer.sign_in("huangxiao", PASSWORD)
    newcomer.in_time()

    admin.button("重置密码").click()
    admin.button("设为此密码").click()
    fresh = admin.told("的新密码如下").get_by_role("textbox").input_value()
    again = window()
    again.go("/todo")
    again.sign_in("huangxiao", fresh)
    again.in_time()

    admin.page.get_by_role("switch").press("Space")
    saves(admin, "立即退出登录")
    again.watch.refusals_meant.add(401)
    newcomer.watch.refusals_meant.add(401)
    again.go("/todo")
    expect(again.field("账号")).to_be_visible()


def test_a_role_says_what_it_means_and_what_a_change_touches(sign_in: SignIn) -> None:
    admin = sign_in("admin")
    admin.go("/settings/roles")
    admin.button("新增角色").click()
    admin.field("名称").fill("贵宾专席")
    admin.field("编码").fill("vip_desk")
    admin.page.get_by_role("radio", name="全部").check()
    admin.page.get_by_role("combobox", name="只限业务分类").fill("wfsw")
    admin.press("Enter")
    pick(admin, "只限客户等级", "VIP")
    admin.press("Escape")
    admin.page.locator(".el-checkbox", has_text=re.compile("^查看工单$")).click()
    admin.sees("持有此角色的人可做 1 件事，对象是所有工单；只限分类 无法上网；只限等级 VIP")
    saves(admin, "角色给予人员之后才生效")

    admin.page.locator(".el-checkbox", has_text=re.compile("^催办$")).click()
    saves(admin, "多得 1 项权限")
    admin.page.reload()
    admin.sees("持有此角色的人可做 2 件事")


def test_why_somebody_sees_a_ticket(sign_in: SignIn) -> None:
    agent, admin = sign_in("agent"), sign_in("admin")
    number = agent.open_ticket("sm", "上门超时", "约好上午没有来")
    opens_person(admin, "赵强")
    admin.page.get_by_role("link", name="能看见什么", exact=True).click()
    admin.field("工单编号").fill(number)
    admin.button("查询").click()
    admin.sees(f"赵强 能看见 {number}")
    expect(admin.page.get_by_role("link", name=re.compile("角色「"))).to_be_visible()

    opens_person(admin, "吴芳")
    admin.page.get_by_role("link", name="能看见什么", exact=True).click()
    admin.field("工单编号").fill(number)
    admin.press("Enter")
    admin.sees(f"吴芳 看不见 {number}")
