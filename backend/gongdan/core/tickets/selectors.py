"""Lists of tickets: filtered, narrowed by the one permission rule, paged by key (newest first)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from gongdan.core.catalogue import resolve
from gongdan.core.staff.grants import StaffGrants
from gongdan.core.tickets import rows
from gongdan.core.tickets.access import visible_q
from gongdan.core.tickets.models import ENDED, OPEN_ITEM, Ticket, WorkItem
from gongdan.core.tickets.requester import normalised_phone
from gongdan.kernel.errors import Invalid


@dataclass(frozen=True, slots=True)
class TicketFilter:
    """What a list may be narrowed by. `state` takes a state, "living" or "ended"; `handler`/`opened_by` staff ids;
    `q` a number, its last digits, an external id, a phone number or words of the subject."""

    state: str | None = None
    kind: str | None = None
    category: str | None = None
    department: int | None = None
    handler: int | None = None
    opened_by: int | None = None
    customer: int | None = None
    priority: int | None = None
    channel: str | None = None
    opened_after: datetime | None = None
    opened_before: datetime | None = None
    q: str | None = None

    def as_q(self) -> Q:
        condition = _state(self.state)
        for name, value in (
            ("kind", self.kind),
            ("opened_by_id", self.opened_by),
            ("customer_id", self.customer),
            ("priority", self.priority),
            ("channel", self.channel),
            ("opened_at__gte", self.opened_after),
            ("opened_at__lt", self.opened_before),
        ):
            if value is not None:
                condition &= Q(**{name: value})
        if self.category is not None:
            below = resolve.tree().below(resolve.settings_of(self.category).id)
            condition &= Q(category_id__in=sorted(below))
        if self.department is not None:
            condition &= Q(parties__contains=[f"d:{self.department}"])
        if self.handler is not None:
            held = WorkItem.objects.filter(OPEN_ITEM, handler_id=self.handler)
            condition &= Q(pk__in=held.values("ticket_id"))
        return condition & _words(self.q)


def _state(state: str | None) -> Q:
    if state is None:
        return Q()
    if state == "living":
        return ~Q(state__in=ENDED)
    if state == "ended":
        return Q(state__in=ENDED)
    return Q(state=state)


def _words(text: str | None) -> Q:
    words = (text or "").strip()
    if not words:
        return Q()
    if len(words) > 100:
        raise Invalid("query_too_long", "Search for at most 100 characters.", field="q")
    found = Q(subject__icontains=words) | Q(number=words) | Q(external_id=words)
    if re.fullmatch(r"\+?[0-9][0-9 -]*", words):
        found |= Q(number__endswith=words) | Q(requester_phone=normalised_phone(words))
    return found | Q(requester_name=words)


def ticket_list(
    grants: StaffGrants, chosen: TicketFilter, *, before_id: int | None, limit: int
) -> list[rows.Row]:
    """At most `limit` rows, newest first, older than `before_id`. Two statements."""
    return rows.rows(_page(grants, chosen, before_id, limit), grants)


def _page(grants: StaffGrants, chosen: TicketFilter, before_id: int | None, limit: int) -> QuerySet[Ticket]:
    query = Ticket.objects.filter(visible_q(grants), chosen.as_q())
    if before_id is not None:
        query = query.filter(pk__lt=before_id)
    return query.order_by("-id")[:limit]
