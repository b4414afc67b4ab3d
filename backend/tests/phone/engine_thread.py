"""The engine in a thread of its own, for tests that are not asynchronous."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from gongdan.channels.phone.engine import Engine
from gongdan.channels.phone.sweeps import Sweep


class Threaded(Engine):
    """`stop` may be called from any thread."""

    loop: asyncio.AbstractEventLoop

    def stop(self) -> None:
        self.loop.call_soon_threadsafe(self.stopping.set)


@contextmanager
def running(swept: tuple[Sweep, ...] = ()) -> Iterator[Engine]:
    """An engine at work, whose `stop` may be called from here. What it dies of is raised at the end."""
    made: list[Engine] = []
    died: list[BaseException] = []
    ready = threading.Event()

    async def work() -> None:
        engine = Threaded(swept)
        engine.loop = asyncio.get_running_loop()
        made.append(engine)
        ready.set()
        await engine.run()

    def run() -> None:
        try:
            asyncio.run(work())
        except BaseException as error:  # noqa: BLE001  raised in the test
            died.append(error)
        finally:
            ready.set()

    thread = threading.Thread(target=run, name="engine", daemon=True)
    thread.start()
    ready.wait(20)
    try:
        yield made[0]
    finally:
        if thread.is_alive():
            made[0].stop()
        thread.join(20)
        assert not thread.is_alive(), "the engine did not end"
        if died:
            raise died[0]
