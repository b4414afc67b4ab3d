"""How many tickets a customer has, for the moment a call is matched: open ones, and those of the last `RECENT` days."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta

from gongdan.core.staff.grants import StaffGrants
from gongdan.core.tickets.access import visible_q
from gongdan.core.tickets.models import ENDED, Ticket
from gongdan.kernel import clock

RECENT = timedelta(days=90)
LOOKED_AT = 100  # newest tickets per customer; counts stop there


def counts_of(customer_ids: Iterable[int], grants: StaffGrants) -> Mapping[int, tuple[int, int]]:
    """Customer id to (open, recent), of the tickets the asker may see. One query per customer, by index."""
    visible = Ticket.objects.filter(visible_q(grants))
    since = clock.now() - RECENT
    found: dict[int, tuple[int, int]] = {}
    for customer_id in customer_ids:
        rows = visible.filter(customer_id=customer_id).order_by("-pk").values_list("state", "opened_at")
        newest = list(rows[:LOOKED_AT])
        living = sum(state not in ENDED for state, _ in newest)
        found[customer_id] = living, sum(opened_at >= since for _, opened_at in newest)
    return found
