"""How long things took in a call: the durations that are stored and counted. Pure; whole seconds, never negative.

Whatever the clocks of a telephone system did, talk and hold lie within the call and do not overlap.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from gongdan.core.interactions.call_state import CallState, Talk

MOST = 2_000_000_000  # what a database integer holds
Span = tuple[datetime, datetime]
_NOTHING = timedelta()


def between(begin: datetime | None, end: datetime | None) -> int:
    """Whole seconds from one to the other; 0 when one is missing or they are the wrong way round."""
    return _seconds(end - begin) if begin and end else 0


def _seconds(length: timedelta) -> int:
    return min(MOST, max(0, int(length.total_seconds())))


def ringing(talk: Talk) -> int:
    """How long it rang at this party; 0 while it rings."""
    return between(talk.rang_at, talk.answered_at or talk.ended_at)


def talking(talk: Talk) -> int:
    """How long this party talked, without what it put on hold; 0 until it is over."""
    whole = between(talk.answered_at, talk.ended_at)
    return max(0, whole - holding(talk)) if whole else 0


def holding(talk: Talk) -> int:
    """How long this party kept the other side on hold; 0 until it is over."""
    return _seconds(_length(_holds(talk)))


def waiting(state: CallState) -> int:
    """How long a caller waited: from the first queue, or the first ring without one, until the first answer or the end.

    The voice menu does not count. 0 for calls of our own, and while it is not known yet.
    """
    if state.direction != "inbound":
        return 0
    begins = [stay.entered_at for stay in state.stays] or [talk.rang_at for talk in state.talks]
    return between(min(begins, default=None), state.answered_at or state.ended_at)


def of_call(state: CallState) -> tuple[int, int]:
    """(talk, hold): how long at least one party talked to the customer, and how long the customer was on hold with all."""
    if state.ended_at is None:
        return 0, 0
    whole = _union(
        (talk.answered_at, talk.ended_at) for talk in state.talks if talk.answered_at and talk.ended_at
    )
    spoken = _union(span for talk in state.talks for span in _spoken(talk))
    return _seconds(_length(spoken)), _seconds(_length(whole) - _length(spoken))


def _holds(talk: Talk) -> list[Span]:
    if talk.ended_at is None:
        return []
    return _union((hold.began_at, min(hold.ended_at or talk.ended_at, talk.ended_at)) for hold in talk.holds)


def _spoken(talk: Talk) -> Iterable[Span]:
    """When this party talked: its part without the holds."""
    if talk.answered_at is None or talk.ended_at is None:
        return
    begin = talk.answered_at
    for hold_begin, hold_end in _holds(talk):
        yield begin, hold_begin
        begin = max(begin, hold_end)
    yield begin, talk.ended_at


def _union(spans: Iterable[Span]) -> list[Span]:
    """The spans in order, those that touch made one, empty ones left out."""
    found: list[Span] = []
    for begin, end in sorted(spans):
        if end <= begin:
            continue
        if found and begin <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((begin, end))
    return found


def _length(spans: Iterable[Span]) -> timedelta:
    return sum((end - begin for begin, end in spans), _NOTHING)
