"""Which limit holds where: the policy's for a node, else the flow's own, else the policy's for every node.

A policy's limit for the whole wins over the flow's. A lead or an escalation that stands in a flow counts in the time of
the limit it belongs to.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, cast

from gongdan.core.calendar.duration import Duration
from gongdan.core.flow.definition import Definition, Kind, Node
from gongdan.core.flow.phrases import PhraseError, read_timeout
from gongdan.core.sla.contracts import Do, Lead, Limit, Rung, Standstill, Terms

Unit = Literal["minutes", "hours", "days"]


def process_limit(definition: Definition, terms: Terms | None) -> Limit | None:
    """How long the whole may take."""
    if terms is not None and terms.process is not None:
        return terms.process
    return _of_flow(definition.limit, definition.yellow, ())


def node_limit(flow: str, node: Node, terms: Terms | None) -> Limit | None:
    """How long a stay at the node may take; a callback's is the policy's for callbacks."""
    if terms is not None:
        for one in terms.nodes:
            if (one.flow, one.node) == (flow, node.code):
                return one
        if node.kind is Kind.CALLBACK and terms.callback is not None:
            return terms.callback
    own = _of_flow(node.limit, node.yellow, node.on_timeout)
    if own is not None or terms is None or node.kind in (Kind.START, Kind.CALLBACK):
        return own
    return terms.every_node


def _of_flow(limit: Duration | None, yellow: Duration | None, on_timeout: Sequence[str]) -> Limit | None:
    if limit is None:
        return None
    leads = (Lead(amount=yellow.amount, unit=cast(Unit, yellow.unit)),) if yellow is not None else ()
    do = tuple(done for phrase in on_timeout if (done := _do(phrase)) is not None)
    return Limit(
        amount=limit.amount,
        unit=cast(Unit, limit.unit),
        working=limit.working,
        yellow=leads,
        ladder=(Rung(when="at", do=do),) if do else (),
    )


def _do(phrase: str) -> Do | None:
    """What a flow's `on_timeout` says; the red card needs no saying."""
    try:
        what, whom = read_timeout(phrase)
    except PhraseError:  # a version from before the phrases were checked
        return None
    return None if what == "red_card" else Do.model_validate({"what": what, "whom": whom or None})


def standstill_of(paused_for: str) -> Standstill:
    """Which standstill a pause is: for the customer, or another."""
    return "customer" if paused_for == "customer" else "pause"
