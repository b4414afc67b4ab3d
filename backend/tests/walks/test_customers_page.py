"""A customer's page: numbers veiled until asked for, what pays and what uses, where it belongs, levels of one's own, and a clash."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.walks.desk import MOD_ENTER, Desk
from tests.walks.forms import pick

pytestmark = pytest.mark.walk
SignIn = Callable[..., Desk]
CLEAR = re.compile(r"199 ?0000 ?0046")


def opens(desk: Desk, typed: str, name: str) -> None:
    """Typed, and ⏎ opens the first that is found."""
    desk.go("/customers")
    desk.page.get_by_role("searchbox").fill(typed)
    rows = desk.page.get_by_role("list", name="客户").get_by_role("listitem")
    expect(rows.first).to_contain_text(name)
    desk.press("Enter")
    expect(desk.page.get_by_role("heading", name=name).first).to_be_visible()


def test_a_level_narrows_the_list(sign_in: SignIn) -> None:
    agent = sign_in("agent")
    agent.go("/customers")
    agent.button("VIP").click()
    rows = agent.page.get_by_role("list", name="客户").get_by_role("listitem")
    expect(rows.filter(has_text="★金卡")).to_have_count(0)
    expect(rows.first).to_contain_text("★VIP")
    agent.page.get_by_role("searchbox").fill("没有这样的人")
    agent.sees("没有这样的客户")


def test_what_both_changed_is_chosen_field_by_field(sign_in: SignIn) -> None:
    one, other = sign_in("admin"), sign_in("agent")
    for desk in (one, other):
        opens(desk, "唐若兰", "唐若兰")
        desk.press("e")
        expect(desk.page.get_by_role("textbox", name="备注")).to_be_visible()
    one.page.get_by_role("textbox", name="备注").fill("上午十点后联系")
    pick(one, "客户等级", "金卡")
    one.press(MOD_ENTER)
    expect(one.page.get_by_role("textbox", name="备注")).to_be_hidden()

    other.watch.refusals_meant.add(409)
    other.field("外部编号").fill("CRM-7")
    pick(other, "客户等级", "VIP")
    other.press(MOD_ENTER)
    note = other.told("他人刚刚修改了同样的内容")
    expect(note).to_contain_text("已采用对方的：备注")
    note.get_by_role("button", name="用我的").click()
    other.press(MOD_ENTER)
    expect(other.page.get_by_role("textbox", name="备注")).to_be_hidden()
    for words in ("上午十点后联系", "CRM-7", "★VIP"):
        expect(other.page.get_by_role("main")).to_contain_text(words)


def test_numbers_are_veiled_until_asked_for(sign_in: SignIn) -> None:
    admin = sign_in("admin")
    opens(admin, "演示银行股份", "演示银行股份有限公司")
    page = admin.page.get_by_role("main")
    expect(page).to_contain_text("199****0046")
    expect(page).not_to_contain_text(CLEAR)
    admin.button("显示号码").click()
    expect(page).to_contain_text(CLEAR)
    admin.sees("查看完整号码已记入留痕")
    tree = admin.page.get_by_role("tree", name="客户层级")
    tree.get_by_role("link", name="演示银行西苑支行").click()
    expect(admin.page.get_by_role("heading", name="演示银行西苑支行")).to_be_visible()


def test_accounts_pay_and_subscribers_use(sign_in: SignIn) -> None:
    admin = sign_in("admin")
    opens(admin, "沈知秋", "沈知秋")
    three = admin.page.get_by_role("region", name="三户")
    three.get_by_role("button", name="添加账户").click()
    three.get_by_label("账户号").fill("D77001")
    three.get_by_label("账户名称").fill("商铺账户")
    admin.press("Enter")
    account = three.get_by_role("listitem").filter(has_text="商铺账户")
    expect(account).to_be_visible()
    account.get_by_role("button", name="给账户 商铺账户 添加用户").click()
    three.get_by_label("用户号码").fill("D77001-1")
    three.get_by_label("产品或套餐").fill("商务宽带")
    admin.press("Enter")
    expect(account).to_contain_text("商务宽带")
    expect(three).to_contain_text("2 个账户")


def test_levels_of_a_company_s_own(sign_in: SignIn) -> None:
    admin = sign_in("admin")
    admin.go("/customers/levels")
    admin.button("新增等级").click()
    admin.field("名称").fill("重点民生")
    admin.field("编码").fill("pillar")
    admin.field("次序").fill("25")
    admin.sees("保存后即可选用")
    admin.button("保存").click()
    rows = admin.page.get_by_role("row")
    expect(rows.filter(has_text="重点民生")).to_contain_text("25")
    admin.go("/customers")
    expect(admin.button("重点民生")).to_be_visible()
