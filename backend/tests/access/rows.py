"""Bare tickets for tests of the permission rule, which looks at parties, category and customer level only."""

from __future__ import annotations

from collections.abc import Iterable

from gongdan.core.catalogue.models import CallbackMode, Category, Kind, Priority
from gongdan.core.flow.models import Flow, FlowVersion
from gongdan.core.tickets.access import TicketFacts
from gongdan.core.tickets.models import Channel, State, Ticket
from gongdan.kernel import clock


def category(code: str, parent: Category | None = None) -> Category:
    """A category as a row, with its path."""
    made = Category.objects.create(code=code, name=code, parent=parent)
    made.path = f"{parent.path if parent else ''}{made.pk}."
    made.save(update_fields=["path"])
    return made


def flow_version() -> FlowVersion:
    """Any flow version."""
    flow = Flow.objects.create(code="any", title={})
    return FlowVersion.objects.create(flow=flow, number=1, document="", definition={})


def insert(facts: Iterable[TicketFacts], flow: FlowVersion) -> list[Ticket]:
    """One row per ticket."""
    now = clock.now()
    return Ticket.objects.bulk_create(
        [
            Ticket(
                number=f"T{number}",
                kind=Kind.COMPLAINT,
                category_id=ticket.category_id,
                flow_version=flow,
                state=State.OPEN,
                channel=Channel.PHONE,
                priority=Priority.NORMAL,
                subject="-",
                body="-",
                customer_level=ticket.customer_level,
                callback_mode=CallbackMode.NEVER,
                parties=sorted(ticket.parties),
                received_at=now,
                opened_at=now,
                updated_at=now,
            )
            for number, ticket in enumerate(facts)
        ],
        batch_size=5000,
    )
