"""Whether a policy can be kept: every limit, card and step that could not happen, and every name nothing answers to.

Pure, given what exists (`known.Known`). Findings come in the order of the terms; an empty list means sound.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import timedelta

from gongdan.core.calendar.duration import Duration
from gongdan.core.calendar.working_time import PLAIN, NoWorkingTime, WorkingTime
from gongdan.core.conditions import ConditionError, names, parse
from gongdan.core.sla.choose import FACTS
from gongdan.core.sla.contracts import Lead, Limit, Rung, Terms
from gongdan.core.sla.known import Known
from gongdan.core.sla.stages import limit_seconds

AHEAD = timedelta(days=366)  # within which a calendar must have working time
_WORDS = {
    "process": "the process limit",
    "first_response": "the first response limit",
    "next_response": "the next response limit",
    "callback": "the callback limit",
    "every_node": "the limit of every node",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong. `field` is the path within the terms (nodes[2].amount), `place` the same in words."""

    field: str
    code: str
    detail: str
    place: str

    def to_json(self) -> dict[str, str]:
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Place:
    """A limit and where it stands; `time` is what it counts in, None when its calendar does not exist."""

    field: str
    words: str
    limit: Limit
    time: WorkingTime | None

    def find(self, field: str, code: str, detail: str, within: str = "") -> Finding:
        path = f"{self.field}.{field}" if field else self.field
        return Finding(path, code, detail, f"{within} of {self.words}" if within else self.words)


def check(terms: Terms, known: Known) -> list[Finding]:
    """Every fault of `terms`."""
    time = known.time_of(terms.calendar)
    found = [*_condition(terms, known), *_calendar(terms, time, known)]
    places = _places(terms, time)
    if not places:
        found.append(Finding("", "no_limit", "the policy limits nothing", "the policy"))
    found += _nodes(terms, known)
    for place in places:
        found += _limit(place, known)
    return found


def _places(terms: Terms, time: WorkingTime | None) -> list[Place]:
    given = [(name, words, getattr(terms, name)) for name, words in _WORDS.items()]
    nodes = [
        (f"nodes[{at}]", f"node {one.node} of flow {one.flow}", one) for at, one in enumerate(terms.nodes)
    ]
    return [
        Place(field, words, limit, time if limit.working else PLAIN)
        for field, words, limit in (*given, *nodes)
        if limit is not None
    ]


def _condition(terms: Terms, known: Known) -> Iterator[Finding]:
    if not terms.when:
        return
    place = "the condition"
    try:
        condition = parse(terms.when)
    except ConditionError as error:
        detail = f"{error.message} (at character {error.position + 1})"
        yield Finding("when", "bad_condition", detail, f"character {error.position + 1} of the condition")
        return
    for name in sorted(names(condition) - FACTS - known.fields):
        yield Finding("when", "unknown_name", f"there is no fact and no field {name!r}", place)


def _calendar(terms: Terms, time: WorkingTime | None, known: Known) -> Iterator[Finding]:
    if time is None:
        detail = f"there is no calendar {terms.calendar!r}"
        yield Finding("calendar", "unknown_calendar", detail, "the calendar")
    elif not time.elapsed(known.now, known.now + AHEAD):
        detail = "the calendar has no working time in the next year"
        yield Finding("calendar", "no_working_time", detail, "the calendar")


def _nodes(terms: Terms, known: Known) -> Iterator[Finding]:
    seen: set[tuple[str, str]] = set()
    for at, one in enumerate(terms.nodes):
        words = f"node {one.node} of flow {one.flow}"
        flow = known.flows.get(one.flow)
        if flow is None:
            yield Finding(f"nodes[{at}].flow", "unknown_flow", f"there is no flow {one.flow!r}", words)
        elif one.node not in flow:
            detail = f"the flow {one.flow!r} has no node {one.node!r}"
            yield Finding(f"nodes[{at}].node", "unknown_node", detail, words)
        elif not flow[one.node]:
            yield Finding(f"nodes[{at}].node", "node_without_people", "nobody works at this node", words)
        if (one.flow, one.node) in seen:
            yield Finding(f"nodes[{at}].node", "node_twice", "the node has a limit already", words)
        seen.add((one.flow, one.node))


def _limit(place: Place, known: Known) -> Iterator[Finding]:
    limit = place.limit
    if limit.amount == 0:
        yield place.find("amount", "zero_limit", "a limit is at least one minute")
        return
    yield from _whom(place, known)
    yield from _rung_amounts(place)
    if place.time is None:
        return
    whole = limit_seconds(limit, place.time.day_seconds)
    if not _reachable(place.time, known, whole):
        yield place.find("amount", "limit_too_long", "the calendar has not that much time within ten years")
        return
    yield from _leads(place, place.time, whole)
    yield from _rungs(place, place.time, known, whole)


def _leads(place: Place, time: WorkingTime, whole: int) -> Iterator[Finding]:
    seen: set[int] = set()
    for at, lead in enumerate(place.limit.yellow):
        field, within = f"yellow[{at}].amount", f"yellow card {at + 1}"
        seconds = _seconds(lead, place.limit, time, whole)
        if seconds >= whole:
            detail = "the card would come before the clock starts: its lead is not shorter than the limit"
            yield place.find(field, "lead_not_shorter", detail, within)
        elif seconds == 0:
            yield place.find(field, "zero_lead", "the card would come with the red one", within)
        elif seconds in seen:
            yield place.find(field, "leads_alike", "another yellow card comes at the same moment", within)
        seen.add(seconds)


def _rung_amounts(place: Place) -> Iterator[Finding]:
    for at, rung in enumerate(place.limit.ladder):
        field, within = f"ladder[{at}].amount", f"step {at + 1} of the ladder"
        if rung.when == "at" and rung.amount:
            detail = "a step at the limit has no amount"
            yield place.find(field, "step_with_amount", detail, within)
        elif rung.when != "at" and not rung.amount:
            detail = f"say how long {rung.when} the limit, or make it a step at the limit"
            yield place.find(field, "step_without_amount", detail, within)


def _rungs(place: Place, time: WorkingTime, known: Known, whole: int) -> Iterator[Finding]:
    for at, rung in enumerate(place.limit.ladder):
        field, within = f"ladder[{at}].amount", f"step {at + 1} of the ladder"
        seconds = _seconds(rung, place.limit, time, whole)
        if rung.when == "before" and seconds > whole:
            detail = "the step would come before the clock starts: it is further ahead than the limit is long"
            yield place.find(field, "step_before_start", detail, within)
        elif rung.when == "after" and not _reachable(time, known, whole + seconds):
            detail = "the calendar has not that much time within ten years"
            yield place.find(field, "step_too_late", detail, within)


def _whom(place: Place, known: Known) -> Iterator[Finding]:
    for at, rung in enumerate(place.limit.ladder):
        within = f"step {at + 1} of the ladder"
        for number, one in enumerate(rung.do):
            field = f"ladder[{at}].do[{number}].whom"
            if one.what == "notify" and one.whom is None:
                yield place.find(field, "nobody_to_notify", "say who is notified", within)
            elif one.what != "notify" and one.whom is not None:
                yield place.find(field, "whom_without_notify", f"{one.what} names nobody", within)
            elif one.whom and one.whom.startswith("role:") and one.whom[5:] not in known.roles:
                yield place.find(field, "unknown_role", f"there is no role {one.whom[5:]!r}", within)


def _seconds(of: Lead | Rung, limit: Limit, time: WorkingTime, whole: int) -> int:
    if of.unit == "percent":
        return whole * of.amount // 100
    return Duration(of.amount, of.unit, limit.working).seconds(time.day_seconds)


def _reachable(time: WorkingTime, known: Known, seconds: int) -> bool:
    try:
        time.add(known.now, seconds)
    except (NoWorkingTime, OverflowError):
        return False
    return True
