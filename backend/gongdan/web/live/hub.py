"""Reads the feed once for all open streams, and gives each person what they may see.

Promise: one thread talks to the database, whatever the number of streams, and never the event loop. A stream that
begins at a cursor gets everything since, then everything that follows: joining and passing on happen in that one
thread, so there is no gap between them. Who is deactivated or loses all roles is disconnected within POLL seconds.
What was read is also kept for the readers of the whole feed (`recent`); readers of a removed group end likewise.
"""

from __future__ import annotations

import asyncio
import queue
import threading
import time
from collections.abc import Iterable, Sequence

import structlog
from django.db import Error as DatabaseError
from django.db import connection as database

from gongdan.core.staff.grants import StaffGrants
from gongdan.kernel import reference
from gongdan.outbox import feed, wake
from gongdan.outbox.feed import Cursor
from gongdan.outbox.listen import POLL, Listener
from gongdan.web.event_reading import Stretch, stretch
from gongdan.web.groups import still_there
from gongdan.web.live import bell, messages
from gongdan.web.live.connection import Connection
from gongdan.web.live.reader import Reader, grants_or_none
from gongdan.web.live.recent import Recent

PAGE = 500  # events read at a time
MISSED = 5_000  # events a returning browser is told of; beyond that it fetches everything again
AGAIN = 1.0  # seconds after the database failed

log = structlog.get_logger(__name__)
Parcel = tuple[Connection, bytes]
Rung = tuple[bytes, set[int]]
BELLS = {bell.CHANNEL: messages.bell(), bell.PHONE: messages.bell(messages.PHONE)}
Grants = dict[int, StaffGrants | None]


class Hub:
    """`delivered` is how far every joined stream has been served; read it in the loop's thread."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.loop = loop
        self.delivered: Cursor | None = None
        self._position: Cursor | None = None
        self.recent = Recent()
        self._streams: set[Connection] = set()
        self._readers: set[Reader] = set()
        self._groups_seen = float("-inf")
        self._requests: queue.SimpleQueue[Connection | Reader | Rung | None] = queue.SimpleQueue()
        self._looking = threading.Event()
        self._stopping = threading.Event()
        self._listener = Listener(self._heard, (wake.CHANNEL, bell.CHANNEL, bell.PHONE))
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
        for stream in self._streams:
            self.loop.call_soon_threadsafe(stream.close)
        self._end_readers(self._readers)

    def join(self, stream: Connection) -> None:
        """Begin to serve it, or end its service if it is `closed` by then."""
        self._requests.put(stream)

    def leave(self, stream: Connection) -> None:
        stream.closed = True
        self._requests.put(stream)

    def follow(self, reader: Reader) -> None:
        """Keep this reader's grants at hand, or no longer if it is `closed` by then."""
        self._requests.put(reader)

    def unfollow(self, reader: Reader) -> None:
        reader.closed = True
        self._requests.put(reader)

    # -- from the listener --------------------------------------------------------------------------------------

    def _heard(self, channel: str | None, payload: str) -> None:
        if channel in BELLS:
            self._requests.put((BELLS[channel], bell.heard(payload)))
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

    def _serve(self, request: Connection | Reader | Rung | None) -> None:
        if self._position is None:
            self._position = feed.position()
        if isinstance(request, Connection):
            self._join_or_leave(request)
        elif isinstance(request, Reader):
            self._follow(request)
        elif request is None:
            self._looking.clear()
            self._catch_up()
        else:
            told, people = request
            self._deliver([(one, told) for one in self._streams if one.staff_id in people])

    def _join_or_leave(self, stream: Connection) -> None:
        if stream.closed:
            self._streams.discard(stream)
            return
        self._catch_up()
        assert self._position is not None
        missed = self._missed(stream, self._position)
        self._streams.add(stream)
        self._deliver([(stream, missed + messages.place(self._position))])

    def _follow(self, reader: Reader) -> None:
        """Costs no query while the cache of grants is warm."""
        if reader.closed:
            self._readers.discard(reader)
            return
        grants = grants_or_none(reader.staff_id)
        if grants is None:
            self.loop.call_soon_threadsafe(_end, self.recent, reader)
            return
        self._readers.add(reader)
        self.loop.call_soon_threadsafe(_admit, self.recent, reader, grants)

    def _catch_up(self) -> None:
        """Pass everything new on to all streams and readers."""
        assert self._position is not None
        self._end_removed_groups()
        facts = any(reader.wanted.asks_facts for reader in self._readers)
        while True:
            page = feed.read(self._position, PAGE)
            reference.refresh()  # afterwards, so that who lost a right before an event does not see the event
            grants = self._allowed()
            if not page.events:
                break
            read = stretch(self._position, page, facts=facts)
            self._deliver(self._parcels(read, grants, self._streams))
            self.loop.call_soon_threadsafe(self.recent.append, read)
            self._position = page.cursor
        self.loop.call_soon_threadsafe(self._reached, self._position, grants)

    def _end_removed_groups(self) -> None:
        """One statement every POLL seconds while anybody reads for a group."""
        used = {reader.group for reader in self._readers if reader.group is not None}
        if not used or time.monotonic() < self._groups_seen + POLL:
            return
        self._groups_seen = time.monotonic()
        removed = used - still_there(used)
        self._end_readers(reader for reader in self._readers if reader.group in removed)

    def _missed(self, stream: Connection, until: Cursor) -> bytes:
        """What happened between the stream's cursor and now, or the advice to fetch everything again."""
        if stream.after is None or stream.after >= until:
            return b""
        told: list[bytes] = []
        cursor = stream.after
        grants = {stream.staff_id: grants_or_none(stream.staff_id)}
        for _ in range(MISSED // PAGE):
            page = feed.read(cursor, PAGE)
            read = stretch(cursor, page, facts=False)
            told += [chunk for _, chunk in self._parcels(read, grants, [stream])]
            cursor = page.cursor
            if not page.events or cursor >= until:
                return b"".join(told)
        return messages.say(messages.RESYNC, [], ["*"], until)

    def _parcels(self, read: Stretch, grants: Grants, streams: Iterable[Connection]) -> list[Parcel]:
        """What each stream is told of a stretch; worked out once per person."""
        sight = read.sight
        told: dict[int, bytes] = {}
        for stream in streams:
            mine = grants.get(stream.staff_id)
            if mine is not None and stream.staff_id not in told:
                seen = [(event, sight.number(event)) for event in read.events if sight.sees(mine, event)]
                told[stream.staff_id] = messages.changes(seen, read.end)
        return [(stream, told[stream.staff_id]) for stream in streams if told.get(stream.staff_id)]

    def _allowed(self) -> Grants:
        """Everybody's grants now; streams and readers of those who have none are ended."""
        everybody = {one.staff_id for one in self._streams} | {one.staff_id for one in self._readers}
        grants = {staff_id: grants_or_none(staff_id) for staff_id in everybody}
        ended = [one for one in self._streams if grants[one.staff_id] is None]
        self._streams.difference_update(ended)
        for one in ended:
            self.loop.call_soon_threadsafe(one.close)
        self._end_readers(reader for reader in self._readers if grants[reader.staff_id] is None)
        return grants

    def _end_readers(self, readers: Iterable[Reader]) -> None:
        for reader in list(readers):
            self._readers.discard(reader)
            self.loop.call_soon_threadsafe(_end, self.recent, reader)

    def _deliver(self, parcels: Sequence[Parcel]) -> None:
        if parcels:
            self.loop.call_soon_threadsafe(_offer, parcels)

    def _reached(self, cursor: Cursor, grants: Grants) -> None:
        self.delivered = cursor
        self.recent.tell(cursor, grants)


def _offer(parcels: Sequence[Parcel]) -> None:
    for stream, chunk in parcels:
        stream.offer(chunk)


def _admit(recent: Recent, reader: Reader, grants: StaffGrants) -> None:
    recent.grants[reader.staff_id] = grants
    reader.admitted.set()


def _end(recent: Recent, reader: Reader) -> None:
    reader.closed = True
    reader.admitted.set()
    recent.wake()
