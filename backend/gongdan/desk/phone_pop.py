"""The screen pop: what calls, customers and tickets know of a caller, put together. No rules."""

from __future__ import annotations

from typing import Any

from gongdan.core.interactions import pop
from gongdan.core.interactions.live_calls import own_call
from gongdan.core.staff.grants import StaffGrants
from gongdan.core.tickets import for_pop


def page(call_id: int, grants: StaffGrants) -> dict[str, Any]:
    """Everything an agent needs to know when the phone rings. Raises unknown_call for calls of others."""
    live, caller = own_call(grants, call_id)
    known = live["customer"]
    found = pop.candidates(caller.number, grants) if known is None else []
    open_tickets = for_pop.open_counts([one["customer"]["id"] for one in found], grants)
    before = pop.earlier(caller)
    tickets, last = for_pop.tickets_of(known["id"] if known else None, grants)
    contacts = sorted([*pop.last_calls(before, grants), *last], key=lambda one: one["at"], reverse=True)
    return {
        "call": {**live, "candidates_count": len(found) if known is None else 1},
        "customer": known,
        "candidates": [{**one, "open_tickets": open_tickets.get(one["customer"]["id"], 0)} for one in found],
        "open_tickets": tickets,
        "last_contacts": contacts[: pop.CONTACTS],
        "repeat": pop.repeat(caller, before),
        "suggested": pop.suggested(caller),
    }
