"""How a clock counts: stretches of running and standing still, in, moments and seconds out. Pure.

A clock is its segments: [start, end or None, counting, why], one after the other without a gap, in whole seconds. What
was counted is only reckoned from them, never kept beside them, so nothing can drift apart. A wall clock that jumps
back makes an empty segment, never a negative one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

from gongdan.core.calendar.working_time import Span, WorkingTime, whole


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch in which the clock ran (`counting`) or stood still; `why` is the reason it stood still."""

    start: datetime
    end: datetime | None
    counting: bool = True
    why: str = ""


Segments = tuple[Segment, ...]


def started(at: datetime) -> Segments:
    """A clock that runs from `at` on."""
    return (Segment(whole(at), None),)


def is_running(segments: Segments) -> bool:
    return bool(segments) and segments[-1].end is None and segments[-1].counting


def paused(segments: Segments, at: datetime, why: str) -> Segments:
    """The clock stands still from `at` on. One that does not run is left as it is."""
    return (
        (*stopped(segments, at), Segment(_now(segments, at), None, False, why))
        if is_running(segments)
        else segments
    )


def resumed(segments: Segments, at: datetime) -> Segments:
    """The clock runs again from `at` on. One that does not stand still is left as it is."""
    if not segments or segments[-1].end is not None or segments[-1].counting:
        return segments
    return (*stopped(segments, at), Segment(_now(segments, at), None))


def stopped(segments: Segments, at: datetime) -> Segments:
    """The last segment ends at `at`, or at its own start if that is later."""
    if not segments or segments[-1].end is not None:
        return segments
    last = segments[-1]
    return (*segments[:-1], Segment(last.start, _now(segments, at), last.counting, last.why))


def _now(segments: Segments, at: datetime) -> datetime:
    return max(segments[-1].start, whole(at))


def used(segments: Segments, time: WorkingTime, now: datetime) -> int:
    """Counted seconds up to `now`, which may lie in the past."""
    now = whole(now)
    return sum(
        time.elapsed(one.start, min(one.end or now, now))
        for one in segments
        if one.counting and one.start < now
    )


def moment_of(segments: Segments, time: WorkingTime, seconds: int) -> datetime | None:
    """When so many seconds have been counted; None when the clock stands still, or stopped, before that.

    Raises NoWorkingTime when the calendar has not that much time left.
    """
    left = seconds
    for one in segments:
        if not one.counting:
            continue
        if one.end is None:
            return time.add(one.start, left)
        here = time.elapsed(one.start, one.end)
        if left <= here:
            return time.add(one.start, left)
        left -= here
    return None


def receipt(segments: Segments, time: WorkingTime, until: datetime) -> list[Span]:
    """Every second from the start to `until` (or where the clock stopped): counted, outside hours, or paused."""
    until = whole(until)
    found: list[Span] = []
    for one in segments:
        end = min(one.end or until, until)
        if one.start >= end:
            continue
        if one.counting:
            found += time.spans(one.start, end)
        else:
            found.append(Span(one.start, end, False, "paused"))
    return _joined(found)


def after(spans: Sequence[Span], moment: datetime) -> list[Span]:
    """The part of a receipt that lies after `moment`."""
    moment = whole(moment)
    return [
        Span(max(span.start, moment), span.end, span.counted, span.why) for span in spans if span.end > moment
    ]


def _joined(spans: Sequence[Span]) -> list[Span]:
    """Neighbours that are alike become one."""
    found: list[Span] = []
    for span in spans:
        last = found[-1] if found else None
        if last is not None and (last.end, last.counted, last.why) == (span.start, span.counted, span.why):
            found[-1] = Span(last.start, span.end, span.counted, span.why)
        else:
            found.append(span)
    return found


def sums(spans: Sequence[Span]) -> dict[str, int]:
    """{counted, outside, paused, whole} in seconds; the first three add up to the last."""
    counted = sum(span.seconds for span in spans if span.counted)
    still = sum(span.seconds for span in spans if span.why == "paused")
    total = sum(span.seconds for span in spans)
    return {"counted": counted, "outside": total - counted - still, "paused": still, "whole": total}


@dataclass(frozen=True, slots=True)
class Stay:
    """Somebody had the ticket from `start` to `end` (None: still)."""

    who: int | None
    start: datetime
    end: datetime | None


def shares(spans: Sequence[Span], stays: Sequence[Stay]) -> dict[int | None, int]:
    """Counted seconds by who had the ticket; they add up exactly to what the spans counted.

    Where several had it at once a stretch is divided equally, its odd seconds going to those who had it first; where
    nobody had it, it is nobody's (None).
    """
    found: dict[int | None, int] = {}
    for start, end in _stretches(spans, stays):
        present = _present(stays, start)
        each, odd = divmod(int((end - start).total_seconds()), len(present))
        for place, who in enumerate(present):
            found[who] = found.get(who, 0) + each + (1 if place < odd else 0)
    return {who: seconds for who, seconds in found.items() if seconds}


def _stretches(spans: Sequence[Span], stays: Sequence[Stay]) -> list[tuple[datetime, datetime]]:
    """The counted spans, cut wherever somebody came or went."""
    edges = sorted({whole(edge) for stay in stays for edge in (stay.start, stay.end) if edge is not None})
    found: list[tuple[datetime, datetime]] = []
    for span in spans:
        if span.counted:
            cuts = [span.start, *(edge for edge in edges if span.start < edge < span.end), span.end]
            found += pairwise(cuts)
    return found


def _present(stays: Sequence[Stay], at: datetime) -> list[int | None]:
    """Who had it at that moment, once each, in the order they came; [None] for nobody."""
    here = [
        stay.who for stay in stays if whole(stay.start) <= at and (stay.end is None or at < whole(stay.end))
    ]
    return list(dict.fromkeys(here)) or [None]


def to_json(segments: Segments) -> list[list[Any]]:
    return [
        [one.start.isoformat(), one.end.isoformat() if one.end else None, one.counting, one.why]
        for one in segments
    ]


def from_json(data: Sequence[Sequence[Any]]) -> Segments:
    return tuple(
        Segment(datetime.fromisoformat(start), datetime.fromisoformat(end) if end else None, counting, why)
        for start, end, counting, why in data
    )
