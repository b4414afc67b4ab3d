"""What is set by an administrator is felt by those whom it concerns: people, callers' forms, other systems."""

from __future__ import annotations

import re
from collections.abc import Callable
from uuid import uuid4

import httpx
import pytest
from playwright.sync_api import expect

from tests.walks.desk import MOD_ENTER, NUMBER, Desk
from tests.walks.scenes import complain

pytestmark = pytest.mark.walk
SignIn = Callable[..., Desk]


def test_a_new_person_in_a_new_department_sees_only_what_is_theirs(sign_in: SignIn) -> None:
    admin, agent = sign_in("admin"), sign_in("agent")
    mark = uuid4().hex[:6]
    department, person = f"客服质检 {mark}", f"常青 {mark}"
    login, password = f"walk-{mark}", "a-long-walk-home"

    admin.go("/settings/departments")
    admin.button("新增部门").click()
    admin.field("名称").fill(department)
    admin.field("编码").fill(f"walk-{mark}")
    admin.sees("新部门启用后即可派单")
    admin.press(MOD_ENTER)
    expect(admin.page.get_by_role("treeitem", name=department)).to_be_visible()

    admin.go("/settings/people")
    admin.button("新增人员").click()
    admin.field("姓名").fill(person)
    admin.field("登录账号").fill(login)
    admin.choose("部门", department)
    admin.field("初始密码").fill(password)
    admin.press(MOD_ENTER)
    roles = admin.page.get_by_role("region", name="角色")
    expect(roles).to_contain_text("没有角色")
    admin.choose("给予角色", "处理人", roles)
    admin.sees(re.compile(rf"{person} 将得到 \d+ 项权限"))
    admin.button("给予", roles).click()
    expect(roles.get_by_role("listitem")).to_contain_text("处理人")

    foreign = complain(agent, "与新部门无关的投诉")
    newcomer = sign_in(login, password)
    newcomer.go("/tickets")
    newcomer.sees("还没有工单")
    newcomer.watch.refusals_meant.add(404)
    newcomer.go(f"/tickets/{foreign.number}")
    newcomer.sees("没有这张工单")

    clerk = sign_in("clerk")
    clerk.open_page(foreign.number)
    clerk.accept()
    panel = clerk.begin("转办")
    panel.get_by_role("radio", name="部门", exact=True).click()
    clerk.choose("部门", department, panel)
    clerk.field("原因", panel).fill("由质检跟进")
    clerk.press(MOD_ENTER)
    newcomer.go("/todo/department")
    expect(newcomer.line_of(foreign.number)).to_be_visible()


def test_a_category_with_an_own_field_asks_for_it_in_a_new_ticket(sign_in: SignIn) -> None:
    admin, agent = sign_in("admin"), sign_in("agent")
    mark = uuid4().hex[:6]
    name = f"空调外机噪声 {mark}"
    admin.go("/settings/categories?code=complaint_field")
    admin.page.get_by_role("button", name="新增下级").click()
    admin.field("名称").fill(name)
    admin.field("编码").fill(f"walk_{mark}")
    admin.press("Enter")
    expect(admin.page.get_by_role("treeitem", name=name)).to_be_visible()

    admin.button("设计表单").click()
    admin.button("单行文字").click()
    admin.field("名称（简体中文）").fill("外机位置")
    admin.page.get_by_role("switch").first.press("Space")
    admin.page.get_by_role("button", name=re.compile(r"^发布第 \d+ 版")).click()
    expect(admin.page.get_by_role("region", name="表单")).to_contain_text("外机位置")

    release = agent.hold(re.compile(rf"/api/v1/categories/walk_{mark}$"))
    agent.go("/tickets/new")
    agent.pick_category("kt", name)
    agent.field("诉求").fill("夜里噪声大，无法休息")
    agent.press(MOD_ENTER)  # Before the category's form is here: nothing is sent without it.
    release()
    agent.sees("请填写")
    agent.field("外机位置").fill("三单元北墙二层")
    agent.press(MOD_ENTER)
    number = agent.number_told("已提交")
    agent.open_page(number)
    agent.tab("表单")
    expect(agent.page.get_by_role("tabpanel")).to_contain_text("三单元北墙二层")


def test_a_token_opens_the_api_until_it_is_revoked(sign_in: SignIn, address: str) -> None:
    agent = sign_in("agent3")
    name = f"网站表单 {uuid4().hex[:6]}"
    agent.go("/settings/tokens")
    agent.button("新令牌").click()
    agent.field("用途").fill(name)
    agent.button("生成").click()
    secret = agent.told("密文只显示这一次").get_by_role("textbox").input_value()
    headers = {"Authorization": f"Bearer {secret}"}
    wanted = {"category": "fee_query", "body": "网站来的一单", "channel": "web_form"}
    with httpx.Client(base_url=f"{address}/api/v1", headers=headers, trust_env=False) as api:
        made = api.post("/tickets", json=wanted)
        assert made.status_code == 201
        assert NUMBER.fullmatch(made.json()["number"])
        agent.button("已抄下，收起").click()
        line = agent.page.get_by_role("row").filter(has_text=name)
        agent.button("吊销", line).click()
        agent.button("确认吊销，立即失效", line).click()
        expect(line).to_be_hidden()
        assert api.get("/tickets").status_code == 401
    agent.open_page(made.json()["number"])
    agent.sees("网页表单")
