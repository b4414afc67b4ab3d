"""Note (内部备注): words among staff. A mentioned colleague may see the ticket from then on, and is told."""

from __future__ import annotations

from gongdan.core.tickets import contracts, names
from gongdan.core.tickets.actions.messages import ALWAYS, EXCERPT, add_message
from gongdan.core.tickets.actions.registry import verb
from gongdan.core.tickets.actions.work import Work
from gongdan.core.tickets.models import MessageKind
from gongdan.kernel.errors import Invalid


@verb("note", contracts.Note, order=45, states=ALWAYS)
def note(work: Work, args: contracts.Note) -> None:
    unknown = [one for one in args.mentions if names.person(one) is None]
    if unknown:
        raise Invalid("unknown_person", "There is no such person.", field="mentions", ids=unknown)
    add_message(work, MessageKind.NOTE, args)
    work.add_parties(f"p:{one}" for one in args.mentions)
    work.say("TicketNoted", excerpt=args.body[:EXCERPT], notify=list(args.mentions))
