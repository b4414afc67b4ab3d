"""What readers of the event feed need of tickets to decide who may see an event: many at once."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from gongdan.core.tickets.access import TicketFacts
from gongdan.core.tickets.models import Ticket


class Sighted(NamedTuple):
    """A ticket as the feed's readers know it."""

    number: str
    subject: str
    facts: TicketFacts


def sighted(ticket_ids: Collection[int]) -> dict[int, Sighted]:
    """What is known by ticket id, as they are now. One statement, none for no ids."""
    if not ticket_ids:
        return {}
    columns = ("pk", "number", "subject", "parties", "category_id", "customer_level")
    rows = Ticket.objects.filter(pk__in=ticket_ids).values_list(*columns)
    return {
        pk: Sighted(number, subject, TicketFacts(frozenset(parties), category_id, level))
        for pk, number, subject, parties, category_id, level in rows
    }


def ticket_id_of(number: str) -> int | None:
    """The id behind a number, None if there is none."""
    return Ticket.objects.filter(number=number).values_list("pk", flat=True).first()
