"""Agents' open pages and the exchange that rings at them, in one process with one clock: `… pop_clients FILE`.

Each agent has a stream of their own to the live process and does what the page does: when the bell rings it asks for
/phone/me, and for the pop of each call that rings anew; and it asks for /phone/me every LOOK seconds. The exchange is
that of `gongdan simulate`, spoken to over TCP; a call's time begins before the exchange makes the call that rings.
"""

from __future__ import annotations

import asyncio
import json
import random
import sys
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp

LOOK = 30.0  # seconds between two looks of a page without a bell
ANSWER, TALK = 4.0, 15.0  # seconds until an agent answers, and until they hang up
PATIENCE = 60.0


@dataclass
class Wish:
    """What FILE says: the product's address, agents with their tokens and extensions, how many calls at which rate."""

    base: str
    agents: list[dict[str, str]]
    numbers: list[str]
    port: int
    username: str
    secret: str
    calls: int
    rate: float


@dataclass
class Page:
    """One agent's page. `rang` is when the call under way was made; times are seconds of one clock."""

    http: aiohttp.ClientSession
    base: str
    token: str
    number: str
    rang: float = 0.0
    bell: float = 0.0
    seen: set[int] = field(default_factory=set)
    found: list[tuple[float, float, float]] = field(default_factory=list)  # until bell, me, pop
    asked: asyncio.Event = field(default_factory=asyncio.Event)
    connected: asyncio.Event = field(default_factory=asyncio.Event)

    async def get(self, path: str) -> Any:
        async with self.http.get(f"{self.base}{path}", headers=self._headers()) as answer:
            answer.raise_for_status()
            return await answer.json()

    async def post(self, path: str, body: Any) -> Any:
        async with self.http.post(f"{self.base}{path}", json=body, headers=self._headers()) as answer:
            if answer.status >= 400:
                raise RuntimeError(f"{path}: {await answer.text()}")
            return await answer.json()

    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}

    async def sign_in(self) -> None:
        me = await self.get("/phone/me")
        if me["presence"]["extension"] is None:
            mine = [one["id"] for one in me["extensions"] if one["number"] == self.number]
            await self.post("/phone/sign-in", {"extension_id": mine[0]})
        await self.post("/phone/presence", {"state": "ready"})

    async def listen(self) -> None:
        """The stream; its bell lets `look` ask."""
        live = await self.get("/live/ticket")
        url, forever = f"{live['url']}?ticket={live['ticket']}", aiohttp.ClientTimeout(total=None)
        async with self.http.get(url, timeout=forever) as stream:
            stream.raise_for_status()
            async for line in stream.content:
                self.connected.set()
                if b"PhoneChanged" in line:
                    self.bell = self.bell or time.perf_counter()
                    self.asked.set()

    async def look(self) -> None:
        """Never two questions at once, as the page."""
        await asyncio.sleep(random.uniform(0, LOOK))
        while True:
            with suppress(TimeoutError):
                async with asyncio.timeout(LOOK):
                    await self.asked.wait()
            self.asked.clear()
            bell, self.bell = self.bell, 0.0
            me = await self.get("/phone/me")
            told = time.perf_counter()
            for call in me["calls"]:
                if call["mine"] == "ringing" and call["id"] not in self.seen:
                    self.seen.add(call["id"])
                    await self.get(f"/phone/calls/{call['id']}/pop")
                    self.found.append(
                        ((bell or told) - self.rang, told - self.rang, time.perf_counter() - self.rang)
                    )


async def run(wish: Wish) -> dict[str, Any]:
    from gongdan.config.simulate import Setup, exchange

    people = tuple(one["number"] for one in wish.agents)
    setup = Setup(
        dialect="asterisk", port=wish.port, username=wish.username, secret=wish.secret, people=people
    )
    connector = aiohttp.TCPConnector(limit=0, keepalive_timeout=60)
    async with aiohttp.ClientSession(connector=connector) as http, exchange(setup) as made:
        pages = [Page(http, wish.base, one["token"], one["number"]) for one in wish.agents]
        async with asyncio.timeout(PATIENCE):
            await _connected(made)
        for begin in range(0, len(pages), 8):
            await asyncio.gather(*(page.sign_in() for page in pages[begin : begin + 8]))
        tasks = [asyncio.create_task(page.listen()) for page in pages]
        await asyncio.gather(*(page.connected.wait() for page in pages))
        tasks += [asyncio.create_task(page.look()) for page in pages]
        await asyncio.sleep(LOOK + 2)  # every page has looked once
        calls = [
            asyncio.create_task(_call(made, page, wish, number))
            for number, page in enumerate(_turns(pages, wish.calls))
        ]
        await asyncio.gather(*calls)
        await asyncio.sleep(2)
        failed = [str(task.exception()) for task in tasks if task.done()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    return {"times": [one for page in pages for one in page.found], "failed": failed, "pages": len(pages)}


def _turns(pages: list[Page], calls: int) -> list[Page]:
    """Each call at another agent, in no order; who is still in after-call work is not rung again soon."""
    order = random.sample(pages, len(pages))
    return [order[number % len(order)] for number in range(calls)]


async def _call(made: Any, page: Page, wish: Wish, number: int) -> None:
    """A call rings at one agent, who takes it and ends it."""
    await asyncio.sleep(number / wish.rate)
    page.rang = time.perf_counter()
    page.bell = 0.0
    caller = wish.numbers[number % len(wish.numbers)] if number % 5 else f"139{number:08d}"
    made.ring_in(caller, ring=page.number)
    await asyncio.sleep(ANSWER)
    made.answer(page.number)
    await asyncio.sleep(TALK)
    made.hang_up(page.number)


async def _connected(made: Any) -> None:
    """Until the phone process is signed in."""
    while not any(one.signed_in for one in made.dialect.server.clients):  # noqa: ASYNC110  another process
        await asyncio.sleep(0.1)


def main() -> None:
    wish = Wish(**json.loads(Path(sys.argv[1]).read_text()))
    sys.stdout.write(json.dumps(asyncio.run(run(wish))) + "\n")


if __name__ == "__main__":
    main()
