"""Submit (提交): the form is filled in at the intake; the ticket goes on its way."""

from __future__ import annotations

from gongdan.core.flow import engine
from gongdan.core.flow.definition import Kind
from gongdan.core.tickets import contracts, own_fields
from gongdan.core.tickets.actions import clocks
from gongdan.core.tickets.actions.follow import follow
from gongdan.core.tickets.actions.registry import verb
from gongdan.core.tickets.actions.use import item_of
from gongdan.core.tickets.actions.whose import holds_lead
from gongdan.core.tickets.actions.work import Work, flow_facts, marking_of
from gongdan.core.tickets.models import Duty, State, WorkItem


def at_intake(work: Work, item: WorkItem) -> bool:
    """I hold it at the start node, or it came back to me there."""
    mine = item.handler_id == work.actor.staff_id or work.grants is None
    at_start = item.node_kind == Kind.START and item.duty == Duty.LEAD
    return at_start and (mine or holds_lead(work, item))


@verb(
    "submit",
    contracts.Submit,
    order=5,
    states=frozenset({State.DRAFT, State.OPEN}),
    uses=at_intake,
    node_verb=True,
)
def submit(work: Work, args: contracts.Submit) -> None:
    item = item_of(work, "submit", args)
    send_off(work, item, args.fields)


def send_off(work: Work, item: WorkItem, fields: dict[str, object]) -> None:
    """Check the whole form and let the ticket leave the intake."""
    ticket = work.ticket
    own_fields.fill(work, work.node(item), fields)
    clocks.begin(work)
    ticket.state = State.OPEN
    step = engine.advance(work.definition, marking_of(ticket), item.token, None, flow_facts(work))
    work.say("TicketSubmitted", **follow(work, step))
    say_endings(work)


def say_endings(work: Work) -> None:
    """When the flow's step resolved or ended the ticket, that is an event of its own."""
    ticket = work.ticket
    if ticket.resolved_at == work.now and ticket.state in (State.RESOLVED, State.CLOSED):
        work.say("TicketResolved", resolved_at=work.now.isoformat(), callback=ticket.state == State.RESOLVED)
    if ticket.state == State.CLOSED:
        work.say("TicketClosed", actual_end=work.now.isoformat(), satisfaction=ticket.satisfaction)
