"""An exchange in a thread of its own, for callers that are not asynchronous: tests, walks.

`with exchange_thread(dialect="freeswitch") as x: x.do(lambda e: e.ring_in("13800138000"))`; the common methods are
there directly.
"""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from gongdan.config.simulate.exchange import Exchange, Setup
from gongdan.config.simulate.exchange import exchange as asynchronous

T = TypeVar("T")
PATIENCE = 30.0


class ThreadedExchange:
    """Runs what it is asked in the exchange's own loop and answers when it is done."""

    def __init__(self, made: Exchange, loop: asyncio.AbstractEventLoop) -> None:
        self.exchange, self._loop = made, loop
        self.port, self.recordings = made.port, made.recordings

    def do(self, what: Callable[[Exchange], T]) -> T:
        async def within() -> T:
            return what(self.exchange)

        return asyncio.run_coroutine_threadsafe(within(), self._loop).result(PATIENCE)

    def wait_until_finished(self, seconds: float) -> None:
        """Until all planned calls are over. Raises TimeoutError."""

        async def within() -> None:
            async with asyncio.timeout(seconds):
                await self.exchange.finished.wait()

        asyncio.run_coroutine_threadsafe(within(), self._loop).result(seconds + PATIENCE)

    def __getattr__(self, name: str) -> Callable[..., Any]:
        """The exchange's methods, by their names."""
        return lambda *args, **named: self.do(lambda made: getattr(made, name)(*args, **named))


@contextlib.contextmanager
def exchange_thread(setup: Setup | None = None, **more: Any) -> Iterator[ThreadedExchange]:
    """An exchange that runs in its own thread until the block ends."""
    ready: threading.Event = threading.Event()
    found: list[ThreadedExchange] = []
    failed: list[BaseException] = []
    stop: list[Callable[[], object]] = []

    async def serve() -> None:
        over = asyncio.Event()
        loop = asyncio.get_running_loop()
        async with asynchronous(setup, **more) as made:
            found.append(ThreadedExchange(made, loop))
            stop.append(lambda: loop.call_soon_threadsafe(over.set))
            ready.set()
            await over.wait()

    def run() -> None:
        try:
            asyncio.run(serve())
        except Exception as problem:  # noqa: BLE001  told to whoever waits
            failed.append(problem)
        finally:
            ready.set()

    thread = threading.Thread(target=run, name="exchange", daemon=True)
    thread.start()
    ready.wait(PATIENCE)
    if failed:
        raise failed[0]
    try:
        yield found[0]
    finally:
        stop[0]()
        thread.join(PATIENCE)
