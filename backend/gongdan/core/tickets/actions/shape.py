"""The shape of every verb: ask, then lock → guard → decide → write → append in one transaction.

The same function serves the API, imports, automations and the command line. Actor is keyword-only and required.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from gongdan.core.flow.engine import EngineError
from gongdan.core.ports import Verdict
from gongdan.core.staff.grants import grants_of
from gongdan.core.tickets.actions import asking, guard, write
from gongdan.core.tickets.actions.registry import VERBS, Verb
from gongdan.core.tickets.actions.work import OPEN_STATES, Work, all_items
from gongdan.core.tickets.contracts import ItemSummary, VerbArgs, VerbResult
from gongdan.core.tickets.models import Ticket, WorkItem
from gongdan.kernel import clock, deed, sql
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
    return deed.run(Performing(name, number, args, actor, at))


@dataclass
class Performing:
    """One verb on one ticket: others are asked first, if anybody wants to be (`kernel.deed`)."""

    name: str
    number: str
    args: VerbArgs
    actor: Actor
    at: datetime | None = None
    asked: asking.Asked[VerbArgs] | None = None

    @property
    def asks(self) -> bool:
        return asking.wanted(self.name, self.actor)

    def ask(self) -> None:
        """Show interceptors the change as it would be made now. Raises what the verb would, and their refusal."""
        work = view(_found("number = %s", self.number), actor=self.actor, at=self.at)
        self._guard(work)
        self.asked = asking.ask(self.name, self.args, actor=self.actor, work=work, refused=self._refused)

    def _refused(self, verdict: Verdict) -> None:
        """A refusal changes nothing but the track."""
        with unit():
            work = lock(self.number, actor=self.actor, at=self.at)
            asking.say(work, self.name, verdict.decisions)
            write.keep_track(work)

    def act(self) -> VerbResult:
        """Make the change. Raises deed.ChangedMeanwhile when it is no longer the one that was asked about, and
        deed.Spoilt, once, when it can only be done without what interceptors changed."""
        try:
            return self._act()
        except deed.Spoilt:
            assert self.asked is not None
            self.asked = asking.without_changes(self.asked, self.args)
            raise

    def _act(self) -> VerbResult:
        verb, args = VERBS[self.name], self.asked.args if self.asked else self.args
        with unit():
            work = lock(self.number, actor=self.actor, at=self.at)
            if self.asked is not None and work.ticket.version != self.asked.version:
                raise deed.ChangedMeanwhile
            self._guard(work)
            if self.asked is not None:
                asking.say(work, self.name, self.asked.decisions)
            with asking.answerable(self.asked):
                act(verb, work, args)
            write.flush(work)
        return result_of(work)

    def _guard(self, work: Work) -> None:
        verb = VERBS[self.name]
        guard.require_visible(work)
        guard.require_right(work, verb)
        refuse_stale(work, self.args.version)
        guard.require_state(work, verb)
        guard.require_node(work, verb)
        if verb.check is not None:
            verb.check(work)


def lock(number: str, *, actor: Actor, at: datetime | None = None) -> Work:
    """The ticket's row, locked, with its open work items."""
    return view(_found("number = %s FOR NO KEY UPDATE", number), actor=actor, at=at)


def _found(condition: str, number: str) -> Ticket:
    found = sql.fetch(Ticket, condition, [number])
    if not found:
        raise NotFound("ticket_not_found", "There is no such ticket, or it is not yours to see.")
    return found[0]


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
    last = next(one for one in reversed(work.events) if one.type != "CallNoted")
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
