"""A ticket in a verb's hands: the locked row, its work items, and what will be written when the verb is done.

Nothing here talks to the database except the loading of the past; `write.flush` writes everything at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from typing import Any

from gongdan.core.flow import marking as markings
from gongdan.core.flow.definition import Definition, Node
from gongdan.core.staff.grants import StaffGrants
from gongdan.core.tickets.access import TicketFacts
from gongdan.core.tickets.field_facts import field_facts
from gongdan.core.tickets.flows import pinned
from gongdan.core.tickets.models import (
    CallbackAttempt,
    Card,
    Clock,
    Extension,
    ItemState,
    Link,
    Message,
    Ticket,
    TicketCall,
    WorkItem,
)
from gongdan.kernel import sql
from gongdan.kernel.actor import Actor
from gongdan.outbox.log import NewEvent

FAR_FUTURE = datetime(9999, 1, 1, tzinfo=UTC)
TICKING = "ticket_id = %s AND state IN ('running', 'paused') ORDER BY id"
OPEN_STATES = (ItemState.WAITING, ItemState.ACCEPTED)


@dataclass
class Work:
    """One verb's view of one ticket. `items` are the open ones; `past` loads the rest when it is needed.

    `contract` is the customer's, when it is known already. `void`: the ticket ends without having counted.
    """

    ticket: Ticket
    items: list[WorkItem]
    actor: Actor
    grants: StaffGrants | None
    now: datetime
    new_items: list[WorkItem] = field(default_factory=list)
    changed_items: dict[int, WorkItem] = field(default_factory=dict)
    messages: list[Message] = field(default_factory=list)
    extras: list[Extension | Link | CallbackAttempt | TicketCall] = field(default_factory=list)
    attach: list[tuple[int, Message | None]] = field(default_factory=list)
    events: list[NewEvent] = field(default_factory=list)
    new_clocks: list[Clock] = field(default_factory=list)
    changed_clocks: dict[int, Clock] = field(default_factory=dict)
    cards: list[Card] = field(default_factory=list)
    changed_cards: list[Card] = field(default_factory=list)
    contract: str | None = None
    void: bool = False
    fresh: bool = False

    @cached_property
    def definition(self) -> Definition:
        return pinned(self.ticket.flow_version_id).definition

    @cached_property
    def past(self) -> list[WorkItem]:
        """All work items of the ticket, oldest first; the open ones are the same objects as in `items`."""
        if self.fresh:
            return list(self.items)
        mine = {item.id: item for item in self.items}
        return [mine.get(item.id, item) for item in all_items(self.ticket.pk)]

    @cached_property
    def clocks(self) -> list[Clock]:
        """The ticket's clocks that run or stand still, in the order they started. Loaded by the verbs that need them."""
        if self.fresh:
            return []
        return sql.fetch(Clock, TICKING, [self.ticket.pk])

    @cached_property
    def all_cards(self) -> list[Card]:
        """Every card of the ticket, oldest first."""
        return sql.fetch(Card, "ticket_id = %s ORDER BY id", [self.ticket.pk])

    @cached_property
    def extensions(self) -> list[Extension]:
        """Every extension that was asked for, oldest first."""
        return sql.fetch(Extension, "ticket_id = %s ORDER BY id", [self.ticket.pk])

    @property
    def everything(self) -> list[WorkItem]:
        return [*self.past, *(item for item in self.new_items if item not in self.past)]

    @property
    def open_items(self) -> list[WorkItem]:
        return [item for item in (*self.items, *self.new_items) if item.state in OPEN_STATES]

    @property
    def facts(self) -> TicketFacts:
        return facts_of(self.ticket)

    def node(self, item: WorkItem) -> Node:
        return self.definition.nodes[item.node]

    def say(self, type_: str, **data: Any) -> None:
        """Append an event with this verb's data; what is empty is left out."""
        self.events.append(
            NewEvent(type_, {name: value for name, value in data.items() if value not in (None, "", [], {})})
        )

    def add_parties(self, tokens: Iterable[str]) -> None:
        known = self.ticket.parties
        self.ticket.parties = [*known, *dict.fromkeys(token for token in tokens if token not in known)]


def all_items(ticket_id: int) -> list[WorkItem]:
    """Every work item of a ticket, oldest first."""
    return sql.fetch(WorkItem, "ticket_id = %s ORDER BY seq", [ticket_id])


def facts_of(ticket: Ticket) -> TicketFacts:
    """What the permission rule looks at."""
    return TicketFacts(ticket.parties, ticket.category_id, ticket.customer_level)


def flow_facts(work: Work, **more: object) -> Mapping[str, object]:
    """What conditions may ask about: the ticket, its own fields, and outcomes of nodes already done."""
    ticket = work.ticket
    return {
        **field_facts(ticket.form_version_id, ticket.fields),
        **ticket.marking.get("o", {}),
        "kind": ticket.kind,
        "channel": ticket.channel,
        "priority": ticket.priority,
        "customer_level": ticket.customer_level,
        "subject": ticket.subject,
        "tags": ticket.tags,
        "urged": ticket.urged,
        "satisfaction": ticket.satisfaction,
        "callback_mode": ticket.callback_mode,
        "sampled_for_callback": ticket.sampled_for_callback,
        **more,
    }


def marking_of(ticket: Ticket) -> markings.Marking:
    return markings.from_json(ticket.marking)
