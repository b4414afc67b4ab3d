"""Noting in a ticket that a call is about it: by the verbs that are done during a call, and afterwards by hand."""

from __future__ import annotations

from gongdan.core.interactions.for_tickets import NotedCall, noted_call
from gongdan.core.staff.grants import StaffGrants
from gongdan.core.tickets import contracts
from gongdan.core.tickets.access import may
from gongdan.core.tickets.actions import guard, write
from gongdan.core.tickets.actions.work import Work
from gongdan.core.tickets.call_models import TicketCall
from gongdan.kernel.errors import Forbidden
from gongdan.kernel.phone import mask

RIGHT = "ticket.append"


def with_call(request: contracts.OpenTicket, grants: StaffGrants | None) -> contracts.OpenTicket:
    """What a new ticket takes over from the call it comes from, where the request does not say it itself.

    Raises NotFound unknown_call, for a call one may not see too.
    """
    if request.call_id is None:
        return request
    call = noted_call(request.call_id, grants)
    phone = request.requester.phone or call.number
    return request.model_copy(
        update={
            "channel": "phone",
            "customer_id": request.customer_id or call.customer_id,
            "requester": request.requester.model_copy(update={"phone": phone}),
        }
    )


def note(work: Work, call_id: int | None, how: str) -> None:
    """Say in the ticket's track that this call is about it; once per call, so a repeat changes nothing.

    Raises NotFound unknown_call.
    """
    if call_id is None or _noted(work, call_id):
        return
    call = noted_call(call_id, work.grants)
    work.extras.append(
        TicketCall(ticket_id=work.ticket.pk, call_id=call.id, how=how, by_id=work.actor.staff_id, at=work.now)
    )
    _say(work, call, how)


def _noted(work: Work, call_id: int) -> bool:
    return not work.fresh and TicketCall.objects.filter(ticket_id=work.ticket.pk, call_id=call_id).exists()


def _say(work: Work, call: NotedCall, how: str) -> None:
    work.say(
        "CallNoted",
        call_id=call.id,
        how=how,
        direction=call.direction,
        began_at=call.began_at.isoformat(),
        line=call.line,
        menu=call.menu,
        caller=mask(call.number) if call.number else "",
    )


def link_call(work: Work, call_id: int) -> None:
    """Note a call in a locked ticket by hand. The ticket itself stays as it is, so nobody's page is stale.

    Raises NotFound unknown_call, ticket_not_found; Forbidden no_right.
    """
    guard.require_visible(work)
    if work.grants is not None and not may(work.grants, RIGHT, work.facts):
        raise Forbidden("no_right", "You have no right to add to this ticket.", verb="append")
    note(work, call_id, "linked")
    if not work.events:
        return
    write.keep_track(work)
    for extra in work.extras:
        extra.save()
