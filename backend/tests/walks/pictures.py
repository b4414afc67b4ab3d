"""The pictures of the README, taken from a fresh demo company: `scripts/screenshots`."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, expect

from tests.walks.browsing import AT_HOME, PATIENCE, chromium
from tests.walks.desk import Desk
from tests.walks.product import PASSWORD, running
from tests.walks.scenes import CALLER
from tests.walks.watching import Watch


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
        for take in (ticket, todo, new, track, flow):
            take(photographer)


def ticket(photographer: Photographer) -> None:
    """A complaint that the clerk is verifying, with as much said about it as there is."""
    desk = photographer.desk_of("clerk")
    mine = _asked(desk, "/todo/mine?limit=50")
    verifying = [row["number"] for row in mine if row["kind"] == "complaint" and row["node"] == "verify"]
    desk.open_page(_liveliest(desk, verifying, "messages"))
    desk.begin("处理")
    photographer.take(desk, "ticket")


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


if __name__ == "__main__":
    main()
