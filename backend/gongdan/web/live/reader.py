"""One reader of the feed in the live process: somebody's place in it, and what comes next for them.

Promise: from any cursor on everything they may see and want, in order, none skipped and none twice. Who is far behind
is read from the database, a page at a time, by a few threads of their own; who has caught up is served from what the
hub read once for all. Nothing is queued for anybody: a slow reader takes the next page when it has taken the last.
"""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import structlog
from django.core.exceptions import SynchronousOnlyOperation
from django.db import Error as DatabaseError
from django.db import connection as database

from gongdan.core.staff.grants import StaffGrants, grants_of
from gongdan.core.tickets.access import compiled
from gongdan.kernel import reference
from gongdan.kernel.errors import NotFound
from gongdan.outbox import feed
from gongdan.outbox.feed import Cursor
from gongdan.web import event_reading
from gongdan.web.event_filter import Filter
from gongdan.web.event_reading import Cut
from gongdan.web.event_sight import VIEW
from gongdan.web.feed_ticket import Asked
from gongdan.web.live.recent import Recent

THREADS = 4
AGAIN = 1.0  # seconds after the database failed

log = structlog.get_logger(__name__)
_pages = ThreadPoolExecutor(THREADS, thread_name_prefix="feed")


class Reader:
    """`cursor` is how far it has read; the hub sets `admitted` when it knows the reader's grants, and `closed`, with a
    wake-up, to end it."""

    def __init__(self, recent: Recent, asked: Asked, after: Cursor) -> None:
        self.recent = recent
        self.staff_id = asked.staff_id
        self.group = asked.group
        self.wanted = Filter(asked.types, asked.subject, asked.ticket, asked.condition)
        self.limit = asked.limit
        self.cursor = after
        self.closed = False
        self.admitted = asyncio.Event()

    async def next(self, seconds: float) -> Cut | None:
        """What is shown next; an empty cut after so many seconds, None when it is over."""
        loop = asyncio.get_running_loop()
        deadline = loop.time() + seconds
        await self.admitted.wait()
        while not self.closed:
            news = self.recent.news()
            cut = self._from_recent()
            if cut is None:
                cut = await self._from_database()
            if cut is None:
                return None
            self.cursor = cut.cursor
            if cut.shown or loop.time() >= deadline:
                return cut
            if cut.finished:
                with suppress(TimeoutError):
                    async with asyncio.timeout_at(deadline):
                        await news.wait()
        return None

    def _from_recent(self) -> Cut | None:
        try:
            return self.recent.cut(self.staff_id, self.wanted, self.cursor, self.limit)
        except (
            SynchronousOnlyOperation
        ):  # a rule must be worked out anew, which asks the database: not in this thread
            return None

    async def _from_database(self) -> Cut | None:
        try:
            return await asyncio.get_running_loop().run_in_executor(_pages, self._page)
        except DatabaseError as error:
            log.warning("feed.interrupted", error=str(error).strip())
            await asyncio.sleep(AGAIN)
            return Cut((), self.cursor, finished=False)

    def _page(self) -> Cut | None:
        """In a thread. An empty page is read up to where the feed ended before: there was nothing in between."""
        try:
            here = feed.position()
            read = event_reading.read(self.wanted, self.cursor, self.limit)
            reference.refresh()  # afterwards, so that who lost a right before an event does not see the event
            grants = grants_or_none(self.staff_id)
            if grants is None:
                return None
            cut = read.cut(grants, self.wanted, self.cursor, self.limit)
        except DatabaseError:
            database.close()
            raise
        ended = cut.cursor == self.cursor
        return Cut(cut.shown, max(cut.cursor, here) if ended else cut.cursor, finished=False)


def grants_or_none(staff_id: int) -> StaffGrants | None:
    """A person's grants, None if they may see nothing. Their rule is worked out here, where the database may be asked."""
    try:
        grants = grants_of(staff_id)
    except NotFound:
        return None
    compiled(grants, VIEW)
    return grants if grants.grants else None
