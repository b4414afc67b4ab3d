"""The telephone lives in the page: two people talk through their browsers, with real sound, over a real SIP exchange."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import expect

from tests.walks.desk import Desk
from tests.walks.sip_exchange import SipExchange, sip_exchange
from tests.walks.telephone import Switch, ask, bar, dial, line, sign_in_to, sign_out_of, switch

pytestmark = pytest.mark.walk
SignIn = Callable[..., Desk]


@pytest.fixture
def exchange() -> Iterator[SipExchange]:
    with sip_exchange(x8105="word-8105", x8106="word-8106", x8107="word-8107", x8108="word-8108") as one:
        yield one


@pytest.fixture
def telephones(sign_in: SignIn, exchange: SipExchange) -> Iterator[Switch]:
    """The exchange is set up, with softphones of which 8107 has a wrong password; gone afterwards."""
    admin = sign_in("admin")
    admin.go("/todo")
    made = switch(admin, sip_address=exchange.address, sip_domain="walk.invalid")
    for number, secret in exchange.passwords.items():
        kind = {"kind": "softphone", "secret": secret if number != "8107" else "wrong"}
        ask(admin, "POST", "/phone/extensions", {"system": made.code, "number": number, **kind})
    yield made
    made.hang_up()
    for person in ("agent", "agent2", "agent3"):  # nobody stays at a telephone that is gone
        desk = sign_in(person)
        desk.go("/todo")
        ask(desk, "POST", "/phone/sign-out", {})
    ask(admin, "PATCH", f"/phone/systems/{made.code}", {"active": False})


def at_softphone(desk: Desk, extension: str) -> None:
    """On a page that was loaded after the exchange was set up, so that it may be reached."""
    desk.go("/todo")
    sign_in_to(desk, extension)
    expect(bar(desk).get_by_role("button", name="软电话：已注册")).to_be_visible()


def test_two_people_talk_hold_and_move_between_pages(sign_in: SignIn, telephones: Switch) -> None:
    caller, agent = sign_in("agent"), sign_in("agent2")
    at_softphone(caller, "8105")
    at_softphone(agent, "8106")
    dial(caller, "8106")
    ringing = line(agent, "振铃")
    expect(ringing).to_contain_text("8105")
    ringing.get_by_role("button", name="接听").click()
    for desk in (caller, agent):
        expect(line(desk, "通话中")).to_be_visible()

    agent.page.get_by_role("link", name="客户", exact=True).first.click()  # the call goes on while one moves
    expect(line(agent, "通话中")).to_be_visible()
    bar(agent).get_by_role("button", name="软电话：已注册").click()
    meter = agent.page.get_by_role("meter", name="音量")
    expect(meter).not_to_have_attribute("aria-valuenow", "0")
    expect(agent.page.get_by_label("麦克风").locator("option")).not_to_have_count(1)
    agent.press("Escape")

    line(agent, "通话中").get_by_role("button", name="静音").click()
    expect(line(agent, "通话中").get_by_role("button", name="取消静音")).to_be_visible()
    line(agent, "通话中").get_by_role("button", name="取消静音").click()
    line(agent, "通话中").get_by_role("button", name="保持").click()
    line(agent, "保持中").get_by_role("button", name="取回").click()
    expect(line(agent, "通话中")).to_be_visible()
    line(caller, "通话中").get_by_role("button", name="挂断").click()
    for desk in (caller, agent):
        expect(line(desk, "通话中")).to_be_hidden()
        sign_out_of(desk)


def test_a_refused_call_and_a_refused_password_are_told(sign_in: SignIn, telephones: Switch) -> None:
    caller, agent = sign_in("agent"), sign_in("agent2")
    at_softphone(caller, "8105")
    agent.go("/todo")
    sign_in_to(agent, "8107")
    expect(bar(agent).get_by_role("button", name="软电话：注册被拒")).to_be_visible()
    dial(caller, "8107")
    caller.sees(re.compile("拨打没有成功"))
    for desk in (caller, agent):
        sign_out_of(desk)


def test_a_caller_is_handed_over_after_asking(
    sign_in: SignIn, telephones: Switch, exchange: SipExchange
) -> None:
    caller, agent, expert = sign_in("agent"), sign_in("agent2"), sign_in("agent3")
    for desk, extension in ((caller, "8105"), (agent, "8106"), (expert, "8108")):
        at_softphone(desk, extension)
    dial(caller, "8106")
    expect(line(agent, "振铃")).to_be_visible()
    telephones.tell(
        "c-1",
        {"kind": "start", "direction": "inbound", "caller": "8105", "dialled": "8106"},
        {"kind": "ring", "extension": "8106"},
    )
    ringing = line(agent, "来电 ")  # the server's call and the line in the page are one
    expect(line(agent, "振铃")).to_be_hidden()
    ringing.get_by_role("button", name="接听").click()
    telephones.tell("c-1", {"kind": "answer", "extension": "8106"})
    talking = line(agent, "通话中")
    expect(talking).to_be_visible()
    talking.get_by_role("button", name="转接").click()
    panel = agent.page.get_by_role("form", name="转接")
    panel.get_by_role("combobox", name="转给谁").fill("8108")
    panel.get_by_role("button", name="咨询转").click()
    line(expert, "振铃").get_by_role("button", name="接听").click()
    agent.page.get_by_role("button", name="完成转接").click()  # offered once the other has answered
    expect(agent.page.get_by_role("button", name="完成转接")).to_have_count(0)
    assert len(exchange.referred) == 1
    assert "8108" in exchange.referred[0][0]
    assert "Replaces" in exchange.referred[0][0]
    telephones.tell("c-1", {"kind": "hang_up", "by": "agent"})
