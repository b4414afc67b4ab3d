"""Lists of calls: filtered, narrowed by the one permission rule, paged by key (newest first)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import Exists, OuterRef, Q

from gongdan.core.interactions import call_rows
from gongdan.core.interactions.access import VIEW, compiled, visible_q
from gongdan.core.interactions.models import Call, CallPart
from gongdan.core.staff.grants import StaffGrants
from gongdan.kernel.errors import Forbidden
from gongdan.kernel.phone import parse_number


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

    def as_q(self, me: int) -> Q:
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
                condition &= Q(**{name: value})
        for staff_id in (self.staff, me if self.mine else None):
            if staff_id is not None:
                condition &= Q(Exists(CallPart.objects.filter(staff_id=staff_id, call_id=OuterRef("pk"))))
        if self.undisposed:
            condition &= Q(
                agent_id=me, direction="inbound", outcome="answered", disposition="", phase="ended"
            )
        return condition & _number(self.number)


def _number(text: str | None) -> Q:
    if not text:
        return Q()
    number = parse_number(text, settings.DEFAULT_REGION)
    return Q(customer_number=number.e164 or number.digits) if number.callable else Q(pk__in=[])


def call_list(
    grants: StaffGrants, chosen: CallFilter, *, before_id: int | None, limit: int
) -> list[call_rows.Row]:
    """At most `limit` rows, newest first, older than `before_id`. One statement. Forbidden for who sees no calls."""
    if not compiled(grants, VIEW):
        raise Forbidden("right_missing", f"You lack the right “{VIEW}”.", right=VIEW)
    query = Call.objects.filter(visible_q(grants), chosen.as_q(grants.staff_id))
    if before_id is not None:
        query = query.filter(pk__lt=before_id)
    return call_rows.rows(query.order_by("-id")[:limit], grants)
