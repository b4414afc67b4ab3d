"""Lists of calls: filtered, narrowed by the one permission rule, paged by key (newest first)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet

from gongdan.core.interactions import call_rows
from gongdan.core.interactions.access import TAKE, VIEW, Reach, compiled, visible_q
from gongdan.core.interactions.models import Call, CallPart
from gongdan.core.staff.grants import StaffGrants
from gongdan.kernel.errors import Forbidden
from gongdan.kernel.phone import parse_number

MOST_KEYS = 60  # people and departments within reach, each read by itself
Key = tuple[datetime, int]  # when a call began, and its id


@dataclass(frozen=True, slots=True)
class CallFilter:
    """What a list may be narrowed by. `staff` had a part in it, `number` in any form, `since` and `until` are about the
    beginning. `mine`: I had a part in it. `undisposed`: I owe its disposition."""

    direction: str | None = None
    outcome: str | None = None
    queue: str | None = None
    staff: int | None = None
    customer: int | None = None
    number: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    mine: bool = False
    undisposed: bool = False

    def as_q(self, me: int, prefix: str = "") -> Q:
        """The condition on calls, or on rows joined to one (prefix "call__")."""
        condition = Q()
        for name, value in (
            ("direction", self.direction),
            ("outcome", self.outcome),
            ("queue", self.queue),
            ("customer_id", self.customer),
            ("began_at__gte", self.since),
            ("began_at__lt", self.until),
        ):
            if value is not None:
                condition &= Q(**{f"{prefix}{name}": value})
        for staff_id in (self.staff, me if self.mine else None):
            if staff_id is not None:
                parts = CallPart.objects.filter(staff_id=staff_id, call_id=OuterRef(f"{prefix}pk"))
                condition &= Q(Exists(parts))
        if self.undisposed:
            owed = {
                "agent_id": me,
                "direction": "inbound",
                "outcome": "answered",
                "disposition": "",
                "phase": "ended",
            }
            condition &= Q(**{f"{prefix}{name}": value for name, value in owed.items()})
        return condition & _number(self.number, prefix)


def _number(text: str | None, prefix: str) -> Q:
    if not text:
        return Q()
    number = parse_number(text, settings.DEFAULT_REGION)
    if not number.callable:
        return Q(pk__in=[])
    return Q(**{f"{prefix}customer_number": number.e164 or number.digits})


def call_list(
    grants: StaffGrants, chosen: CallFilter, *, after: Key | None, limit: int
) -> list[call_rows.Row]:
    """At most `limit` rows, newest first, older than the call `after`. At most two statements. Forbidden for who sees
    no calls."""
    reaches = compiled(grants, VIEW)
    if not reaches:
        raise Forbidden("right_missing", f"You lack the right “{VIEW}”.", right=VIEW)
    ways = _ways(grants, reaches, chosen)
    if ways is not None:
        ids = _newest(ways, after, limit)
        return call_rows.rows(Call.objects.filter(pk__in=ids).order_by("-id"), grants)
    query = Call.objects.filter(visible_q(grants), chosen.as_q(grants.staff_id))
    if chosen.since is None and chosen.until is None:
        older = query.filter(pk__lt=after[1]) if after else query
        return call_rows.rows(older.order_by("-id")[:limit], grants)
    if after is not None:
        at, identity = after
        query = query.filter(Q(began_at__lte=at), Q(began_at__lt=at) | Q(pk__lt=identity))
    return call_rows.rows(query.order_by("-began_at", "-id")[:limit], grants)


def _ways(
    grants: StaffGrants, reaches: Sequence[Reach], chosen: CallFilter
) -> list[QuerySet[CallPart]] | None:
    """Where the page's calls are found by an index of parts: those of one person who was asked for, or of each person
    and department within reach. None where everything is reached, or too many. Measured reason: looked for among all
    calls, the few of somebody take longer the more calls there are."""
    me = grants.staff_id
    staff_id = chosen.staff or (me if chosen.mine else None)
    if staff_id is not None:
        rest = replace(chosen, staff=None, mine=chosen.mine and staff_id != me)
        visible = Q() if staff_id == me and TAKE in grants.rights else visible_q(grants, prefix="call__")
        return [CallPart.objects.filter(visible, rest.as_q(me, "call__"), staff_id=staff_id)]
    keys = [(reach, key) for reach in reaches for key in _keys(reach)]
    if len(keys) > MOST_KEYS or any(reach.everything for reach in reaches):
        return None
    wanted = chosen.as_q(me, "call__")
    return [CallPart.objects.filter(key, reach.narrowed("call__"), wanted) for reach, key in keys]


def _keys(reach: Reach) -> list[Q]:
    people = [Q(staff_id=one) for one in sorted(reach.staff)]
    return people + [Q(department_id=one) for one in sorted(reach.departments)]


def _newest(ways: Sequence[QuerySet[CallPart]], after: Key | None, limit: int) -> list[int]:
    """The newest call ids of several ways, each read no further than the page is long."""
    older = Q(call_id__lt=after[1]) if after else Q()
    found = [
        way.filter(older).order_by("-call_id").values_list("call_id", flat=True).distinct()[:limit]
        for way in ways
    ]
    ids = found[0].union(*found[1:]) if len(found) > 1 else found[0]
    return sorted(ids, reverse=True)[:limit]
