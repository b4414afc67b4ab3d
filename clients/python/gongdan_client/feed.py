"""Reading the event feed: every event one may see, in order, none skipped, going on by itself after any break.

An event may come twice (when the reader stopped before its place was kept), always with the same `id`: do what you do
once per id.
"""

from __future__ import annotations

import http.client
import json
import random
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field
from threading import Event as Signal
from typing import Any, TypedDict

from gongdan_client.http import Problem, Transport, path

SLOWEST = 30.0  # seconds between two tries
KEEP = 1.0  # seconds between two commits to a group


class Event(TypedDict):
    """One event; `cursor` is the place right after it."""

    cursor: str
    id: int
    type: str
    version: int
    subject: str
    subject_id: int
    ticket: str | None
    seq: int
    actor: dict[str, Any]
    at: str
    data: dict[str, Any]


@dataclass
class FeedReader:
    """Iterate over it; the loop ends within a heartbeat (seconds) after `stop` was set.

    `group` is a consumer group that keeps the place (made before, with PUT /events/groups/{name}); otherwise begin at
    `after` ("" the beginning, "now" the end) and keep the place in `save`, which is called with a cursor after your
    loop has dealt with everything up to it. `stream` False asks by long polls, for proxies that cannot stream.
    """

    client: Transport
    group: str | None = None
    after: str | None = None
    save: Callable[[str], None] | None = None
    types: Sequence[str] = ()
    subject: str | None = None
    ticket: str | None = None
    condition: str | None = None
    stream: bool = True
    heartbeat: int = 15
    stop: Signal = field(default_factory=Signal)
    _kept: str | None = field(default=None, init=False)
    _committed: str | None = field(default=None, init=False)
    _committed_at: float = field(default=0.0, init=False)

    def __iter__(self) -> Iterator[Event]:
        failures = 0
        try:
            while not self.stop.is_set():
                before, begun = self.after, time.monotonic()
                try:
                    yield from self._streamed() if self.stream else self._polled()
                except Problem as problem:
                    if not _passes(problem):
                        raise
                except (OSError, http.client.HTTPException, ValueError):
                    pass  # the line broke, maybe in the middle of a message
                went_well = self.after != before or time.monotonic() - begun > self.heartbeat / 2
                failures = 0 if went_well else failures + 1
                if failures:
                    self.stop.wait(_pause(failures))
        finally:
            with suppress(Problem, OSError):  # it is read again then
                self._keep(now=True)

    def _polled(self) -> Iterator[Event]:
        """One long poll."""
        query = {**self._query(), "wait": self.heartbeat}
        with closing(self._open(query, {})) as response:
            page = json.loads(response.read())
        for event in page["events"]:
            yield event
            self._reached(event["cursor"])
        self._reached(page["cursor"])

    def _streamed(self) -> Iterator[Event]:
        """One connection's events."""
        query = {**self._query(), "heartbeat": self.heartbeat}
        with closing(self._open(query, {"Accept": "text/event-stream"})) as response:
            for cursor, data in _messages(response):
                if data is not None:
                    yield json.loads(data)
                self._reached(cursor, idle=data is None)
                if self.stop.is_set():
                    return

    def _open(self, query: Mapping[str, Any], headers: Mapping[str, str]) -> http.client.HTTPResponse:
        return self.client.open("GET", "/events", query, headers, timeout=3.0 * self.heartbeat + 5)

    def _query(self) -> dict[str, Any]:
        return {
            "group": self.group,
            "after": self.after,
            "type": list(self.types) or None,
            "subject": self.subject,
            "ticket": self.ticket,
            "condition": self.condition,
        }

    def _reached(self, cursor: str, *, idle: bool = False) -> None:
        """Everything up to the cursor was dealt with."""
        self.after = cursor
        self._keep(now=idle)

    def _keep(self, *, now: bool) -> None:
        cursor = self.after
        if cursor is None or cursor in {"", "now"}:
            return
        if self.save is not None and cursor != self._kept:
            self._save(self.save, cursor)
            self._kept = cursor
        late = now or time.monotonic() - self._committed_at >= KEEP
        if self.group is not None and cursor != self._committed and late:
            self._commit(self.group, cursor)
            self._committed, self._committed_at = cursor, time.monotonic()

    def _save(self, save: Callable[[str], None], cursor: str) -> None:
        try:
            save(cursor)
        except OSError as error:  # not a broken line: trying again would not help
            raise RuntimeError("The place in the feed could not be kept.") from error

    def _commit(self, group: str, cursor: str) -> None:
        try:
            self.client.call("POST", path("/events/groups/{name}/cursor", name=group), body={"cursor": cursor})
        except Problem as problem:
            if problem.code != "cursor_backwards":  # another reader of the group is further
                raise


def _messages(response: http.client.HTTPResponse) -> Iterator[tuple[str, str | None]]:
    """(place, data) of each block that has a place; no data in a heartbeat."""
    place, data = "", None
    for line in response:
        name, _, value = line.decode().rstrip("\r\n").partition(": ")
        if name == "id":
            place = value
        elif name == "data":
            data = value
        elif not name and not value:
            if place:
                yield place, data
            place, data = "", None


def _pause(failures: int) -> float:
    """Seconds, growing and never quite the same, so that not all come back at once."""
    return min(SLOWEST, 0.5 * 2.0 ** min(failures, 8)) * random.uniform(0.5, 1.0)  # noqa: S311


def _passes(problem: Problem) -> bool:
    """Whether trying again may help: overload, a failure there, or a ticket for the live process that has expired."""
    return problem.status in {429, 502, 503, 504, 500} or (problem.status == 401 and problem.code == "failed")
