"""Asking others before a verb: the proposal that interceptors see, and what their verdict means.

Only what could be done now is asked about: right, state and sight are checked first. A refusal is kept in the ticket's
track; so are the decisions of those who let the change pass, together with it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ValidationError

from gongdan.core.ports import Decision, Proposal, Verdict, ports
from gongdan.core.tickets import flows, names, reckoning, rows
from gongdan.core.tickets.actions.work import Work
from gongdan.core.tickets.field_facts import field_facts
from gongdan.kernel import deed
from gongdan.kernel.actor import Actor
from gongdan.kernel.errors import Conflict, Invalid

SPOILT = "it changed this into something that cannot be done"
Args = TypeVar("Args", bound=BaseModel)
NOT_ASKED_ABOUT = "import"  # records what happened elsewhere, many verbs in one transaction


@dataclass(frozen=True, slots=True)
class Asked(Generic[Args]):
    """What came of asking: the arguments to go on with, the ticket's version that was shown (None: a new one)."""

    args: Args
    version: int | None
    decisions: tuple[Decision, ...]


def wanted(verb: str, actor: Actor) -> bool:
    return actor.via != NOT_ASKED_ABOUT and ports.interception.wanted(verb)


def ask(
    verb: str,
    args: Args,
    *,
    actor: Actor,
    refused: Callable[[Verdict], None],
    work: Work | None = None,
    facts: Mapping[str, object] | None = None,
) -> Asked[Args]:
    """Ask everybody who registered. `facts` where they are not those of the `work`.

    Raises, after `refused`, Conflict intercepted with the sentence for the user, or interceptor_unavailable.
    """
    given = args.model_dump(mode="json", exclude_unset=True)
    verdict = ports.interception.ask(proposal(verb, given, actor=actor, work=work, facts=facts))
    if verdict.refusal is not None:
        refused(verdict)
        raise _refusal(verdict.refusal)
    asked = Asked(args, work.ticket.version if work else None, verdict.decisions)
    if verdict.args == given:
        return asked
    try:
        return replace(asked, args=_changed(args, verdict.args))
    except Invalid:
        if not _droppable(asked):
            raise
        return without_changes(asked, args)


def _droppable(asked: Asked[Any]) -> bool:
    """Whether everybody who changed something lets the verb pass without them."""
    return all(one.open for one in asked.decisions if one.changed)


def without_changes(asked: Asked[Args], args: Args) -> Asked[Args]:
    """The verb as the user gave it; what was changed counts as a failure of who changed it."""
    told = tuple(
        replace(one, decision="failed", sentence=SPOILT, changed=()) if one.changed else one
        for one in asked.decisions
    )
    return replace(asked, args=args, decisions=told)


def proposal(
    verb: str,
    given: Mapping[str, Any],
    *,
    actor: Actor,
    work: Work | None = None,
    facts: Mapping[str, object] | None = None,
) -> Proposal:
    """What interceptors are shown: `given` are the verb's arguments as JSON."""
    known = facts_of(work) if work is not None else {}
    also = {"verb": verb, "outcome": given.get("outcome")}
    return Proposal(verb, _ticket(work), given, _actor(actor), {**known, **(facts or {}), **also})


def _changed(args: Args, values: Mapping[str, Any]) -> Args:
    try:
        return type(args).model_validate(values)
    except ValidationError as error:
        place = ".".join(str(part) for part in error.errors()[0]["loc"])
        raise _nonsense(place) from error


@contextmanager
def answerable(asked: Asked[Any] | None) -> Iterator[None]:
    """What cannot be done because an interceptor changed it so is not the user's mistake: deed.Spoilt where those who
    changed it are open on failure, else Invalid interceptor_nonsense."""
    try:
        yield
    except Invalid as error:
        changed = {name for one in asked.decisions for name in one.changed} if asked else set()
        wrong = {str(error.field), *(f"fields.{one['field']}" for one in error.params.get("errors", ()))}
        if not changed & wrong:
            raise
        if asked is not None and _droppable(asked):
            raise deed.Spoilt from error
        raise _nonsense(", ".join(sorted(changed & wrong))) from error


def _nonsense(place: str) -> Invalid:
    sentence = "An interceptor changed this into something that cannot be done."
    return Invalid("interceptor_nonsense", sentence, field=place)


def _refusal(decision: Decision) -> Conflict:
    if decision.decision != "refuse":
        return Conflict(
            "interceptor_unavailable",
            "A check that must be passed first does not answer now; try again later.",
            interceptor=decision.interceptor,
        )
    sentence = decision.sentence or "This was refused by a check."
    return Conflict("intercepted", sentence, interceptor=decision.interceptor, reason=sentence)


def say(work: Work, verb: str, decisions: tuple[Decision, ...]) -> None:
    """Put the decisions into the track."""
    if decisions:
        words = [
            {key: value for key, value in asdict(one).items() if key != "open" and value not in ("", ())}
            for one in decisions
        ]
        work.say("TicketIntercepted", verb=verb, decisions=words)


def _ticket(work: Work | None) -> Mapping[str, Any] | None:
    if work is None:
        return None
    ticket = work.ticket
    return {
        "id": ticket.pk,
        "number": ticket.number,
        "version": ticket.version,
        "state": ticket.state,
        "kind": ticket.kind,
        "category": rows.category_words(ticket.category_id)["code"],
        "flow": flows.pinned(ticket.flow_version_id).code,
        "channel": ticket.channel,
        "priority": ticket.priority,
        "subject": ticket.subject,
        "body": ticket.body,
        "fields": ticket.fields,
        "tags": ticket.tags,
        "customer_id": ticket.customer_id,
        "customer_level": ticket.customer_level,
        "required_end": ticket.required_end.isoformat() if ticket.required_end else None,
        "present": [
            {
                "item": item.pk,
                "node": item.node,
                "department": names.department_name(item.department_id),
                "handler": names.staff_name(item.handler_id),
            }
            for item in work.open_items
        ],
    }


def _actor(actor: Actor) -> Mapping[str, Any]:
    return {
        "kind": actor.kind,
        "id": actor.staff_id or actor.customer_id,
        "name": actor.name,
        "via": actor.via,
    }


def facts_of(work: Work) -> Mapping[str, object]:
    """What conditions may ask about a ticket: what policies may."""
    return reckoning.facts_of(work.ticket, work.contract or "")


def facts_to_be(work: Work, fields: Mapping[str, Any]) -> Mapping[str, object]:
    """`facts_of` a ticket that is not opened yet. Own fields that do not fit their form are left out: opening refuses
    them afterwards, with their names."""
    known = facts_of(work)
    try:
        return {**field_facts(work.ticket.form_version_id, fields), **known}
    except (ValueError, ArithmeticError):
        return known
