"""Replaying or dismissing many dead letters at once: what a job does when a person chose a range.

Promise: each letter is its own short transaction, so a job that is killed has done some wholly and others not at all;
started again it goes through what is left. A letter that dies again meanwhile is not met twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from gongdan.kernel.errors import NotFound
from gongdan.outbox import parked
from gongdan.outbox.parked import Which

PAGE = 200  # ids read at a time


def replay(which: Which) -> int:
    """Try all of these again; how many were."""
    return _each(which, parked.replay)


def dismiss(which: Which) -> int:
    """Give all of these up for good; how many were."""
    return _each(which, parked.dismiss)


def _each(which: Which, act: Callable[[int], None]) -> int:
    return sum(_done(act, letter_id) for letter_id in _ids(which))


def _ids(which: Which) -> Iterator[int]:
    last = 0
    while some := parked.dead_ids(which, after=last, limit=PAGE):
        yield from some
        last = some[-1]


def _done(act: Callable[[int], None], letter_id: int) -> bool:
    try:
        act(letter_id)
    except NotFound:
        return False  # somebody else was quicker
    return True
