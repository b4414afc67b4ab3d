"""What the verbs that add words to a ticket share."""

from __future__ import annotations

from gongdan.core.tickets import contracts
from gongdan.core.tickets.actions import write
from gongdan.core.tickets.actions.work import Work
from gongdan.core.tickets.models import Message, MessageKind, State

TALKING = frozenset({State.DRAFT, State.OPEN, State.PAUSED, State.RESOLVED})
ALWAYS = frozenset(State)
EXCERPT = 200


def add_message(work: Work, kind: MessageKind, args: contracts.Append) -> None:
    """A message by the actor, with its files."""
    message = Message(
        ticket_id=work.ticket.pk,
        kind=kind,
        body=args.body,
        author_id=work.actor.staff_id,
        author_name=work.actor.name,
        at=work.now,
    )
    work.messages.append(message)
    write.attach(work, args.attachments, message)


def handlers(work: Work) -> list[int]:
    """The people who have the ticket now, without the actor: they are told."""
    found = {item.handler_id for item in work.open_items if item.handler_id}
    return sorted(one for one in found if one != work.actor.staff_id)
