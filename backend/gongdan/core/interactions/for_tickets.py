"""What tickets need to know of calls: one that is noted in a ticket, and those that are, with their recordings."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from gongdan.core.interactions import access, line_words, shown
from gongdan.core.interactions.models import Call, Recording
from gongdan.core.staff.grants import StaffGrants

Row = dict[str, Any]
RECORDING = ("id", "state", "seconds", "size", "content_type", "peaks", "began_at", "fault", "keep_until")
COLUMNS = (
    *(
        "id",
        "direction",
        "phase",
        "outcome",
        "began_at",
        "ended_at",
        "talk_seconds",
        "customer_number",
        "line",
    ),
    *("dialled", "menu", "agent_id", "agent__name", *shown.CUSTOMER),
)


@dataclass(frozen=True, slots=True)
class NotedCall:
    """A call's facts as a ticket keeps them. `number` is "" when it was withheld."""

    id: int
    direction: str
    number: str
    customer_id: int | None
    line: str
    menu: str
    began_at: datetime


def noted_call(call_id: int, grants: StaffGrants | None) -> NotedCall:
    """The call, for somebody who may see it (None: the product itself). Raises unknown_call."""
    if grants is not None:
        access.require(grants, call_id)
    row = Call.objects.filter(pk=call_id).values(*COLUMNS).first()
    if row is None:
        raise access.unknown_call()
    line = _line(row)
    pressed = line_words.menu_words(line, row["menu"])
    return NotedCall(
        row["id"],
        row["direction"],
        row["customer_number"],
        row["customer_id"],
        line_words.line_label(line) or line,
        " › ".join(one["label"] or one["digits"] for one in pressed),
        row["began_at"],
    )


def _line(row: Row) -> str:
    return line_words.own_number(row["direction"], row["line"], row["dialled"])


def calls_shown(call_ids: Collection[int], grants: StaffGrants) -> Mapping[int, Row]:
    """Calls by id, for who may see the tickets they are noted in; recordings are named, `may_listen` is the calls' own
    rule. Four statements, none for no ids."""
    if not call_ids:
        return {}
    facts = access.facts_of(call_ids)
    recordings = recordings_of(call_ids)
    rows = Call.objects.filter(pk__in=call_ids).values(*COLUMNS)
    return {
        row["id"]: {
            "id": row["id"],
            "direction": row["direction"],
            "phase": row["phase"],
            "outcome": row["outcome"],
            "at": row["began_at"],
            "seconds": row["talk_seconds"],
            "number": shown.number(
                row["customer_number"], clear=shown.may_reveal(grants, row["customer__level_id"])
            ),
            "line_label": line_words.line_label(_line(row)),
            "menu": line_words.menu_words(_line(row), row["menu"]),
            "agent": shown.person(row["agent_id"], row["agent__name"]),
            "recordings": recordings.get(row["id"], []),
            "may_listen": access.may(grants, access.LISTEN, facts[row["id"]]),
            "may_download": access.may(grants, access.DOWNLOAD, facts[row["id"]]),
            "may_view": access.may(grants, access.VIEW, facts[row["id"]]),
        }
        for row in rows
    }


def recordings_of(call_ids: Collection[int]) -> Mapping[int, list[Row]]:
    """The recordings of calls, by call, oldest first. One statement."""
    found: dict[int, list[Row]] = {}
    rows = Recording.objects.filter(call_id__in=call_ids).order_by("began_at", "id")
    for row in rows.values("call_id", *RECORDING):
        found.setdefault(row.pop("call_id"), []).append(row)
    return found
