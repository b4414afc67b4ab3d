"""Whether what is stored and counted of calls is what their signals say: the proof behind `gongdan recount`.

Every call is reckoned anew from its signals and compared with its rows; then the measures are reckoned anew from those
calls, in Python, and compared with what the database counts. Who sat at which extension, presence, and after-call work
do not come from signals and are taken as they are stored.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import date, timedelta

from gongdan.core.interactions import line_words, recounting
from gongdan.core.interactions.call_state import CallState, Talk
from gongdan.core.interactions.models import Call, CallPart, PresenceSpan
from gongdan.kernel import clock
from gongdan.reports.line import figures
from gongdan.reports.line.contracts import Asked, Rules, Sums
from gongdan.reports.line.recompute import Offer, Part, Span, offers_of, parts_of, recompute

CHUNK = 1000  # rows fetched at a time
EARLIER = timedelta(days=1)  # a call that began the day before may stand in a queue now


@dataclass(slots=True)
class Recounted:
    """`different`: ids of calls whose rows are not what their signals add up to. `forgotten`: calls whose signals are
    no longer kept. `measures`: what is counted otherwise, by name: (counted, reckoned); empty when signals are missing.
    """

    calls: int = 0
    forgotten: int = 0
    different: list[int] = field(default_factory=list)
    measures: dict[str, tuple[int, int]] = field(default_factory=dict)


def rules() -> Rules:
    """How the line is run now."""
    line = line_words.settings()
    service = {key: queue.service_seconds for key, queue in line_words.queues().items()}
    return Rules(line.short_abandon_seconds, line.long_call_seconds, line.daily_target, service)


def recount_days(since: date, until: date, zone: str) -> Recounted:
    """Look at all calls of these local days, both included."""
    asked = Asked(since=since, until=until, now=clock.now(), zone=zone)
    said, offers, parts = Recounted(), list[Offer](), list[Part]()
    calls = Call.objects.filter(began_at__gte=asked.begin - EARLIER, began_at__lt=asked.end).order_by("pk")
    for call_id, system_id in calls.values_list("pk", "system_id").iterator(CHUNK):
        said.calls += 1
        state = recounting.state_of(call_id)
        if state is None:
            said.forgotten += 1
            continue
        if not recounting.recount(call_id):
            said.different.append(call_id)
        offers += offers_of(state, system_id)
        parts += people_of(call_id).parts_of(state)
    if not said.forgotten:
        said.measures = _compared(asked, offers, parts, spans_of(asked))
    return said


@dataclass(frozen=True, slots=True)
class People:
    """Who sat where in a call, and their after-call work, as stored: {(extension, leg, rang at): (person, seconds)}."""

    found: dict[tuple[str, str, object], tuple[int | None, int]]

    def _of(self, talk: Talk) -> tuple[int | None, int]:
        return self.found.get((talk.party, talk.leg, talk.rang_at), (None, 0))

    def parts_of(self, state: CallState) -> list[Part]:
        return parts_of(state, lambda talk: self._of(talk)[0], lambda talk: self._of(talk)[1])


def people_of(call_id: int) -> People:
    rows = CallPart.objects.filter(call_id=call_id)
    columns = rows.values_list("extension", "leg", "rang_at", "staff_id", "wrap_up_seconds")
    return People({(row[0], row[1], row[2]): (row[3], row[4]) for row in columns})


def spans_of(asked: Asked) -> list[Span]:
    """Presence that may reach into the range."""
    columns = ("staff_id", "state", "began_at", "ended_at")
    rows = PresenceSpan.objects.filter(began_at__lt=asked.end).exclude(ended_at__lte=asked.begin)
    return [Span(*row) for row in rows.values_list(*columns).iterator(CHUNK)]


def _compared(
    asked: Asked, offers: list[Offer], parts: list[Part], spans: list[Span]
) -> dict[str, tuple[int, int]]:
    counted = asdict(figures.counted(asked, rules())[0])
    reckoned = asdict(recompute(asked, rules(), offers, parts, spans).get("", Sums()))
    return {name: (value, reckoned[name]) for name, value in counted.items() if value != reckoned[name]}
