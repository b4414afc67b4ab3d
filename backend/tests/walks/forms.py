"""Lists of the library's kind, worked from the keyboard, as their boxes lie under what is chosen already."""

from __future__ import annotations

import re

from playwright.sync_api import Locator

from tests.walks.desk import Desk


def pick(desk: Desk, label: str, option: str, within: Locator | None = None) -> None:
    """Open the list with this label and take the answer that begins so, also when it shows one already."""
    field = desk.field(label, within)
    field.focus()
    field.press("Enter")
    desk.page.get_by_role("option", name=re.compile(rf"^\s*{re.escape(option)}")).locator(
        "visible=true"
    ).first.click()
