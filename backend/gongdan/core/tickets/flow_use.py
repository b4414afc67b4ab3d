"""How many tickets are under way on versions of a flow: what publishing another one leaves as it is."""

from __future__ import annotations

from dataclasses import dataclass

from gongdan.core.flow.models import FlowVersion
from gongdan.core.tickets.models import LIVING, Ticket

MOST = 100


@dataclass(frozen=True, slots=True)
class Bounded:
    """A count that stops: `more` says that there are more than `count`."""

    count: int
    more: bool


def open_tickets_on(flow_code: str, *, most: int = MOST) -> Bounded:
    """Tickets of the flow that have not ended, counted up to `most`. Walks the index of living tickets only."""
    versions = list(FlowVersion.objects.filter(flow__code=flow_code).values_list("id", flat=True))
    if not versions:
        return Bounded(0, False)
    found = (
        Ticket.objects.filter(LIVING, flow_version_id__in=versions)
        .order_by()
        .values_list("id", flat=True)[: most + 1]
    )
    count = len(found)
    return Bounded(min(count, most), count > most)
