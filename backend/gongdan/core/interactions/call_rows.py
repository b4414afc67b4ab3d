"""List rows of calls: what a call looks like in any list. One statement for a page, whatever its length.

Each row has `tickets` empty: which tickets a call is noted in is the tickets' to say.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from gongdan.core.interactions import line_words, shown
from gongdan.core.interactions.models import Call, Recording
from gongdan.core.interactions.pop import category_name
from gongdan.core.staff.grants import StaffGrants

Row = dict[str, Any]
PLAIN = (
    *("id", "direction", "phase", "outcome", "began_at", "answered_at", "ended_at"),
    *("waiting_seconds", "talk_seconds", "hold_seconds"),
)
COLUMNS = (
    *PLAIN,
    *("system_id", "customer_number", "line", "dialled", "queue", "agent_id", "agent__name", "disposition"),
    *shown.CUSTOMER,
)
HEARABLE = Exists(Recording.objects.filter(call_id=OuterRef("pk"), state__in=["awaited", "stored"]))


def rows(calls: QuerySet[Call], grants: StaffGrants) -> list[Row]:
    """The rows of an (already limited) query, in its order."""
    return [row(one, grants) for one in calls.annotate(recorded=HEARABLE).values(*COLUMNS, "recorded")]


def row(one: Row, grants: StaffGrants) -> Row:
    line = line_words.own_number(one["direction"], one["line"], one["dialled"])
    mine = one["phase"] != "ended" and one["agent_id"] == grants.staff_id
    clear = mine or shown.may_reveal(grants, one["customer__level_id"])
    queue, disposition = one["queue"], one["disposition"]
    return {
        **{name: one[name] for name in PLAIN},
        "number": shown.number(one["customer_number"], clear=clear),
        "customer": shown.customer(one, grants),
        "line_label": line_words.line_label(line) or line,
        "queue_title": line_words.queue_title(one["system_id"], queue) if queue else "",
        "agent": shown.person(one["agent_id"], one["agent__name"]),
        "disposition": {"code": disposition, "name": category_name(disposition)} if disposition else None,
        "recorded": one["recorded"],
        "tickets": [],
    }
