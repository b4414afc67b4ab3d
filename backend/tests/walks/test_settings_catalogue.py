"""The administrator keeps the catalogue and the flows: settings inherited and own, forms, a CSV, a document proved and published."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from tests.walks.desk import Desk
from tests.walks.forms import pick

pytestmark = pytest.mark.walk
SignIn = Callable[..., Desk]
TREE = "一级分类,二级分类,三级分类\n市政设施,道路,路灯不亮\n市政设施,道路,井盖缺失\n市政设施,供水,停水\n"


def bar_of(desk: Desk) -> Locator:
    return desk.page.get_by_role("region", name="保存后会影响")


def test_a_category_shows_what_it_inherits_and_takes_a_setting_of_its_own(sign_in: SignIn) -> None:
    admin = sign_in("admin")
    admin.go("/settings/categories")
    admin.page.get_by_placeholder("名称、编码或拼音首字母").fill("wsm")
    admin.page.get_by_role("treeitem", name=re.compile("网速慢")).click()
    settings = admin.page.get_by_role("region", name="设置", exact=True)
    expect(settings).to_contain_text("继承：报修（来自 宽带与电视）")

    pick(admin, "默认优先级", "紧急")
    expect(bar_of(admin)).to_contain_text("只影响今后受理的工单")
    bar_of(admin).get_by_role("button", name="保存").click()
    expect(bar_of(admin)).to_be_hidden()
    expect(settings.get_by_role("button", name="改为继承")).to_have_count(1)
    settings.get_by_role("button", name="改为继承").click()
    bar_of(admin).get_by_role("button", name="保存").click()
    expect(settings.get_by_role("button", name="改为继承")).to_have_count(0)


def test_a_form_is_designed_seen_and_published_and_an_agent_fills_it_in(sign_in: SignIn) -> None:
    admin = sign_in("admin")
    admin.go("/settings/categories?code=mobile_indoor")
    admin.button("设计表单").click()
    admin.button("单选").click()
    admin.field("名称（简体中文）").fill("所在楼层")
    admin.field("编码").fill("floor")
    admin.field("选项").fill("地下 = under\n一层\n高层")
    admin.page.get_by_role("switch").first.press("Space")
    preview = admin.page.locator(".preview")
    expect(preview).to_contain_text("所在楼层")
    expect(bar_of(admin)).to_contain_text("已受理的仍用原来的版本")
    bar_of(admin).get_by_role("button", name=re.compile("发布第")).click()
    form = admin.page.get_by_role("region", name="表单")
    expect(form).to_contain_text("所在楼层")
    expect(form).to_contain_text("第 1 版")

    agent = sign_in("agent")
    agent.go("/tickets/new")
    agent.pick_category("snxh", "室内信号")
    expect(agent.field("所在楼层")).to_be_visible()


def test_a_tree_is_imported_once(sign_in: SignIn, tmp_path: Path) -> None:
    admin = sign_in("admin")
    file = tmp_path / "tree.csv"
    file.write_bytes(TREE.encode("gb18030"))
    admin.go("/settings/categories/import")
    chooser = admin.page.locator("input[type=file]")
    chooser.set_input_files(file)
    expect(bar_of(admin)).to_contain_text("新增 6 个分类")
    bar_of(admin).get_by_role("button", name="导入 6 个分类").click()
    admin.told("已新增 6 个")

    chooser.set_input_files(file)
    admin.sees("文件里的分类都已存在")
    expect(bar_of(admin).get_by_role("button", name=re.compile("导入"))).to_be_disabled()
    admin.go("/settings/categories")
    admin.page.get_by_placeholder("名称、编码或拼音首字母").fill("jgqs")
    expect(admin.page.get_by_role("treeitem", name=re.compile("井盖缺失"))).to_be_visible()


def test_a_flow_is_refused_with_its_line_then_published_as_a_new_version(sign_in: SignIn) -> None:
    admin = sign_in("admin")
    admin.go("/settings/flows")
    admin.page.get_by_role("link", name=re.compile("建议")).click()
    document = admin.page.get_by_role("textbox", name="文档")
    expect(document).to_contain_text("flow: suggestion")
    publish = bar_of(admin).get_by_role("button", name=re.compile("发布第 2 版"))

    document.click()
    admin.press("Control+End")
    admin.page.keyboard.type("\n# no other word")
    admin.sees("校验通过")
    admin.press("Enter", "Shift+Home")
    admin.page.keyboard.type("  - done -> nowhere")
    findings = admin.page.get_by_role("list", name="校验发现的问题")
    expect(findings).to_contain_text(re.compile(r"第 \d+ 行"))
    expect(publish).to_be_disabled()
    admin.press("Control+Shift+k")
    admin.sees("校验通过")
    expect(findings).to_have_count(0)

    expect(bar_of(admin)).to_contain_text("继续走原来的版本")
    publish.click()
    bar_of(admin).get_by_role("button", name=re.compile("确认发布第 2 版")).click()
    expect(bar_of(admin)).to_be_hidden()
    expect(admin.page.get_by_role("heading", name="建议").first).to_contain_text("第 2 版")
    admin.tab("历史版本")
    difference = admin.page.get_by_role("region", name="两版的差别")
    expect(difference.locator("ins").filter(has_text="# no other word")).to_be_visible()
    expect(difference.locator("del")).to_have_count(0)


def test_the_drawn_flow_leads_to_its_line(sign_in: SignIn) -> None:
    admin = sign_in("admin")
    admin.go("/settings/flows/complaint")
    drawn = admin.page.get_by_role("group", name="流程图")
    drawn.get_by_role("button", name=re.compile("主管审批")).click()
    expect(admin.page.locator(".cm-activeLine")).to_have_text(re.compile(r"^\s*approve:"))
