"""Say who a caller is: a customer, or none of those we know. What a person said is not overwritten by matching."""

from __future__ import annotations

from django.db import transaction

from gongdan.core.customers.access import find_visible
from gongdan.core.interactions import call_events
from gongdan.core.interactions.access import SUPERVISE, TAKE, facts_of, may, require
from gongdan.core.staff.grants import StaffGrants
from gongdan.kernel import clock
from gongdan.kernel.actor import Actor
from gongdan.kernel.errors import Forbidden


def identify_caller(call_id: int, customer_id: int | None, *, grants: StaffGrants, actor: Actor) -> None:
    """Write down whose call it is, None for nobody known. Only who had a part in it, or supervises it.

    Raises NotFound unknown_call, unknown_customer (also for one that may not be seen); Forbidden not_your_call.
    """
    require(grants, call_id)
    require_part(grants, call_id)
    if customer_id is not None:
        find_visible(customer_id, grants)
    with transaction.atomic():
        call = call_events.lock(call_id)
        old = call.customer_id
        if call.chosen and old == customer_id:
            return
        call.customer_id, call.chosen = customer_id, True
        told = {"old": old, "new": customer_id}
        changed = ("customer", "chosen")
        call_events.say(call, "CallIdentified", told, actor=actor, at=clock.now(), changed=changed)


def require_part(grants: StaffGrants, call_id: int) -> None:
    """Forbidden not_your_call unless one had a part in the call and takes calls, or supervises it."""
    facts = facts_of([call_id])[call_id]
    mine = grants.staff_id in facts.staff and TAKE in grants.rights
    if not mine and not may(grants, SUPERVISE, facts):
        raise Forbidden("not_your_call", "Only who had a part in the call, or supervises it, may do this.")
