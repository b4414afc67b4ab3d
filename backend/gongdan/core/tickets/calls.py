"""The calls that are about tickets: noted by hand, and read from either side."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from gongdan.core.interactions.for_tickets import calls_shown
from gongdan.core.staff.grants import StaffGrants
from gongdan.core.tickets.access import visible_q
from gongdan.core.tickets.actions.calls import link_call
from gongdan.core.tickets.actions.shape import lock
from gongdan.core.tickets.call_models import TicketCall
from gongdan.kernel.actor import Actor
from gongdan.kernel.unit import unit

Row = dict[str, Any]


def link(number: str, call_id: int, *, actor: Actor) -> None:
    """Note by hand that a call is about a ticket; doing it twice changes nothing.

    Raises NotFound ticket_not_found, unknown_call; Forbidden no_right.
    """
    with unit():
        link_call(lock(number, actor=actor), call_id)


def calls_of_ticket(ticket_id: int, grants: StaffGrants) -> list[Row]:
    """The calls noted in a ticket one may see, in the order of time. One statement, five when there are any."""
    noted = dict(TicketCall.objects.filter(ticket_id=ticket_id).values_list("call_id", "how"))
    found = [{**row, "how": noted[call_id]} for call_id, row in calls_shown(noted, grants).items()]
    return sorted(found, key=lambda one: (one["at"], one["id"]))


def tickets_of_calls(call_ids: Collection[int], grants: StaffGrants) -> Mapping[int, list[Row]]:
    """The tickets that calls are noted in and one may see, by call: {number, subject, how}. One statement."""
    found: dict[int, list[Row]] = {}
    if not call_ids:
        return found
    rows = TicketCall.objects.filter(visible_q(grants, prefix="ticket__"), call_id__in=call_ids).order_by(
        "id"
    )
    for call_id, number, subject, how in rows.values_list(
        "call_id", "ticket__number", "ticket__subject", "how"
    ):
        found.setdefault(call_id, []).append({"number": number, "subject": subject, "how": how})
    return found
