"""Events of a subject of the tests' own, so that the outbox is tested without knowing any ticket."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection

from gongdan.kernel.actor import Actor
from gongdan.outbox import log, registry
from gongdan.outbox.feed import Cursor, Event, read

SUBJECT = "test"
registry.declare(
    [
        registry.EventType(
            "TestHappened", SUBJECT, "Something.", frozenset({"n"}), frozenset({"more"}), right="admin.trail"
        ),
        registry.EventType("TestEnded", SUBJECT, "Something else.", frozenset({"n"}), right="admin.trail"),
    ]
)
ACTOR = Actor(kind="staff", name="王芳", staff_id=7, via="test")


def happen(subject_id: int, n: int = 0, type_: str = "TestHappened", **more: Any) -> None:
    """Append one event, in the transaction at hand or one of its own."""
    log.append_to(SUBJECT, subject_id, [log.NewEvent(type_, {"n": n, **more})], actor=ACTOR)


def everything(limit: int = 3) -> list[Event]:
    """The whole feed, page after page."""
    events: list[Event] = []
    cursor = Cursor()
    while (page := read(cursor, limit)).events:
        events += page.events
        cursor = page.cursor
    return events


def numbers(events: list[Event]) -> list[int]:
    return [int(event.data["n"]) for event in events]


class Elsewhere:
    """Another connection: runs functions one after another in a thread of its own."""

    def __init__(self) -> None:
        self.calls: list[Callable[[], Any]] = []
        self.ready = threading.Semaphore(0)
        self.done = threading.Semaphore(0)
        self.answer: Any = None
        self.thread = threading.Thread(target=self._work, daemon=True)
        self.thread.start()

    def __call__(self, function: Callable[[], Any]) -> Any:
        """Run it there, wait, return its answer or raise its error."""
        self.calls.append(function)
        self.ready.release()
        assert self.done.acquire(timeout=30)
        if isinstance(self.answer, BaseException):
            raise self.answer
        return self.answer

    def _work(self) -> None:
        while True:
            self.ready.acquire()
            function = self.calls.pop(0)
            try:
                self.answer = function()
            except BaseException as error:  # noqa: BLE001  handed over to the caller
                self.answer = error
            if function == self._end:
                connection.close()
                self.done.release()
                return
            self.done.release()

    def _end(self) -> None:
        connection.close()


@contextmanager
def elsewhere() -> Iterator[Elsewhere]:
    """Another connection for the length of a test."""
    other = Elsewhere()
    try:
        yield other
    finally:
        other(other._end)
        other.thread.join()
