"""The latest stretches of the feed, kept in memory for all readers of it, so that a new event is read once for all.

Everything here belongs to the event loop's thread and asks no database. Whoever is further behind than what is kept
reads from the database (see `reader`). Readers alike at the same place share the work of one.
"""

from __future__ import annotations

import asyncio
from collections import deque

from gongdan.core.staff.grants import StaffGrants
from gongdan.outbox.feed import Cursor
from gongdan.web.event_filter import Filter
from gongdan.web.event_reading import Cut, Stretch

KEPT = 1000  # events

Grants = dict[int, StaffGrants | None]


class Recent:
    """`grants` are those of everybody who reads, at most a look old; None: they may see nothing any more."""

    def __init__(self) -> None:
        self.grants: Grants = {}
        self.begin: Cursor | None = None
        self.end = Cursor()
        self._stretches: deque[Stretch] = deque()
        self._count = 0
        self._cuts: dict[tuple[int, Filter, Cursor, int], Cut] = {}
        self._news = asyncio.Event()

    def append(self, stretch: Stretch) -> None:
        """Keep it, and forget what is too old."""
        self._stretches.append(stretch)
        self._count += len(stretch.events)
        self.end = stretch.end
        self._cuts.clear()
        while self._count - len(self._stretches[0].events) > KEPT:
            old = self._stretches.popleft()
            self._count -= len(old.events)
            self.begin = old.end

    def tell(self, here: Cursor, grants: Grants) -> None:
        """The hub has looked: everything up to `here` is kept or was before. Wakes who waits."""
        if self.begin is None:
            self.begin = self.end = here
        if grants != self.grants:
            self._cuts.clear()
        self.grants = grants
        self.wake()

    def wake(self) -> None:
        """Let everybody look again."""
        news, self._news = self._news, asyncio.Event()
        news.set()

    def news(self) -> asyncio.Event:
        """Set when there is something new since now."""
        return self._news

    def cut(self, staff_id: int, wanted: Filter, after: Cursor, limit: int) -> Cut | None:
        """The next events after the cursor, None if that is not known here."""
        grants = self.grants.get(staff_id)
        if grants is None or self.begin is None or after < self.begin:
            return None
        key = (staff_id, wanted, after, limit)
        found = self._cuts.get(key)
        if found is None:
            found = self._cut(grants, wanted, after, limit)
            if found is not None:
                self._cuts[key] = found
        return found

    def _cut(self, grants: StaffGrants, wanted: Filter, after: Cursor, limit: int) -> Cut | None:
        for stretch in self._stretches:
            if stretch.end <= after:
                continue
            if wanted.asks_facts and stretch.facts is None:
                return None
            cut = stretch.cut(grants, wanted, after, limit)
            if cut.shown or stretch is self._stretches[-1]:
                return cut._replace(finished=cut.cursor >= self.end)
            after = cut.cursor
        return Cut((), max(after, self.end))
