"""A day's work on the telephone: two people at desk phones take calls of a simulated exchange over real TCP."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from uuid import uuid4

import pytest
from playwright.sync_api import expect

from gongdan.config.simulate.model import Call
from gongdan.config.simulate.threaded import ThreadedExchange, exchange_thread
from tests.walks.desk import MOD_ENTER, Desk
from tests.walks.scenes import CALLER
from tests.walks.telephone import CALL_API, ask, asterisk, bar, line, sign_in_to, sign_out_of

pytestmark = pytest.mark.walk
SignIn = Callable[..., Desk]
NUMBER, NAME = CALLER[0].replace(" ", ""), CALLER[1]
FIRST, SECOND = "8201", "8202"


@dataclass(frozen=True)
class Hotline:
    """The exchange, and two people ready at its phones."""

    exchange: ThreadedExchange
    agent: Desk
    expert: Desk

    def ring_in(self, number: str, ring: str, **more: object) -> Call:
        rung: Call = self.exchange.ring_in(number, "4008001234", ring=ring, **more)
        return rung


@pytest.fixture
def hotline(sign_in: SignIn) -> Iterator[Hotline]:
    admin, agent, expert = sign_in("admin"), sign_in("agent"), sign_in("agent2")
    with exchange_thread(dialect="asterisk", people=(FIRST, SECOND)) as exchange:
        admin.go("/todo")
        code = asterisk(admin, exchange, (FIRST, SECOND))
        admin.go(f"/settings/phone/systems/{code}")
        admin.sees("已连接")
        for desk, extension in ((agent, FIRST), (expert, SECOND)):
            desk.go("/todo")
            sign_in_to(desk, extension)
        yield Hotline(exchange, agent, expert)
        for desk in (agent, expert):
            desk.watch.refusals_meant.add(409)  # who is still on the line cannot leave
            desk.page.evaluate(CALL_API, ["POST", "/phone/sign-out", {}])
        ask(admin, "PATCH", f"/phone/systems/{code}", {"active": False})


def dispose(desk: Desk, letters: str, category: str) -> None:
    """服务小结 by the keyboard, and ready again."""
    form = desk.page.get_by_role("form", name="服务小结")
    box = form.get_by_role("combobox", name="这通电话关于什么")
    box.fill(letters)
    answer = (
        desk.page.get_by_role("listbox", name="这通电话关于什么")
        .get_by_role("option")
        .filter(has_text=category)
    )
    answer.first.click()
    expect(box).to_have_value(category)
    form.get_by_role("button", name="保存并就绪").click()
    expect(form).to_be_hidden()
    expect(bar(desk)).to_contain_text("就绪")


def test_a_call_becomes_a_ticket_is_handed_over_and_its_recording_is_found(
    hotline: Hotline, sign_in: SignIn
) -> None:
    agent, expert, exchange = hotline.agent, hotline.expert, hotline.exchange
    head = sign_in("hotline_head")  # agents may not listen to recordings
    call = hotline.ring_in(NUMBER, FIRST, menu="2")
    pop = agent.page.get_by_role("region", name="来电弹屏")
    expect(pop.get_by_role("heading", level=1)).to_contain_text(NAME)
    expect(pop).to_contain_text("客服热线")
    expect(pop).to_contain_text("故障报修")
    agent.press("F4")
    expect(line(agent, "通话中")).to_be_visible()

    pop.get_by_role("option").filter(has_text="新建工单").hover()
    agent.press("Enter")
    form = agent.page.locator("form").filter(has_text="诉求").first
    expect(form).to_contain_text(NAME)
    expect(agent.page.get_by_role("combobox", name="业务分类")).not_to_have_value(
        ""
    )  # what the caller pressed
    subject = f"宽带不通 {uuid4().hex[:6]}"
    agent.pick_category("sm", "上门超时")
    agent.field("诉求").fill(f"{subject}\n昨晚起不能上网。")
    agent.press(MOD_ENTER)
    number = agent.number_told("已提交")

    line(agent, "通话中").get_by_role("button", name="转接").click()
    panel = agent.page.get_by_role("form", name="转接")
    panel.get_by_role("combobox", name="转给谁").fill(SECOND)
    panel.get_by_role("button", name="盲转").click()
    ringing = expert.page.get_by_role("region", name="来电弹屏")
    expect(ringing.get_by_role("heading", level=1)).to_contain_text(NAME)
    expect(ringing.get_by_role("option").filter(has_text=subject)).to_be_visible()
    dispose(agent, "sm", "上门超时")
    expert.press("F4")
    expect(line(expert, "通话中")).to_be_visible()
    ringing.get_by_role("option").filter(has_text=subject).hover()
    expert.press("Enter")
    panel = expert.page.get_by_role("form", name="追加")
    expert.field("内容", panel).fill("客户补充：光猫红灯闪烁。")
    expert.press(MOD_ENTER)
    expect(panel).to_be_hidden()
    exchange.do(lambda made: made.hang_up(call))
    expert.button("结束话后").click()  # what the call was about is written down already
    expect(bar(expert)).to_contain_text("就绪")

    head.open_page(number)
    talk = head.page.get_by_role("tabpanel")
    expect(talk).to_contain_text("光猫红灯")
    player = talk.get_by_role("group", name="录音播放").first
    expect(player).to_be_visible()
    player.get_by_role("button", name="播放").click()
    expect(player.get_by_role("button", name="暂停")).to_be_visible()
    for desk in (agent, expert):
        sign_out_of(desk)


def test_a_missed_call_is_called_back(hotline: Hotline, sign_in: SignIn) -> None:
    agent, exchange = hotline.agent, hotline.exchange
    admin = sign_in("admin")
    admin.go("/todo")
    ask(admin, "PATCH", "/phone/line-settings", {"short_abandon_seconds": 0})  # nobody here waits for long
    number = f"1391{uuid4().int % 10**7:07d}"
    for _ in range(2):
        call = hotline.ring_in(number, FIRST)
        expect(line(agent, "来电 ")).to_be_visible()
        exchange.do(lambda made, one=call: made.hang_up(one))  # type: ignore[misc]
        expect(line(agent, "来电 ")).to_be_hidden()
    agent.go("/calls/missed")
    shown = re.compile(r"\s*".join(number))
    item = agent.page.get_by_role("listitem").filter(has_text=shown)
    expect(item).to_have_count(1)  # two calls, one task
    item.click()
    agent.button("领取").click()
    task = agent.page.get_by_role("region", name=shown)
    task.get_by_role("button", name="拨打").first.click()
    expect(line(agent, "呼叫中|通话中")).to_be_visible()
    expect(line(agent, "通话中")).to_be_visible()
    line(agent, "通话中").get_by_role("button", name="挂断").click()
    expect(line(agent, "通话中")).to_be_hidden()
    task.get_by_role("radio", name="已接通").click()
    task.get_by_role("button", name="记录结果").click()
    expect(task).to_be_hidden()
    ask(admin, "PATCH", "/phone/line-settings", {"short_abandon_seconds": 5})
