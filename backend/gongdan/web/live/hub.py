"""Reads the feed once for all open streams, and gives each person what they may see.

Promise: one thread talks to the database, whatever the number of streams, and never the event loop. A stream that
begins at a cursor gets everything since, then everything that follows: joining and passing on happen in that one
thread, so there is no gap between them. Who is deactivated or loses all roles is disconnected within POLL seconds.
"""

from __future__ import annotations

import asyncio
import queue
import threading
from collections.abc import Iterable, Sequence

import structlog
from django.db import Error as DatabaseError
from django.db import connection as database

from gongdan.core.staff.grants import StaffGrants, grants_of
from gongdan.kernel import reference
from gongdan.kernel.errors import NotFound
from gongdan.outbox import feed, wake
from gongdan.outbox.feed import Cursor, FeedPage
from gongdan.outbox.listen import Listener
from gongdan.web.event_sight import EventSight
from gongdan.web.live import bell, messages
from gongdan.web.live.connection import Connection

PAGE = 500  # events read at a time
MISSED = 5_000  # events a returning browser is told of; beyond that it fetches everything again
AGAIN = 1.0  # seconds after the database failed

log = structlog.get_logger(__name__)
Parcel = tuple[Connection, bytes]


class Hub:
    """`delivered` is how far every joined stream has been served; read it in the loop's thread."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.loop = loop
        self.delivered: Cursor | None = None
        self._position: Cursor | None = None
        self._streams: set[Connection] = set()
        self._requests: queue.SimpleQueue[Connection | set[int] | None] = queue.SimpleQueue()
        self._looking = threading.Event()
        self._stopping = threading.Event()
        self._listener = Listener(self._heard, (wake.CHANNEL, bell.CHANNEL))
        self._thread = threading.Thread(target=self._run, name="hub", daemon=True)

    # -- from the event loop ------------------------------------------------------------------------------------

    def start(self) -> None:
        self._thread.start()
        self._listener.start()

    def stop(self) -> None:
        """Close all streams and end both threads."""
        self._stopping.set()
        self._look()
        self._listener.stop()
        self._thread.join()
        for stream in list(self._streams):
            stream.close()

    def join(self, stream: Connection) -> None:
        """Begin to serve it, or end its service if it is `closed` by then."""
        self._requests.put(stream)

    def leave(self, stream: Connection) -> None:
        stream.closed = True
        self._requests.put(stream)

    # -- from the listener --------------------------------------------------------------------------------------

    def _heard(self, channel: str | None, payload: str) -> None:
        if channel == bell.CHANNEL:
            self._requests.put(bell.heard(payload))
        else:
            self._look()

    def _look(self) -> None:
        if not self._looking.is_set():
            self._looking.set()
            self._requests.put(None)

    # -- the hub's own thread -----------------------------------------------------------------------------------

    def _run(self) -> None:
        while not self._stopping.is_set():
            request = self._requests.get()
            try:
                self._serve(request)
            except DatabaseError as error:
                log.warning("live.interrupted", error=str(error).strip())
                database.close()
                self._stopping.wait(AGAIN)
                self._requests.put(request)
        database.close()

    def _serve(self, request: Connection | set[int] | None) -> None:
        if self._position is None:
            self._position = feed.position()
        if isinstance(request, Connection):
            self._join_or_leave(request)
        elif request is None:
            self._looking.clear()
            self._catch_up()
        else:
            self._deliver([(one, messages.bell()) for one in self._streams if one.staff_id in request])

    def _join_or_leave(self, stream: Connection) -> None:
        if stream.closed:
            self._streams.discard(stream)
            return
        self._catch_up()
        assert self._position is not None
        missed = self._missed(stream, self._position)
        self._streams.add(stream)
        self._deliver([(stream, missed + messages.place(self._position))])

    def _catch_up(self) -> None:
        """Pass everything new on to all streams."""
        assert self._position is not None
        reference.refresh()
        grants = self._allowed()
        while (page := feed.read(self._position, PAGE)).events:
            self._deliver(self._parcels(page, grants, self._streams))
            self._position = page.cursor
        self.loop.call_soon_threadsafe(self._reached, self._position)

    def _missed(self, stream: Connection, until: Cursor) -> bytes:
        """What happened between the stream's cursor and now, or the advice to fetch everything again."""
        if stream.after is None or stream.after >= until:
            return b""
        told: list[bytes] = []
        cursor = stream.after
        grants = {stream.staff_id: _grants(stream.staff_id)}
        for _ in range(MISSED // PAGE):
            page = feed.read(cursor, PAGE)
            told += [chunk for _, chunk in self._parcels(page, grants, [stream])]
            cursor = page.cursor
            if not page.events or cursor >= until:
                return b"".join(told)
        return messages.say(messages.RESYNC, [], ["*"], until)

    def _parcels(
        self, page: FeedPage, grants: dict[int, StaffGrants | None], streams: Iterable[Connection]
    ) -> list[Parcel]:
        """What each stream is told of a page; worked out once per person."""
        sight = EventSight(page.events)
        told: dict[int, bytes] = {}
        for stream in streams:
            mine = grants.get(stream.staff_id)
            if mine is not None and stream.staff_id not in told:
                seen = [(event, sight.number(event)) for event in page.events if sight.sees(mine, event)]
                told[stream.staff_id] = messages.changes(seen, page.cursor)
        return [(stream, told[stream.staff_id]) for stream in streams if told.get(stream.staff_id)]

    def _allowed(self) -> dict[int, StaffGrants | None]:
        """Everybody's grants now; streams of those who have none are ended."""
        grants = {staff_id: _grants(staff_id) for staff_id in {one.staff_id for one in self._streams}}
        ended = [one for one in self._streams if grants[one.staff_id] is None]
        self._streams.difference_update(ended)
        for one in ended:
            self.loop.call_soon_threadsafe(one.close)
        return grants

    def _deliver(self, parcels: Sequence[Parcel]) -> None:
        if parcels:
            self.loop.call_soon_threadsafe(_offer, parcels)

    def _reached(self, cursor: Cursor) -> None:
        self.delivered = cursor


def _offer(parcels: Sequence[Parcel]) -> None:
    for stream, chunk in parcels:
        stream.offer(chunk)


def _grants(staff_id: int) -> StaffGrants | None:
    """A person's grants, None if they may see nothing."""
    try:
        grants = grants_of(staff_id)
    except NotFound:
        return None
    return grants if grants.grants else None
