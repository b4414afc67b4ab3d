"""集成: an administrator lets other systems be told and be asked; the desk shows what they answered."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from uuid import uuid4

import pytest
from playwright.sync_api import expect

from tests.walks.desk import MOD_ENTER, Desk
from tests.walks.scenes import complain
from tests.webhooks.receiver import Receiver, answering

pytestmark = pytest.mark.walk
SignIn = Callable[..., Desk]
LOOPBACK = "127.0.0.0/8"


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """Another system of the company, on this machine."""
    other = Receiver()
    yield other
    other.close()


def test_a_webhook_is_set_up_tried_out_and_told_of_a_ticket(sign_in: SignIn, receiver: Receiver) -> None:
    admin, agent = sign_in("admin"), sign_in("agent")
    name = f"计费系统 {uuid4().hex[:6]}"
    admin.go("/settings/webhooks")
    admin.page.get_by_text("新增回调地址").first.click()
    admin.field("名称").fill(name)
    admin.field("地址").fill(receiver.address)
    admin.field("允许的内网").fill("不是网段")
    admin.sees("不是网段，应如 10.1.0.0/16")
    admin.field("允许的内网").fill(LOOPBACK)
    admin.sees("所列网段不再受保护")
    admin.button("新增并生成密钥").click()
    admin.told(f"「{name}」已新增")
    admin.button("已妥善保存").click()
    expect(admin.page.get_by_role("heading", name=name)).to_be_visible()

    admin.button("试发").click()
    tried = admin.page.get_by_role("status", name="试发结果")
    expect(tried).to_contain_text("成功")
    assert receiver.wait_for(1)[0].headers["webhook-signature"].startswith("v1,")

    one = complain(agent, "通知计费系统")
    receiver.wait(lambda all_: any(one.number in message.body.decode() for message in all_))
    admin.page.get_by_role("searchbox", name="工单编号").fill(one.number)
    delivery = admin.page.get_by_role("listitem").filter(has_text="已送达").first
    expect(delivery).to_be_visible()
    delivery.click()
    admin.sees("第 1 次的答复")

    admin.go("/settings/listeners")
    expect(admin.page.get_by_role("row").filter(has_text=name)).to_be_visible()


def test_an_address_inside_is_refused_unless_its_network_is_allowed(
    sign_in: SignIn, receiver: Receiver
) -> None:
    admin = sign_in("admin")
    admin.watch.refusals_meant.add(422)
    admin.go("/settings/webhooks/new")
    admin.field("名称").fill("内网")
    admin.field("地址").fill(receiver.address)
    admin.button("新增并生成密钥").click()
    admin.sees(re.compile("内网"))
    expect(admin.field("地址")).to_have_value(receiver.address)
    assert receiver.messages == []


def test_an_interceptor_refuses_and_the_agent_reads_why(sign_in: SignIn, receiver: Receiver) -> None:
    admin, agent = sign_in("admin"), sign_in("agent")
    mark = uuid4().hex[:6]
    sentence = f"该客户有未结的退款 {mark}，请先联系账务"
    receiver.behave = answering(body=json.dumps({"decision": "refuse", "sentence": sentence}).encode())
    admin.go("/settings/interceptors/new")
    admin.field("名称").fill(f"账务检查 {mark}")
    admin.field("地址").fill(receiver.address)
    verbs = admin.page.get_by_role("radiogroup", name="何时问")
    verbs.get_by_role("radio").nth(1).check()
    admin.page.get_by_role("checkbox", name=re.compile("^提交|受理")).first.check()
    admin.field("允许的内网").fill(LOOPBACK)
    admin.button("新增拦截器").last.click()
    admin.told("已新增")
    admin.button("已妥善保存").click()
    try:
        agent.watch.refusals_meant.add(409)
        agent.go("/tickets/new")
        agent.pick_category("sm", "上门超时")
        agent.field("诉求").fill(f"要求退款 {mark}")
        agent.press(MOD_ENTER)
        agent.sees(sentence)
        expect(agent.field("诉求")).to_have_value(f"要求退款 {mark}")
    finally:
        admin.go("/settings/interceptors")
        row = admin.page.get_by_role("switch", name=f"启用「账务检查 {mark}」")
        row.press("Space")
        admin.sees(f"停用「账务检查 {mark}」：不再问它。")
        admin.button("保存").click()
        expect(admin.button("保存")).to_be_hidden()
    expect(row).not_to_be_checked()
    agent.press(MOD_ENTER)
    agent.number_told("已提交")
