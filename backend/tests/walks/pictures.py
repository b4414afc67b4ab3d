"""The pictures of the README, taken from a fresh demo company: `scripts/screenshots`."""

from __future__ import annotations

import re
import sys
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, expect

from gongdan.config.simulate.threaded import exchange_thread
from tests.walks.browsing import AT_HOME, PATIENCE, chromium
from tests.walks.desk import Desk
from tests.walks.product import PASSWORD, running
from tests.walks.scenes import CALLER
from tests.walks.telephone import ask, asterisk, sign_in_to
from tests.walks.telephone import line as live
from tests.walks.watching import Watch

IMPORTANT = ("199 0000 0001", "李建国")
TOLD = (
    "宽带中断三天，约好的师傅一直没有上门",
    "客户三天前起不能上网，两次报修都约了上午，至今无人上门也无人致电。",
    "家里有人在家办公，要求今天恢复，并说明为什么一再改约。",
)


AT_THE_PHONE = ("agent", "agent2", "agent3", "agent4")
CALLERS = (("19900000014", ""), ("19900000005", ""), ("19900000009", ""))
WAITING = ("19900000011", "13900000000")


class Photographer:
    """Takes one picture after another, each of the person's own window."""

    def __init__(self, browser: Browser, at: str, folder: Path) -> None:
        self.browser = browser
        self.at = at
        self.folder = folder

    def desk_of(self, username: str) -> Desk:
        context = self.browser.new_context(**AT_HOME, color_scheme="light", reduced_motion="reduce")
        context.set_default_timeout(PATIENCE)
        desk = Desk(context, self.at, Watch(context))
        desk.go("/sign-in")
        desk.sign_in(username, PASSWORD)
        desk.in_time()
        return desk

    def take(self, desk: Desk, name: str) -> None:
        """The window as it stands, its pointer out of the way."""
        expect(desk.page.get_by_role("status", name="正在载入")).to_have_count(0)
        assert desk.watch.faults == [], desk.watch.faults
        desk.page.mouse.move(640, 2)
        desk.page.screenshot(path=self.folder / f"{name}.png", animations="disabled", caret="hide")
        desk.context.close()


def main() -> None:
    """Into the folder named on the command line."""
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory(prefix="gongdan-pictures-") as home,
        running(Path(home) / "home") as at,
        chromium() as browser,
    ):
        photographer = Photographer(browser, at, folder)
        for take in (ticket, todo, new, track, flow, cards, time, line):
            take(photographer)


def ticket(photographer: Photographer) -> None:
    """A complaint that the clerk is verifying, with what was said about it so far."""
    agent, clerk = photographer.desk_of("agent"), photographer.desk_of("clerk")
    number = agent.open_ticket("sm", "上门超时", "\n".join(TOLD), customer=IMPORTANT)
    clerk.open_page(number)
    clerk.accept()
    clerk.do("内部备注", words=[("内容", "派单系统显示三次改约，都没有通知客户。请东区装维中心说明原因。")])
    clerk.do(
        "回复客户",
        words=[("内容", "给您添麻烦了。今晚由东区装维中心上门，师傅出发前会先给您打电话。")],
    )
    agent.open_page(number)
    agent.do("追加", words=[("内容", "客户再次来电：晚上家中有人，请务必今天恢复。")])
    clerk.sees("请务必今天恢复")
    expect(clerk.page.get_by_role("status").filter(has_text="客户")).to_have_count(0)
    photographer.take(clerk, "ticket")


def cards(photographer: Photographer) -> None:
    desk = photographer.desk_of("admin")
    desk.go("/cards")
    expect(desk.page.get_by_role("heading", name="黄红牌")).to_be_visible()
    photographer.take(desk, "cards")


def time(photographer: Photographer) -> None:
    """The time of a ticket whose card came just now: what counted, card by card."""
    desk = photographer.desk_of("admin")
    desk.go("/cards")
    desk.page.get_by_role("main").get_by_role("link").filter(
        has_text=re.compile(r"\d{8}-\d{6}")
    ).first.click()
    desk.page.get_by_role("tab", name="时限").click()
    expect(desk.page.get_by_text("计入").first).to_be_visible()
    photographer.take(desk, "time")


def todo(photographer: Photographer) -> None:
    desk = photographer.desk_of("clerk")
    expect(desk.page.get_by_role("list", name="我的待办")).to_be_visible()
    desk.press("j", "j", " ")
    expect(desk.page.get_by_role("complementary", name="预览").get_by_role("heading")).to_be_visible()
    photographer.take(desk, "todo")


def new(photographer: Photographer) -> None:
    desk = photographer.desk_of("agent")
    desk.go("/tickets/new")
    desk.pick_customer(*CALLER)
    desk.pick_category("sm", "上门超时")
    desk.field("诉求").fill(
        "约好上午来修宽带，等到晚上无人上门\n客户已请假一天，要求道歉并尽快解决，晚上七点后方便接电话。"
    )
    expect(
        desk.page.get_by_role("complementary", name="此前的工单").get_by_role("listitem").first
    ).to_be_visible()
    desk.page.get_by_role("heading", name="新建工单").scroll_into_view_if_needed()
    photographer.take(desk, "new")


def track(photographer: Photographer) -> None:
    """A closed complaint that took the longest way."""
    desk = photographer.desk_of("head")
    closed = [row["number"] for row in _asked(desk, "/tickets?kind=complaint&state=closed")]
    desk.open_page(_liveliest(desk, closed, "track"))
    desk.tab("轨迹")
    expect(desk.page.get_by_role("table", name="各节点停留")).to_be_visible()
    photographer.take(desk, "track")


def flow(photographer: Photographer) -> None:
    desk = photographer.desk_of("admin")
    desk.go("/settings/flows/complaint")
    desk.sees("校验通过")
    photographer.take(desk, "flow")


def _asked(desk: Desk, path: str) -> list[dict[str, Any]]:
    return list(desk.page.request.get(f"{desk.at}/api/v1{path}").json()["items"])


def _liveliest(desk: Desk, numbers: list[str], what: str) -> str:
    """The ticket with the most messages, or stays in its track."""
    return max(numbers, key=lambda number: len(_asked(desk, f"/tickets/{number}/{what}")))


def line(photographer: Photographer) -> None:
    """A call that comes in, and the board while four are talked with and two wait."""
    admin = photographer.desk_of("admin")
    admin.go("/todo")
    phones = {username: f"82{place:02d}" for place, username in enumerate(AT_THE_PHONE, 1)}
    with exchange_thread(dialect="asterisk", people=tuple(phones.values())) as exchange:
        code = asterisk(admin, exchange, phones.values(), "客服中心交换机")
        ask(admin, "POST", "/phone/queues", {"system": code, "name": "hotline", "title": "热线人工"})
        desks = {username: photographer.desk_of(username) for username in phones}
        for username, extension in phones.items():
            desks[username].go("/todo")
            sign_in_to(desks[username], extension)
        for (username, extension), (number, _) in zip(list(phones.items())[1:], CALLERS, strict=True):
            exchange.ring_in(number, menu="1", ring=extension)
            expect(live(desks[username], "来电 ")).to_be_visible()
            desks[username].press("F4")
            expect(live(desks[username], "通话中")).to_be_visible()
        exchange.ring_in(IMPORTANT[0].replace(" ", ""), menu="2", ring=phones["agent"])
        pop = desks["agent"].page.get_by_role("region", name="来电弹屏")
        expect(pop.get_by_role("heading", level=1)).to_contain_text(IMPORTANT[1])
        for number in WAITING:
            exchange.ring_in(number, menu="1")
        head = photographer.desk_of("hotline_head")
        head.go("/monitor/line")
        head.sees("热线人工")
        photographer.take(head, "board")
        photographer.take(desks["agent"], "pop")


if __name__ == "__main__":
    main()
