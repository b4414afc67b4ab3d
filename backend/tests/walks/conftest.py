"""A browser, the product, and people who sign in, each in a window of their own. Every window is watched for faults.

When a walk fails, what each window showed is kept as a picture in a temporary folder.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, StorageState

from tests.walks.browsing import AT_HOME, PATIENCE, chromium
from tests.walks.desk import Desk
from tests.walks.product import PASSWORD, running
from tests.walks.watching import Watch

FAILED = pytest.StashKey[bool]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Any:
    report = yield
    if report.when == "call":
        item.stash[FAILED] = report.failed
    return report


@pytest.fixture(autouse=True)
def fresh_reference() -> None:
    """The walks' company lives in processes of its own."""


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the product is."""
    with running(tmp_path_factory.mktemp("walks") / "home") as at:
        yield at


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for all; every window gets a context of its own."""
    with chromium() as one:
        yield one


@pytest.fixture(scope="session")
def sessions() -> dict[str, StorageState]:
    """Cookies of those who have signed in already."""
    return {}


@pytest.fixture
def window(browser: Browser, address: str, request: pytest.FixtureRequest) -> Iterator[Callable[..., Desk]]:
    """`window()` is a new window nobody has signed in at; further arguments go to the browser's context."""
    desks: list[Desk] = []

    def open_one(**context: Any) -> Desk:
        made = browser.new_context(**{**AT_HOME, **context})
        made.set_default_timeout(PATIENCE)
        desk = Desk(made, address, Watch(made))
        desks.append(desk)
        return desk

    yield open_one
    failed = request.node.stash.get(FAILED, False)
    faults = [fault for desk in desks for fault in desk.watch.faults]
    if failed or faults:
        _keep(desks, request.node.name)
    for desk in desks:
        desk.context.close()
    assert faults == [], "A window had faults."


@pytest.fixture
def sign_in(window: Callable[..., Desk], sessions: dict[str, StorageState]) -> Callable[..., Desk]:
    """`sign_in("clerk")`: a window of that person, who may go anywhere from there."""

    def enter(username: str, password: str = PASSWORD, **context: Any) -> Desk:
        if username not in sessions:
            door = window()
            door.go("/sign-in")
            door.sign_in(username, password)
            door.in_time()
            # Only who one is: language, theme and drafts stay behind in the window they belong to.
            sessions[username] = {"cookies": door.context.storage_state()["cookies"]}
            door.context.close()
        return window(storage_state=sessions[username], **context)

    return enter


def _keep(desks: list[Desk], name: str) -> None:
    folder = Path(tempfile.mkdtemp(prefix="gongdan-walk-"))
    for place, desk in enumerate(one for one in desks if not one.page.is_closed()):
        file = folder / f"{name}-{place}.png"
        desk.page.screenshot(path=file)
        print(f"{desk.page.url} is kept in {file}")  # noqa: T201  shown with the failure
