"""Tickets by the ids they had elsewhere: what an import asks before it opens anything again."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from gongdan.core.tickets.models import ENDED, Ticket


@dataclass(frozen=True, slots=True)
class KnownTicket:
    """`ended`: closed, cancelled or forced."""

    number: str
    state: str
    ended: bool


def tickets_by_external_id(external_ids: Collection[str]) -> dict[str, KnownTicket]:
    """The tickets among these external ids. One statement, none for no ids."""
    if not external_ids:
        return {}
    rows = Ticket.objects.filter(external_id__in=list(external_ids)).values_list(
        "external_id", "number", "state"
    )
    return {
        external: KnownTicket(number, state, state in ENDED) for external, number, state in rows if external
    }
