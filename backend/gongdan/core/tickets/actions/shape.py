"""The shape of every verb: lock → guard → decide → write → append, in one transaction.

The same function serves the API, imports, automations and the command line. Actor is keyword-only and required.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from gongdan.core.flow.engine import EngineError
from gongdan.core.staff.grants import grants_of
from gongdan.core.tickets.actions import guard, write
from gongdan.core.tickets.actions.registry import VERBS, Verb
from gongdan.core.tickets.actions.work import OPEN_STATES, Work, all_items
from gongdan.core.tickets.contracts import ItemSummary, VerbArgs, VerbResult
from gongdan.core.tickets.models import Ticket, WorkItem
from gongdan.kernel import clock, sql
from gongdan.kernel.actor import Actor
from gongdan.kernel.errors import Conflict, GongdanError, Invalid, NotFound
from gongdan.kernel.unit import unit

OPEN_OF_TICKET = "ticket_id = %s AND state IN ('waiting', 'accepted') ORDER BY seq"


def perform(
    name: str, number: str, args: VerbArgs, *, actor: Actor, at: datetime | None = None
) -> VerbResult:
    """Do verb `name` to ticket `number`. `at` is a historical moment and only for the system (imports).

    Raises NotFound (also for tickets one may not see), Forbidden, Conflict (state, staleness), Invalid.
    """
    verb = VERBS[name]
    with unit():
        work = lock(number, actor=actor, at=at)
        guard.require_visible(work)
        guard.require_right(work, verb)
        refuse_stale(work, args.version)
        guard.require_state(work, verb)
        guard.require_node(work, verb)
        if verb.check is not None:
            verb.check(work)
        act(verb, work, args)
        write.flush(work)
    return result_of(work)


def lock(number: str, *, actor: Actor, at: datetime | None = None) -> Work:
    """The ticket's row, locked, with its open work items."""
    found = sql.fetch(Ticket, "number = %s FOR NO KEY UPDATE", [number])
    if not found:
        raise NotFound("ticket_not_found", "There is no such ticket, or it is not yours to see.")
    return view(found[0], actor=actor, at=at)


def look(ticket: Ticket, *, actor: Actor) -> Work:
    """A `Work` that is only looked at, with its whole past read at once."""
    past = all_items(ticket.pk)
    work = _work(ticket, [item for item in past if item.state in OPEN_STATES], actor, None)
    work.past = past
    return work


def view(ticket: Ticket, *, actor: Actor, at: datetime | None = None) -> Work:
    """A `Work` over a ticket at hand, with its open work items."""
    return _work(ticket, sql.fetch(WorkItem, OPEN_OF_TICKET, [ticket.pk]), actor, at)


def _work(ticket: Ticket, items: list[WorkItem], actor: Actor, at: datetime | None) -> Work:
    return Work(
        ticket=ticket,
        items=items,
        actor=actor,
        grants=grants_of(actor.staff_id) if actor.staff_id else None,
        now=at or clock.now(),
    )


def refuse_stale(work: Work, version: int | None) -> None:
    if version is not None and version != work.ticket.version:
        raise Conflict(
            "stale_version",
            "Somebody changed this ticket since your page was loaded.",
            version=work.ticket.version,
            yours=version,
        )


def act(verb: Verb, work: Work, args: Any) -> None:
    """Run the verb's own part; what the flow refuses becomes a refusal with the engine's code."""
    try:
        verb.act(work, args)
    except EngineError as error:
        raise engine_refusal(error) from error


FIELDS = {"unknown_outcome": "outcome", "unknown_target": "target", "bad_mode": "mode"}
SENTENCES = {
    "unknown_outcome": "This is not an outcome of this node.",
    "unknown_target": "The ticket cannot be returned to there; choose one of the offered targets.",
    "bad_mode": "A return is made in mode redo or straight.",
    "cannot_withdraw": "This cannot be taken back any more; somebody has already begun.",
    "no_branch": "The flow knows no way on from here; it needs a better version.",
    "no_token": "The ticket has moved on.",
}


def engine_refusal(error: EngineError) -> GongdanError:
    """What the flow refuses, as a sentence; `place` is the node or token."""
    field = FIELDS.get(error.code)
    sentence = SENTENCES.get(error.code, "The flow does not allow this now.")
    if field is not None:
        return Invalid(error.code, sentence, field=field, place=error.place)
    return Conflict(error.code, sentence, place=error.place)


def result_of(work: Work) -> VerbResult:
    ticket = work.ticket
    last = work.events[-1]
    return VerbResult(
        id=ticket.pk,
        number=ticket.number,
        state=ticket.state,
        version=ticket.version,
        items=tuple(summary_of(item) for item in work.open_items),
        sentence={"code": last.type, "params": last.data},
    )


def summary_of(item: WorkItem) -> ItemSummary:
    return ItemSummary(
        id=item.pk,
        node=item.node,
        duty=item.duty,
        state=item.state,
        department_id=item.department_id,
        team_id=item.team_id,
        role=item.role,
        handler_id=item.handler_id,
        due_at=item.due_at,
    )
