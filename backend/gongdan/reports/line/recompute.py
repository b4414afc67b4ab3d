"""The line's measures once more, in plain Python, from what the ledger says of each call. Pure.

The twin of `statements` and `presence`: given the same calls and presences both count the same. Tests hold them to it,
and `gongdan recount` does so for what an installation holds.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from gongdan.core.interactions import call_seconds
from gongdan.core.interactions.call_state import CallState, Talk
from gongdan.reports.line.contracts import NO_QUEUE, Asked, Rules, Sums

STAFFED = frozenset({"ready", "busy", "wrap_up"})
MICROSECOND = timedelta(microseconds=1)
Moments = list[tuple[datetime, datetime]]


@dataclass(frozen=True, slots=True)
class Offer:
    """A stay in a queue, or an inbound call that rang somebody without one."""

    system_id: int
    queue: str
    at: datetime
    waited: int
    outcome: str


@dataclass(frozen=True, slots=True)
class Part:
    """A person's part in a call; seconds are 0 until it is over."""

    staff_id: int
    direction: str
    queue: str
    first: bool  # nobody's part in the call is earlier
    rang_at: datetime
    answered_at: datetime | None
    ended_at: datetime | None
    outcome: str
    talk: int
    hold: int
    wrap_up: int

    @property
    def handled(self) -> bool:
        return self.direction == "inbound" and self.answered_at is not None


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a person's presence."""

    staff_id: int
    state: str
    began_at: datetime
    ended_at: datetime | None


def offers_of(state: CallState, system_id: int) -> list[Offer]:
    """What the call was to the line."""
    if state.stays:
        return [
            Offer(
                system_id,
                stay.queue,
                stay.entered_at,
                call_seconds.between(stay.entered_at, stay.left_at),
                stay.outcome or ("abandoned" if stay.left_at else ""),
            )
            for stay in state.stays
        ]
    if state.direction != "inbound" or not state.talks:
        return []
    outcome = "answered" if state.answered_at else "abandoned" if state.ended_at else ""
    return [Offer(system_id, "", state.began_at, call_seconds.waiting(state), outcome)]


def parts_of(
    state: CallState, staff_of: Callable[[Talk], int | None], wrap_up_of: Callable[[Talk], int]
) -> list[Part]:
    """What people did in the call; talks of strangers' extensions are nobody's."""
    found = ((talk, staff_of(talk)) for talk in state.talks)
    first = min((talk.rang_at for talk in state.talks), default=None)
    return [
        Part(
            staff_id,
            state.direction,
            talk.queue,
            talk.rang_at == first,
            talk.rang_at,
            talk.answered_at,
            talk.ended_at,
            talk.outcome,
            call_seconds.talking(talk),
            call_seconds.holding(talk),
            wrap_up_of(talk),
        )
        for talk, staff_id in found
        if staff_id is not None
    ]


def recompute(
    asked: Asked, rules: Rules, offers: Iterable[Offer], parts: Iterable[Part], spans: Iterable[Span]
) -> dict[str, Sums]:
    """The sums by key, as `figures.counted` has them from the tables."""
    found = _Found(asked)
    every, own_spans = list(parts), list(spans)
    for part in every:
        _count_part(found, rules, part)
    if asked.of_line:
        for offer in offers:
            _count_offer(found, rules, offer)
    if asked.of_presence:
        _count_staffed(found, own_spans)
        _count_days(found, every, own_spans)
    return found.sums


class _Found:
    """The sums under way, and what is asked."""

    def __init__(self, asked: Asked) -> None:
        self.asked = asked
        self.begin, self.end, self.zone = asked.begin, asked.end, ZoneInfo(asked.zone)
        self.edges = asked.edges(asked.by) if asked.by in ("hour", "day") else []
        self.sums: dict[str, Sums] = {}

    def add(self, key: str, sums: Sums) -> None:
        self.sums.setdefault(key, Sums()).add(sums)

    def within(self, at: datetime) -> bool:
        return self.begin <= at < self.end

    def mine(self, staff_id: int) -> bool:
        return self.asked.staff_ids is None or staff_id in self.asked.staff_ids

    def has(self, queue: str) -> bool:
        return self.asked.queue is None or queue == self.asked.queue

    def key(self, at: datetime, queue: str = "", staff_id: int = 0) -> str:
        """What the moment, queue or person is counted under."""
        if self.edges:
            return self.asked.key_of(self.edges[bisect_right(self.edges, at) - 1])
        return {"queue": queue or NO_QUEUE, "person": str(staff_id), "none": ""}[self.asked.by]


def _count_offer(found: _Found, rules: Rules, offer: Offer) -> None:
    if not (found.within(offer.at) and found.has(offer.queue)):
        return
    answered, gone = offer.outcome == "answered", offer.outcome == "abandoned"
    short = offer.waited < rules.short_abandon_seconds
    sums = Sums(
        offered=1,
        answered=answered,
        abandoned=gone and not short,
        short_abandoned=gone and short,
        overflowed=offer.outcome == "overflowed",
        waiting=offer.outcome == "",
        within=answered and offer.waited <= rules.service_of(offer.system_id, offer.queue),
        waited=offer.waited if answered else 0,
        longest=offer.waited if offer.outcome else 0,
    )
    found.add(found.key(offer.at, queue=offer.queue), sums)


def _count_part(found: _Found, rules: Rules, part: Part) -> None:
    if not (found.within(part.rang_at) and found.has(part.queue) and found.mine(part.staff_id)):
        return
    over = part.handled and part.ended_at is not None
    placed = part.direction == "outbound" and part.first
    sums = Sums(
        handled=part.handled,
        handled_over=over,
        missed=part.direction == "inbound" and part.outcome in ("missed", "refused"),
        talk=part.talk if over else 0,
        hold=part.hold if over else 0,
        wrap_up=part.wrap_up if over else 0,
        worked=part.talk + part.hold + part.wrap_up if part.ended_at else 0,
        over_long=over and part.talk + part.hold > rules.long_call_seconds,
        outbound=placed,
        outbound_answered=placed and part.answered_at is not None,
    )
    found.add(found.key(part.rang_at, part.queue, part.staff_id), sums)


def _count_staffed(found: _Found, spans: list[Span]) -> None:
    for span in spans:
        if span.state not in STAFFED or not found.mine(span.staff_id):
            continue
        for begin, end in _cut(found, _clipped(found, span)):
            found.add(found.key(begin, staff_id=span.staff_id), Sums(staffed=(end - begin) // MICROSECOND))


def _clipped(found: _Found, span: Span) -> Moments:
    """What of it lies within the range and before now: one stretch or none."""
    last = min(found.asked.now, found.end)
    begin, end = max(span.began_at, found.begin), min(span.ended_at or last, last)
    return [(begin, end)] if begin < end else []


def _cut(found: _Found, moments: Moments) -> Iterator[tuple[datetime, datetime]]:
    """At full local hours or days, where figures are asked for by those."""
    for begin, end in moments:
        inner = [edge for edge in found.edges if begin < edge < end]
        yield from pairwise([begin, *inner, end])


def _count_days(found: _Found, parts: list[Part], spans: list[Span]) -> None:
    if found.asked.by == "hour":
        return
    days: set[tuple[int, date]] = set()
    there = [s for s in spans if s.state != "offline"]
    for span in there:
        for begin, end in _clipped(found, span):
            day, last = (at.astimezone(found.zone).date() for at in (begin, end - MICROSECOND))
            days |= {(span.staff_id, day + timedelta(n)) for n in range((last - day).days + 1)}
    days |= {
        (p.staff_id, p.rang_at.astimezone(found.zone).date())
        for p in parts
        if p.handled and found.within(p.rang_at)
    }
    for staff_id, day in days:
        if found.mine(staff_id):
            begin = datetime.combine(day, datetime.min.time(), found.zone)
            found.add(found.key(begin, staff_id=staff_id), Sums(person_days=1))
