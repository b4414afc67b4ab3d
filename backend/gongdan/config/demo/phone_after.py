"""What came after the demo hotline's calls: what they were about, after-call time, who was there when, recordings.

Yesterday's calls are written down by the verb, as agents do it. What is older, and after-call times and presence,
which happen by the clock, stand in their rows directly.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random

from gongdan.config.demo.phone_past import DAYS, OPENS, SHUTS, morning, on_duty
from gongdan.config.simulate.sound import wav
from gongdan.core.interactions import rows, sound_files
from gongdan.core.interactions.actions import recordings
from gongdan.core.interactions.actions.dispose import COLUMNS, dispose_call
from gongdan.core.interactions.models import Call, CallPart, PresenceSpan, PresenceState
from gongdan.core.staff.grants import grants_of
from gongdan.core.staff.models import Staff
from gongdan.core.tickets.calls import link
from gongdan.core.tickets.models import ENDED, Ticket
from gongdan.kernel.actor import Actor

MOST_BYTES = 10_000_000
LONGEST_WRAP_UP = 40  # seconds
BY_VERB = 1  # days
LINKED = 12
SOUND_SECONDS = 5
UNDISPOSED = 3  # yesterday's last calls are still to be written down
ABOUT = {
    "1": ("fee_query", "plan_query", "promotion_query", "coverage_query", "daily_card"),
    "2": ("broadband_down", "broadband_slow", "broadband_drops", "modem", "mobile_indoor", "tv_stutter"),
    "3": ("complaint_late", "complaint_again", "complaint_hotline", "fee_unordered"),
    "0": ("daily_invoice", "daily_move", "daily_stop", "fee_query"),
}
NOTES = ("已解释清楚，客户无其他问题。", "已登记，稍后回电。", "指导客户重启光猫后恢复。", "", "", "")


def make_after(now: datetime) -> None:
    """After `make_past`."""
    random = Random(14)  # noqa: S311  the same company every time is wanted
    _wrap_up(random)
    _dispose(now, random)
    _spans(now)
    _fetch()
    _link()


def _wrap_up(random: Random) -> None:
    parts = list(CallPart.objects.filter(outcome="answered"))
    for part in parts:
        part.wrap_up_seconds = random.randint(6, LONGEST_WRAP_UP)
    rows.update_all(parts, ("wrap_up_seconds",))


def _dispose(now: datetime, random: Random) -> None:
    """By who talked last; a few are left."""
    names = dict(Staff.objects.values_list("id", "name"))
    calls = list(Call.objects.filter(outcome="answered").exclude(agent=None).order_by("began_at"))
    since = morning(now, BY_VERB)
    older = [call for call in calls if call.began_at < since]
    for call in older:
        call.disposition, call.disposition_note = _about(call, random)
        call.disposed_at, call.disposed_by_id = call.ended_at, call.agent_id
    rows.update_all(older, (*COLUMNS[:-1], "disposed_by_id"))
    for call in calls[len(older) : -UNDISPOSED]:
        assert call.agent_id is not None
        about, note = _about(call, random)
        actor = Actor(kind="staff", name=names[call.agent_id], staff_id=call.agent_id, via="demo")
        dispose_call(call.pk, about, note, version=None, grants=grants_of(call.agent_id), actor=actor)


def _about(call: Call, random: Random) -> tuple[str, str]:
    digits = str(call.menu[0]["digits"]) if call.menu else "0"
    return random.choice(ABOUT[digits]), random.choice(NOTES)


def _spans(now: datetime) -> None:
    """Ready from morning to evening but for a meal, and after-call work after each call."""
    ids = dict(Staff.objects.values_list("username", "id"))
    found: list[PresenceSpan] = []
    for back in range(DAYS, 0, -1):
        begin = morning(now, back)
        for place, username in enumerate(on_duty(begin)):
            found += _spans_of(ids[username], begin, timedelta(hours=3.5 + place))
    PresenceSpan.objects.bulk_create(found, batch_size=2000)


def _spans_of(staff_id: int, begin: datetime, meal: timedelta) -> Iterator[PresenceSpan]:
    end = begin + timedelta(hours=SHUTS.hour - OPENS.hour)
    pauses = [(begin + meal, begin + meal + timedelta(minutes=45), PresenceState.BREAK, "meal")]
    parts = CallPart.objects.filter(staff_id=staff_id, outcome="answered", ended_at__range=(begin, end))
    for ended, seconds in parts.values_list("ended_at", "wrap_up_seconds"):
        assert ended is not None
        pauses.append((ended, ended + timedelta(seconds=seconds), PresenceState.WRAP_UP, ""))
    at = begin
    for start, stop, state, reason in sorted(pauses):
        if start < at or stop > end:
            continue
        yield PresenceSpan(staff_id=staff_id, state=PresenceState.READY, began_at=at, ended_at=start)
        yield PresenceSpan(staff_id=staff_id, state=state, reason=reason, began_at=start, ended_at=stop)
        at = stop
    yield PresenceSpan(staff_id=staff_id, state=PresenceState.READY, began_at=at, ended_at=end)


def _fetch() -> None:
    """Recordings are kept as when they are fetched."""
    for due in recordings.claim(100):
        with sound_files.spooled([wav(due.ref, SOUND_SECONDS)], MOST_BYTES) as spool:
            recordings.keep(due, spool)


def _link() -> None:
    """Customers who called lately and have an open ticket of the hotline's called about it."""
    names = dict(Staff.objects.values_list("id", "name"))
    open_tickets = Ticket.objects.filter(opened_department__code="hotline", customer__isnull=False)
    about = dict(open_tickets.exclude(state__in=ENDED).order_by("id").values_list("customer_id", "number"))
    calls = Call.objects.filter(outcome="answered", customer_id__in=about).exclude(agent=None)
    for call in calls.order_by("-began_at")[:LINKED]:
        assert call.agent_id is not None
        assert call.customer_id is not None
        actor = Actor(kind="staff", name=names[call.agent_id], staff_id=call.agent_id, via="demo")
        link(about[call.customer_id], call.pk, actor=actor)
