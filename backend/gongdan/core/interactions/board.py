"""The live board of queues and people for supervisors: who waits, who talks to whom since when, how the day goes.

A fixed number of statements, whatever the number of people and calls: what is live by partial indexes, what is of today
by index of time. Measures are those of docs/measures.md, over today.
"""

from __future__ import annotations

from datetime import datetime

from django.db.models import Avg, Case, Count, F, IntegerField, Max, Min, Q, Value, When

from gongdan.core.interactions import line_words, shown
from gongdan.core.interactions.board_people import Row, people
from gongdan.core.interactions.models import CallPart, LineSettings, Presence, QueueEntry, TelephoneSystem
from gongdan.core.staff.grants import StaffGrants
from gongdan.kernel import clock

MOST_WAITING = 200
USUAL_SECONDS = 20  # the X of a queue nobody set up
WAITING = ("call_id", "queue", "system_id", "entered_at", "call__customer_number")
OF_CUSTOMER = tuple(f"call__{name}" for name in shown.CUSTOMER)
Key = tuple[int, str]


def board(grants: StaffGrants) -> Row:
    """Everything at a glance. The people are those `call.supervise` reaches; numbers are masked without
    customer.reveal."""
    now = clock.now()
    settings = line_words.settings()
    return {
        "at": now,
        "queues": _queues(now, settings),
        "people": people(grants, now),
        "calls_waiting": _calls_waiting(grants),
        "systems": _systems(),
    }


def _systems() -> list[Row]:
    wanted = ("code", "name", "health", "health_words", "heard_at")
    return list(TelephoneSystem.objects.filter(active=True).order_by("name", "code").values(*wanted))


def _calls_waiting(grants: StaffGrants) -> list[Row]:
    waiting = QueueEntry.objects.filter(left_at__isnull=True).order_by("entered_at")
    rows = waiting.values(*WAITING, *OF_CUSTOMER)[:MOST_WAITING]
    return [_waiting(row, shown.customer(row, grants, "call__"), grants) for row in rows]


def _waiting(row: Row, customer: Row | None, grants: StaffGrants) -> Row:
    clear = shown.may_reveal(grants, row["call__customer__level_id"])
    return {
        "call_id": row["call_id"],
        "number": shown.number(row["call__customer_number"], clear=clear),
        "queue": row["queue"],
        "queue_title": line_words.queue_title(row["system_id"], row["queue"]),
        "since": row["entered_at"],
        "customer": customer,
        "level_name": customer["level_name"] if customer else "",
    }


def _queues(now: datetime, settings: LineSettings) -> list[Row]:
    """Every queue that is set up or was met, with what waits now and what came today."""
    today = {(row["system_id"], row["queue"]): row for row in _today(now, settings.short_abandon_seconds)}
    waiting = {(row["system_id"], row["queue"]): row for row in _waiting_now()}
    talking = {(row["system_id"], row["queue"]): row["count"] for row in _talking()}
    ready = {row["extension__system_id"]: row["count"] for row in _ready()}
    codes = dict(TelephoneSystem.objects.values_list("pk", "code"))
    known = line_words.queues()
    keys: list[Key] = [*known, *(key for key in {**today, **waiting} if key not in known and key[1])]
    found = []
    for key in keys:
        words, day, now_waiting = known.get(key), today.get(key, {}), waiting.get(key, {})
        answered, abandoned = day.get("answered", 0), day.get("abandoned", 0)
        found.append(
            {
                "queue": key[1],
                "title": words.title if words else key[1],
                "system": codes.get(key[0], ""),
                "waiting": now_waiting.get("count", 0),
                "longest_since": now_waiting.get("since"),
                "agents_ready": ready.get(key[0], 0),
                "agents_talking": talking.get(key, 0),
                "offered_today": day.get("offered", 0),
                "answered_today": answered,
                "abandoned_today": abandoned,
                "service_level": _ratio(day.get("within", 0), answered + abandoned),
                "service_seconds": words.service_seconds if words else USUAL_SECONDS,
                "asa_seconds": None if day.get("asa") is None else round(float(day["asa"])),
                "longest_today": day.get("longest", 0) or 0,
            }
        )
    return found


def _ratio(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None


def _today(now: datetime, short: int) -> list[Row]:
    limits = [
        When(system_id=system_id, queue=name, then=Value(one.service_seconds))
        for (system_id, name), one in line_words.queues().items()
    ]
    answered, within = Q(outcome="answered"), Q(waited_seconds__lte=F("limit"))
    gone = Q(outcome="abandoned") | Q(outcome="", left_at__isnull=False)  # in a call that its system forgot
    entries = QueueEntry.objects.filter(entered_at__gte=line_words.today(now)).order_by()
    limited = entries.annotate(limit=Case(*limits, default=Value(USUAL_SECONDS), output_field=IntegerField()))
    counted = limited.values("system_id", "queue").annotate(
        offered=Count("pk"),
        answered=Count("pk", filter=answered),
        abandoned=Count("pk", filter=gone & Q(waited_seconds__gte=short)),
        within=Count("pk", filter=answered & within),
        asa=Avg("waited_seconds", filter=answered),
        longest=Max("waited_seconds"),
    )
    return [dict(row) for row in counted]


def _waiting_now() -> list[Row]:
    waiting = QueueEntry.objects.filter(left_at__isnull=True).order_by().values("system_id", "queue")
    return [dict(row) for row in waiting.annotate(count=Count("pk"), since=Min("entered_at"))]


def _talking() -> list[Row]:
    live = CallPart.objects.filter(ended_at__isnull=True, answered_at__isnull=False).exclude(queue="")
    return [dict(row) for row in live.order_by().values("system_id", "queue").annotate(count=Count("pk"))]


def _ready() -> list[Row]:
    """Who is ready and in no call, by system: which queues somebody serves is the system's own business."""
    busy = CallPart.objects.filter(ended_at__isnull=True, staff_id__isnull=False).values("staff_id")
    free = Presence.objects.filter(state="ready", extension__isnull=False).exclude(staff_id__in=busy)
    return [dict(row) for row in free.order_by().values("extension__system_id").annotate(count=Count("pk"))]
