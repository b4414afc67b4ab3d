"""One browser's open stream: a short queue between the hub and the socket.

Promise: a slow browser holds nobody up. When its queue is full it is cut off; it comes back with its cursor and
resumes without a gap. Everything here belongs to the event loop's thread.
"""

from __future__ import annotations

import asyncio
from collections import deque

from gongdan.outbox.feed import Cursor

QUEUE = 64  # batches


class Connection:
    """`staff_id` is who watches, `after` where to begin (None: now); `joined` once the hub serves it."""

    def __init__(self, staff_id: int, after: Cursor | None) -> None:
        self.staff_id = staff_id
        self.after = after
        self.closed = False
        self.joined = False
        self.waiting: deque[bytes] = deque()
        self.something = asyncio.Event()
        self.task = asyncio.current_task()

    def offer(self, chunk: bytes) -> None:
        """Queue it, or cut the browser off if it does not keep up."""
        if self.closed:
            return
        if len(self.waiting) >= QUEUE:
            self.cut_off()
            return
        self.joined = True
        self.waiting.append(chunk)
        self.something.set()

    def close(self) -> None:
        """End after what is queued was sent."""
        self.closed = True
        self.something.set()

    def cut_off(self) -> None:
        """End now, even in the middle of sending."""
        self.close()
        self.waiting.clear()
        if self.task is not None:
            self.task.cancel()

    async def next(self, seconds: float) -> bytes | None:
        """All that is queued, b"" when nothing came for so long, None when it is over."""
        if not self.waiting and not self.closed:
            try:
                async with asyncio.timeout(seconds):
                    await self.something.wait()
            except TimeoutError:
                return b""
        self.something.clear()
        chunk = b"".join(self.waiting)
        self.waiting.clear()
        return chunk or (None if self.closed else b"")
