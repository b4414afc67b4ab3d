"""The telephone as walks use it: settings made over the API of whoever is at a window, and the bar on every page."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import httpx
from playwright.sync_api import Locator, expect

from gongdan.config.simulate.exchange import SECRET, USERNAME
from gongdan.config.simulate.threaded import ThreadedExchange
from gongdan.kernel import clock, signing
from tests.walks.desk import Desk

CALL_API = """async ([method, path, body]) => {
  const csrf = document.cookie.split('; ').find((one) => one.startsWith('gongdan_csrf='))?.slice('gongdan_csrf='.length) ?? ''
  const headers = { 'Content-Type': 'application/json', 'X-CSRF-Token': csrf }
  const answer = await fetch('/api/v1' + path, { method, headers, body: body === null ? undefined : JSON.stringify(body) })
  return [answer.status, await answer.json()]
}"""


def ask(desk: Desk, method: str, path: str, body: Any = None) -> Any:
    """What the API answers to the person at this window, who must be on a page."""
    status, answer = desk.page.evaluate(CALL_API, [method, path, body])
    assert status < 300, (path, answer)
    return answer


def bar(desk: Desk) -> Locator:
    return desk.page.get_by_role("group", name="电话与状态")


def sign_in_to(desk: Desk, extension: str) -> None:
    """Through the menu of presence; one is ready then. Who sat elsewhere leaves there first."""
    expect(bar(desk)).to_be_visible()
    if "离线" not in bar(desk).inner_text():
        sign_out_of(desk)
    from_menu(desk, re.compile(rf"^\s*{extension}\b"))
    expect(bar(desk)).to_contain_text("就绪")


def sign_out_of(desk: Desk) -> None:
    from_menu(desk, "离线并签出分机")
    expect(bar(desk)).to_contain_text("离线")


def from_menu(desk: Desk, name: str | re.Pattern[str]) -> None:
    """Something of the menu of presence, which closes when a page that is still loading takes its own address."""
    item = bar(desk).get_by_role("button", name=name)
    for _ in range(3):
        bar(desk).get_by_role("button", name=re.compile("^电话状态")).click()
        with suppress(AssertionError):
            expect(item).to_be_visible(timeout=3_000)
            break
    item.click()


def dial(desk: Desk, number: str) -> None:
    """With the pad in the bar."""
    desk.press("Alt+p")
    pad = desk.page.get_by_role("form", name="拨打")
    pad.get_by_role("combobox", name="拨给谁").fill(number)
    pad.get_by_role("button", name="拨打", exact=True).click()


def line(desk: Desk, state: str) -> Locator:
    """A live call, or a line of the softphone, in this state."""
    return desk.page.get_by_role("region", name=re.compile(rf"^{state}"))


@dataclass(frozen=True)
class Switch:
    """A telephone system that tells by signed HTTP what happens to its calls."""

    at: str
    code: str
    key: str
    calls: set[str] = field(default_factory=set)

    def hang_up(self) -> None:
        """What is still under way ends."""
        for call in sorted(self.calls):
            self.tell(call, {"kind": "hang_up", "by": "system"})

    def tell(self, call: str, *signals: dict[str, Any]) -> None:
        """Signals of one call, of this moment unless they say otherwise."""
        self.calls.add(call)
        now = clock.now()
        told = [{"id": uuid4().hex, "call": call, "at": now.isoformat(), **one} for one in signals]
        body = json.dumps(told).encode()
        key = base64.b64decode(self.key.removeprefix(signing.PREFIX))
        headers = signing.headers([key], uuid4().hex, now, body)
        answer = httpx.post(
            f"{self.at}/api/v1/phone/systems/{self.code}/signals",
            content=body,
            headers={**headers, "Content-Type": "application/json"},
            trust_env=False,
        )
        assert answer.status_code == 200, answer.text
        assert answer.json()["faults"] == []


def switch(admin: Desk, **settings: Any) -> Switch:
    """A new one; the administrator must be on a page."""
    code = f"walk_{uuid4().hex[:6]}"
    ask(admin, "POST", "/phone/systems", {"code": code, "name": "走查交换机", "dialect": "http", **settings})
    return Switch(admin.at, code, ask(admin, "POST", f"/phone/systems/{code}/key", {})["key"])


def asterisk(
    admin: Desk, exchange: ThreadedExchange, extensions: Iterable[str], name: str = "走查交换机"
) -> str:
    """Sets up the simulated exchange with these desk phones; its code. The administrator must be on a page."""
    code = f"walk_{uuid4().hex[:6]}"
    system = {
        "code": code, "name": name, "dialect": "asterisk", "host": "127.0.0.1", "port": exchange.port,
        "username": USERNAME, "secret": SECRET, "settings": {"notify": True, "trunks": ["PJSIP/trunk"]},
        "recording_address": exchange.recordings, "allowed_networks": ["127.0.0.0/8"],
    }  # fmt: skip
    ask(admin, "POST", "/phone/systems", system)
    for extension in extensions:
        ask(admin, "POST", "/phone/extensions", {"system": code, "number": extension})
    return code
