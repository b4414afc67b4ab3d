"""The calls that are under way for one person: what their page shows while it rings and while they talk."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from gongdan.core.interactions import line_words, shown
from gongdan.core.interactions.access import unknown_call
from gongdan.core.interactions.models import CallPart, PhoneCommand
from gongdan.core.staff.grants import StaffGrants
from gongdan.kernel import clock

OF_CALL = (
    *(
        "id",
        "system_id",
        "direction",
        "phase",
        "line",
        "dialled",
        "queue",
        "menu",
        "talks",
        "customer_number",
    ),
    *("began_at", "waiting_seconds", "chosen", *shown.CUSTOMER),
)
OF_PART = (
    "id",
    "seq",
    "extension",
    "leg",
    "staff_id",
    "rang_at",
    "answered_at",
    "ended_at",
    "outcome",
    "transferred_to",
)
Row = dict[str, Any]
OTHERS = ("id", "call_id", "seq", "extension", "staff_id", "staff__name", "answered_at")
CONSULTING = ("transfer", "complete_transfer", "cancel_transfer", "conference")


@dataclass(frozen=True, slots=True)
class Caller:
    """What is known of a call on its customer's side. `number` is "" when it is withheld."""

    call_id: int
    number: str
    line: str
    menu: Sequence[Row]
    customer_id: int | None
    began_at: datetime


def live_calls(grants: StaffGrants) -> list[Row]:
    """The calls I am rung by or talk in, oldest first. At most four statements, one without calls."""
    mine = CallPart.objects.filter(staff_id=grants.staff_id, ended_at__isnull=True)
    return _shown(mine, grants)[0]


def own_call(grants: StaffGrants, call_id: int) -> tuple[Row, Caller]:
    """One call I have or had a part in, live or over, and what is known of its caller. Raises unknown_call."""
    mine = CallPart.objects.filter(staff_id=grants.staff_id, call_id=call_id)
    lives, rows = _shown(mine, grants)
    if not lives:
        raise unknown_call()
    row = rows[0]
    line = _line(row)
    caller = Caller(
        call_id,
        row["call__customer_number"],
        line,
        row["call__menu"],
        row["call__customer_id"],
        row["call__began_at"],
    )
    return lives[0], caller


def _shown(mine: QuerySet[CallPart], grants: StaffGrants) -> tuple[list[Row], list[Row]]:
    columns = (*OF_PART, *(f"call__{name}" for name in OF_CALL))
    found = {row["call__id"]: row for row in mine.order_by("rang_at", "id").values(*columns)}
    if not found:
        return [], []
    others = _others(found)
    consulting = _consulting(found)
    now = clock.now()
    lives = [_live(row, others.get(key, []), consulting.get(key), grants, now) for key, row in found.items()]
    return lives, list(found.values())


def _others(found: dict[int, Row]) -> dict[int, list[Row]]:
    mine = [row["id"] for row in found.values()]
    live = CallPart.objects.filter(call_id__in=found, ended_at__isnull=True).exclude(pk__in=mine)
    grouped: dict[int, list[Row]] = {}
    for row in live.order_by("seq").values(*OTHERS):
        grouped.setdefault(row["call_id"], []).append(row)
    return grouped


@dataclass(frozen=True, slots=True)
class Consulting:
    """Somebody asks another before an attended transfer; the customer waits meanwhile."""

    staff_id: int | None
    to: str
    since: datetime


def _consulting(found: dict[int, Row]) -> dict[int, Consulting]:
    """The attended transfers that are under way, by call. One statement, a second while there is one."""
    talking = [key for key, row in found.items() if row["answered_at"] and not row["ended_at"]]
    if not talking:
        return {}
    asked = PhoneCommand.objects.filter(call_id__in=talking, verb__in=CONSULTING)
    # What could not be cancelled is not under way either: whoever was asked has put down.
    asked = asked.exclude(~Q(verb="cancel_transfer"), state="failed")
    under_way: dict[int, Consulting | None] = {}
    rows = asked.order_by("id").values_list("call_id", "staff_id", "verb", "args", "asked_at")
    for call_id, staff_id, verb, args, at in rows:
        attended = verb == "transfer" and args.get("mode") == "attended"
        under_way[call_id or 0] = Consulting(staff_id, str(args.get("to", "")), at) if attended else None
    return _not_over({key: one for key, one in under_way.items() if one and not found[key]["transferred_to"]})


def _not_over(asking: dict[int, Consulting]) -> dict[int, Consulting]:
    """Without those where the asked one did not answer, refused or put down again."""
    if not asking:
        return {}
    ended = CallPart.objects.filter(call_id__in=asking, ended_at__isnull=False)
    over = {
        call_id
        for call_id, extension, at in ended.values_list("call_id", "extension", "ended_at")
        if at and extension == asking[call_id].to.upper() and at >= asking[call_id].since
    }
    return {key: one for key, one in asking.items() if key not in over}


def _live(
    row: Row, others: Sequence[Row], consulting: Consulting | None, grants: StaffGrants, now: datetime
) -> Row:
    talks, system_id = row["call__talks"], row["call__system_id"]
    line, queue = _line(row), row["call__queue"]
    talking = [one for one in others if one["answered_at"]]
    over, reveal = row["ended_at"], shown.may_reveal(grants, row["call__customer__level_id"])
    return {
        "id": row["call__id"],
        "direction": row["call__direction"],
        "phase": row["call__phase"],
        "mine": _state(row, talks),
        "number": shown.number(row["call__customer_number"], clear=over is None or reveal),
        "customer": shown.customer(row, grants, "call__"),
        "chosen": row["call__chosen"],
        "candidates_count": None,
        "line": line,
        "line_label": line_words.line_label(line),
        "queue": queue,
        "queue_title": line_words.queue_title(system_id, queue) if queue else "",
        "menu": line_words.menu_words(line, row["call__menu"]),
        "began_at": row["call__began_at"],
        "rang_at": row["rang_at"],
        "answered_at": row["answered_at"],
        "waited": row["call__waiting_seconds"] or _waited(row, now),
        "leg_known": bool(row["leg"]),
        "others": [
            {
                "extension": one["extension"],
                "person": shown.person(one["staff_id"], one["staff__name"]),
                "state": _state(one, talks),
            }
            for one in others
        ],
        "transferring": {"to": consulting.to}
        if consulting and consulting.staff_id == grants.staff_id
        else None,
        "conference": bool(row["answered_at"] and not over and talking and not consulting),
    }


def _line(row: Row) -> str:
    return line_words.own_number(row["call__direction"], row["call__line"], row["call__dialled"])


def _state(part: Row, talks: Sequence[Row]) -> str:
    """ringing, talking, held, or ended."""
    if part.get("ended_at"):
        return "ended"
    if not part["answered_at"]:
        return "ringing"
    return "held" if on_hold(part["seq"], talks) else "talking"


def on_hold(seq: int, talks: Sequence[Row]) -> bool:
    """Whether this party has the other side on hold now."""
    holds = next((one.get("holds") or [] for one in talks if one.get("seq") == seq), [])
    return bool(holds) and not holds[-1].get("ended_at")


def _waited(row: Row, now: datetime) -> int:
    """Until it was answered here, from the call's beginning; our own calls wait for nobody."""
    if row["call__direction"] != "inbound":
        return 0
    return max(0, int(((row["answered_at"] or now) - row["call__began_at"]).total_seconds()))
