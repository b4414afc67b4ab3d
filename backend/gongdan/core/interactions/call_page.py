"""One call: everything that is known of it, and what one may do with it. A fixed number of statements."""

from __future__ import annotations

from typing import Any

from gongdan.core.interactions import access, call_rows, line_words, shown
from gongdan.core.interactions.access import CallFacts
from gongdan.core.interactions.for_tickets import recordings_of
from gongdan.core.interactions.models import Call, CallbackTaskCall, CallPart, QueueEntry
from gongdan.core.staff.grants import StaffGrants
from gongdan.kernel import clock

Row = dict[str, Any]
MORE = ("ended_by", "closed_by_us", "disposition_note", "disposed_by_id", "disposed_by__name", "disposed_at")
PART = (
    *(
        "id",
        "seq",
        "extension",
        "rang_at",
        "answered_at",
        "ended_at",
        "outcome",
        "ring_seconds",
        "talk_seconds",
    ),
    *("hold_seconds", "wrap_up_seconds", "transferred_to", "transfer_mode"),
)


def call_page(call_id: int, grants: StaffGrants) -> Row:
    """The call's data, with `tickets` still to be filled in by who knows tickets. Raises unknown_call."""
    facts = access.require(grants, call_id)
    wanted = Call.objects.filter(pk=call_id).annotate(recorded=call_rows.HEARABLE)
    found = wanted.values(*call_rows.COLUMNS, *MORE, "menu", "version", "recorded").get()
    system_id = found["system_id"]
    listed = call_rows.row(found, grants)
    clear = listed["number"]["digits"] is not None
    line = line_words.own_number(found["direction"], found["line"], found["dialled"])
    task = CallbackTaskCall.objects.filter(call_id=call_id).values("task_id", "task__state").first()
    return {
        **listed,
        "dialled": found["dialled"] if line else shown.party(found["dialled"], clear=clear),
        "line": found["line"],
        "menu": line_words.menu_words(line, found["menu"]),
        "stays": _stays(call_id, system_id),
        "parts": _parts(call_id, clear=clear),
        "ended_by": found["ended_by"],
        "closed_by_us": found["closed_by_us"],
        "note": found["disposition_note"],
        "disposed_by": shown.person(found["disposed_by_id"], found["disposed_by__name"]),
        "disposed_at": found["disposed_at"],
        "recordings": recordings_of([call_id]).get(call_id, []),
        "callback_task": {"id": task["task_id"], "state": task["task__state"]} if task else None,
        "version": found["version"],
        "may": _may(grants, facts, found),
    }


def _stays(call_id: int, system_id: int) -> list[Row]:
    now = clock.now()
    wanted = ("queue", "entered_at", "left_at", "outcome", "waited_seconds")
    return [
        {
            "queue": row["queue"],
            "title": line_words.queue_title(system_id, row["queue"]),
            "entered_at": row["entered_at"],
            "left_at": row["left_at"],
            "outcome": row["outcome"],
            "waited": row["waited_seconds"]
            if row["left_at"]
            else int((now - row["entered_at"]).total_seconds()),
        }
        for row in QueueEntry.objects.filter(call_id=call_id).order_by("seq").values(*wanted)
    ]


def _parts(call_id: int, *, clear: bool) -> list[Row]:
    rows = CallPart.objects.filter(call_id=call_id).order_by("rang_at", "seq")
    return [
        {
            "person": shown.person(row.pop("staff_id"), row.pop("staff__name")),
            **row,
            "extension": shown.party(row["extension"], clear=clear),
            "transferred_to": shown.party(row["transferred_to"], clear=clear),
        }
        for row in rows.values(*PART, "staff_id", "staff__name")
    ]


def _may(grants: StaffGrants, facts: CallFacts, found: Row) -> dict[str, bool]:
    talked = bool(found["answered_at"]) and grants.staff_id in facts.staff and access.TAKE in grants.rights
    supervises = bool(found["answered_at"]) and access.may(grants, access.SUPERVISE, facts)
    return {
        "dispose": talked or supervises,
        "listen": access.may(grants, access.LISTEN, facts),
        "download": access.may(grants, access.DOWNLOAD, facts),
        "dial": access.TAKE in grants.rights and bool(found["customer_number"]),
    }
