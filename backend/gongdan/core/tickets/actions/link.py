"""Link (关联): two tickets that belong together; one must be allowed to see both."""

from __future__ import annotations

from django.db.models import Q

from gongdan.core.tickets import contracts
from gongdan.core.tickets.access import may
from gongdan.core.tickets.actions.messages import ALWAYS
from gongdan.core.tickets.actions.registry import verb
from gongdan.core.tickets.actions.work import Work, facts_of
from gongdan.core.tickets.models import Link, Ticket
from gongdan.kernel.errors import Conflict, Invalid


@verb("link", contracts.LinkTicket, order=95, states=ALWAYS)
def link(work: Work, args: contracts.LinkTicket) -> None:
    other = Ticket.objects.filter(number=args.other).first()
    if other is None or (work.grants is not None and not may(work.grants, "ticket.view", facts_of(other))):
        raise Invalid("unknown_ticket", "There is no such ticket, or it is not yours to see.", field="other")
    if other.pk == work.ticket.pk:
        raise Invalid("link_to_itself", "A ticket is not linked to itself.", field="other")
    same = Q(ticket=work.ticket, other=other)
    if args.kind == "related":  # it says the same from both ends
        same |= Q(ticket=other, other=work.ticket)
    if Link.objects.filter(same, kind=args.kind).exists():
        raise Conflict("linked_already", "These two are linked already.", number=other.number)
    work.extras.append(Link(ticket=work.ticket, other=other, kind=args.kind, at=work.now))
    work.say("TicketLinked", other=other.number, kind=args.kind)
