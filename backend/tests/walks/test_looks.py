"""Every main page in every language, light and dark, on a desk and on a phone: no bare key, nothing nameless, pale or too wide."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.walks.desk import Desk

pytestmark = pytest.mark.walk
SignIn = Callable[..., Desk]
Window = Callable[..., Desk]
AUDIT = Path(__file__).with_name("audit.js").read_text()
# A colour on its way from one to the other is neither; what never ends is not waited for.
AT_REST = """() => Promise.allSettled(document.getAnimations()
  .filter((one) => Number.isFinite(one.effect?.getComputedTiming().endTime)).map((one) => one.finished))"""
PHONE = {"width": 390, "height": 844}
PAGES = (
    "/todo", "/todo/department", "/records", "/tickets", "/drafts", "/tickets/new", "/callbacks", "/customers", "/customers/new",
    "/customers/levels", "/settings", "/settings/preferences", "/settings/departments", "/settings/teams", "/settings/people",
    "/settings/roles", "/settings/why", "/settings/categories", "/settings/categories/import",
    "/settings/categories/complaints/form", "/settings/flows", "/settings/flows/complaint", "/settings/tokens", "/cards",
    "/settings/calendars", "/settings/calendars/standard",
    "/settings/policies", "/settings/policies/complaint",
    "/settings/webhooks", "/settings/webhooks/new", "/settings/interceptors", "/settings/interceptors/new", "/settings/listeners",
    "/calls", "/calls/missed", "/monitor/line", "/reports/line", "/settings/phone/systems", "/settings/phone/systems/new",
    "/settings/phone/extensions", "/settings/phone/lines", "/settings/phone/rules", "/settings/phone/signals", "/nowhere",
)  # fmt: skip


@dataclass(frozen=True)
class Look:
    """A language with a word for every page's loading, a theme, and a size."""

    locale: str
    language: str
    theme: str
    loading: str
    phone: bool = False

    @property
    def context(self) -> dict[str, Any]:
        small = {"viewport": PHONE, "has_touch": True, "is_mobile": True} if self.phone else {}
        return {"locale": self.locale, "color_scheme": self.theme, "reduced_motion": "reduce", **small}


LOOKS = (
    Look("zh-CN", "zh-Hans", "light", "正在载入"),
    Look("zh-TW", "zh-Hant", "dark", "載入中"),
    Look("en-GB", "en", "dark", "Loading", phone=True),  # the longest words on the narrowest screen
)
looks = pytest.mark.parametrize(
    "look", LOOKS, ids=lambda look: f"{look.language}-{look.theme}{'-phone' * look.phone}"
)


def settled(desk: Desk, look: Look) -> None:
    """The page says what it has to say; what is chosen from the system is worn."""
    expect(desk.page.get_by_role("main").first).to_be_visible()
    expect(desk.page.get_by_role("status", name=look.loading)).to_have_count(0)
    expect(desk.page.locator("html")).to_have_attribute("lang", look.language)
    theme = re.compile("dark" if look.theme == "dark" else "^((?!dark).)*$")
    expect(desk.page.locator("html")).to_have_class(theme)


def findings(desk: Desk, look: Look, where: str) -> list[str]:
    settled(desk, look)
    desk.page.evaluate(AT_REST)
    found: list[str] = desk.page.evaluate(AUDIT)
    return [f"{where}: {one}" for one in found]


def no(found: list[str]) -> None:
    assert not found, "\n".join(found)


@looks
def test_the_door(window: Window, look: Look) -> None:
    desk = window(**look.context)
    desk.go("/sign-in")
    expect(desk.page.get_by_role("main").get_by_role("textbox").first).to_be_visible()
    no(findings(desk, look, "/sign-in"))


@looks
def test_every_page(sign_in: SignIn, look: Look) -> None:
    desk = sign_in("admin", **look.context)
    found: list[str] = []
    for path in PAGES:
        desk.go(path)
        found += findings(desk, look, path)
    no(found)


@looks
def test_a_ticket_with_every_tab_and_panel(sign_in: SignIn, look: Look) -> None:
    desk = sign_in("head", **look.context)
    desk.go("/todo")
    desk.page.get_by_role("main").locator("li.row").first.click()
    expect(desk.page.get_by_role("article")).to_be_visible()
    found = findings(desk, look, "ticket")
    for tab in desk.page.get_by_role("tab").all():
        tab.click()
        found += findings(desk, look, f"tab {tab.inner_text()}")
    for key in ("r", "t", "Enter", "x"):
        desk.press("Escape", key)
        found += findings(desk, look, f"panel {key}")
    no(found)


@looks
def test_a_customer(sign_in: SignIn, look: Look) -> None:
    desk = sign_in("admin", **look.context)
    desk.go("/customers?q=zyz")
    desk.page.get_by_role("link", name="朱玉珍").click()
    expect(desk.page.get_by_role("heading", name="朱玉珍").first).to_be_visible()
    no(findings(desk, look, "customer"))
