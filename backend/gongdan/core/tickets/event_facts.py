"""What conditions may ask about the ticket of an event, for readers of the event feed: many tickets at once.

The facts are those of now, not of the moment of the event, as is who may see it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from gongdan.core.catalogue import resolve
from gongdan.core.tickets.models import Ticket

_PLAIN = ("kind", "customer_level", "channel", "priority", "state", "tags", "card", "supervision")
FACTS = frozenset({"category", *_PLAIN})


def ticket_facts(ticket_ids: Collection[int]) -> dict[int, Mapping[str, object]]:
    """Facts by ticket id; `category` is a list: its code and those of its ancestors. One statement, none for no ids."""
    if not ticket_ids:
        return {}
    rows = Ticket.objects.filter(pk__in=ticket_ids).values_list("pk", "category_id", *_PLAIN)
    return {
        pk: {"category": _codes(category_id), **dict(zip(_PLAIN, plain, strict=True))}
        for pk, category_id, *plain in rows
    }


def _codes(category_id: int) -> list[str]:
    known = resolve.tree().by_id
    mine = known.get(category_id)
    return [known[one].code for one in mine.path_ids if one in known] if mine else []
