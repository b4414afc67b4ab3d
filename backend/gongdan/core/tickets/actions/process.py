"""Process (处理): my part of a work item is done, with outcome and result.

For a task or approval the ticket moves on; somebody asked for an opinion, help or a signature gives it here too.
"""

from __future__ import annotations

from collections.abc import Sequence

from gongdan.core.flow import engine
from gongdan.core.flow.definition import Kind
from gongdan.core.tickets import contracts, own_fields
from gongdan.core.tickets.actions import write
from gongdan.core.tickets.actions.follow import end_item, follow, item_words
from gongdan.core.tickets.actions.hindrance import refuse_hindered
from gongdan.core.tickets.actions.registry import verb
from gongdan.core.tickets.actions.submit import say_endings
from gongdan.core.tickets.actions.use import item_of
from gongdan.core.tickets.actions.visits import VOTES, vote_of
from gongdan.core.tickets.actions.whose import works_on
from gongdan.core.tickets.actions.work import OPEN_STATES, Work, flow_facts, marking_of
from gongdan.core.tickets.models import Duty, ItemState, State, WorkItem
from gongdan.kernel.errors import Invalid


def can_process(work: Work, item: WorkItem) -> bool:
    return (works_on(work, item) and item.node_kind not in (Kind.START, Kind.CALLBACK)) or _asked(work, item)


def _asked(work: Work, item: WorkItem) -> bool:
    return item.duty != Duty.LEAD and works_on(work, item)


@verb(
    "process",
    contracts.Process,
    order=1,
    states=frozenset({State.OPEN, State.RESOLVED}),
    uses=can_process,
    node_verb=True,
)
def process(work: Work, args: contracts.Process) -> None:
    item = item_of(work, "process", args)
    write.attach(work, args.attachments)
    if item.duty == Duty.LEAD:
        _lead(work, item, args)
    elif item.duty == Duty.SIGNER:
        _sign(work, item, args)
    else:
        _answer(work, item, args)


def outcomes_of(work: Work, item: WorkItem) -> tuple[str, ...]:
    """What may be chosen when this item is processed; empty where nothing is to be chosen."""
    if item.duty == Duty.SIGNER:
        return tuple(VOTES)
    return work.node(item).outcomes if item.duty == Duty.LEAD else ()


def _lead(work: Work, item: WorkItem, args: contracts.Process) -> None:
    refuse_hindered(work, item)
    node = work.node(item)
    outcome = _outcome(node.outcomes, args.outcome)
    if node.kind is Kind.TASK and not args.result:
        raise Invalid("result_required", "Say what was done.", field="result")
    ticket = work.ticket
    own_fields.fill(work, node, args.fields)
    step = engine.advance(work.definition, marking_of(ticket), item.token, outcome, flow_facts(work))
    moved = follow(work, step, outcome, args.result)
    work.say(
        "TicketProcessed",
        seq=item.seq,
        node=item.node,
        outcome=outcome,
        result=args.result,
        fields=sorted(args.fields),
        **moved,
    )
    say_endings(work)


def _outcome(possible: Sequence[str], chosen: str | None) -> str:
    if chosen is None and len(possible) == 1:
        return possible[0]
    if chosen is None:
        raise Invalid("outcome_required", "Choose an outcome.", field="outcome", outcomes=list(possible))
    if chosen not in possible:
        raise Invalid(
            "unknown_outcome", f"{chosen!r} is not an outcome here.", field="outcome", outcomes=list(possible)
        )
    return chosen


def _answer(work: Work, item: WorkItem, args: contracts.Process) -> None:
    """A co-handler's work or an asked person's opinion goes to the one in charge."""
    if not args.result:
        raise Invalid("result_required", "Say what you found.", field="result")
    end_item(work, item, ItemState.DONE, result=args.result)
    lead = next((one for one in work.open_items if one.pk == item.parent_id), None)
    notify = [lead.handler_id] if lead and lead.handler_id else []
    work.say("OpinionGiven", **item_words(item), result=args.result, notify=notify)


def _sign(work: Work, item: WorkItem, args: contracts.Process) -> None:
    vote = _outcome(tuple(VOTES), args.outcome)
    if vote == "disagree" and not args.result:
        raise Invalid("result_required", "Say why you disagree.", field="result")
    end_item(work, item, ItemState.DONE, outcome=vote, result=args.result)
    signers = _fellow_signers(work, item)
    node = work.node(item)
    agree = (item.needed, len(signers)) if item.needed else node.agree
    state = engine.countersign_state(agree, [vote_of(one) for one in signers])
    words = {**item_words(item), "outcome": vote, "result": args.result, "countersign": state}
    if state == "pending":
        work.say("OpinionGiven", **words)
    elif item.parent_id is not None:
        _end_asked_signatures(work, signers)
        lead = next((one for one in work.open_items if one.pk == item.parent_id), None)
        work.say("OpinionGiven", **words, notify=[lead.handler_id] if lead and lead.handler_id else [])
    else:
        _countersigned(work, item, state, words)


def _fellow_signers(work: Work, item: WorkItem) -> list[WorkItem]:
    """Those asked together with this one, itself included."""
    together = (item.token, item.parent_id, item.arrived_at)
    signers = [one for one in work.past if one.duty == Duty.SIGNER]
    return [one for one in signers if (one.token, one.parent_id, one.arrived_at) == together]


def _end_asked_signatures(work: Work, signers: Sequence[WorkItem]) -> None:
    for one in signers:
        if one.state in OPEN_STATES:
            end_item(work, one, ItemState.CANCELLED)


def _countersigned(work: Work, item: WorkItem, state: str, words: dict[str, object]) -> None:
    step = engine.advance(work.definition, marking_of(work.ticket), item.token, state, flow_facts(work))
    work.say("OpinionGiven", **words, **follow(work, step, state))
    say_endings(work)
