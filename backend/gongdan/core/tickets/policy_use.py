"""Where policies meet flows and tickets: the nodes a policy may name, and the open tickets a version would take hold of.

A version takes hold of tickets it would be chosen for now and that are not pinned to it, and lets go of tickets that
are pinned to any version of its policy and no longer fall under it. Drafts are left alone: they choose when submitted.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from gongdan.core.customers.contract import FIELD
from gongdan.core.customers.models import Customer
from gongdan.core.flow.models import Flow
from gongdan.core.sla.choose import Candidate, Chosen, candidate, candidates, first_of
from gongdan.core.sla.published import version_of
from gongdan.core.tickets import flows, reckoning
from gongdan.core.tickets.actions.apply_policy import apply_policy
from gongdan.core.tickets.models import LIVING, State, Ticket
from gongdan.kernel import reference
from gongdan.kernel.actor import Actor

PAGE = 500  # tickets read at a time


@dataclass(frozen=True, slots=True)
class Touched:
    """An open ticket and the version it would be pinned to instead; None: no policy any more."""

    ticket: Ticket
    chosen: Chosen | None


def known_flows() -> Mapping[str, Mapping[str, bool]]:
    """{flow: {node: whether people work there}} of the current versions. One statement when not cached."""
    return reference.get("policies.flows", _flows)


def apply_version(code: str, number: int, *, actor: Actor) -> int:
    """Pin every open ticket this version touches anew, each in its own transaction; how many there were.

    Safe to do again: what is done already is not touched. Raises NotFound (unknown_policy, unknown_policy_version).
    """
    chosen = version_of(code, number)
    count, before = 0, None
    while page := page_of_living(before):
        for one in touched(page, chosen):
            version_id = one.chosen.version_id if one.chosen else None
            count += apply_policy(one.ticket.pk, version_id, actor=actor)
        before = page[-1].pk
    return count


def page_of_living(before: int | None, most: int = PAGE) -> list[Ticket]:
    """Open tickets, newest first, older than the id `before`. Walks the index of living tickets."""
    living = Ticket.objects.filter(LIVING).exclude(state=State.DRAFT)
    if before is not None:
        living = living.filter(pk__lt=before)
    return list(living.order_by("-pk")[:most])


def touched(tickets: Sequence[Ticket], version: Chosen) -> Iterator[Touched]:
    """Those of `tickets` that `version` would take hold of or let go of, if it were its policy's current one.

    One statement, for the customers' contracts.
    """
    order = _order_with(version)
    contracts = _contracts(tickets)
    for ticket in tickets:
        chosen = first_of(order, reckoning.facts_of(ticket, contracts.get(ticket.customer_id or 0, "")))
        pinned = reckoning.pinned_policy(ticket)
        if _moves(pinned, chosen, version):
            yield Touched(ticket, chosen)


def _moves(pinned: Chosen | None, chosen: Chosen | None, version: Chosen) -> bool:
    if chosen is version:
        return pinned is None or pinned.version_id != version.version_id
    return pinned is not None and pinned.code == version.code


def _order_with(version: Chosen) -> list[Candidate]:
    """The policies as they are tried, this version in its policy's place. One that is switched off is not tried."""
    return [candidate(version) if one.code == version.code else one for one in candidates()]


def _contracts(tickets: Sequence[Ticket]) -> dict[int, str]:
    ids = {ticket.customer_id for ticket in tickets if ticket.customer_id}
    rows = Customer.objects.filter(pk__in=ids).values_list("pk", f"fields__{FIELD}")
    return {pk: str(contract or "") for pk, contract in rows}


def _flows() -> Mapping[str, Mapping[str, bool]]:
    current = Flow.objects.filter(current__isnull=False).order_by("code").values_list("code", "current_id")
    return {code: _nodes(version_id) for code, version_id in current}


def _nodes(flow_version_id: int) -> Mapping[str, bool]:
    nodes = flows.pinned(flow_version_id).definition.nodes
    return {code: node.is_human for code, node in nodes.items()}
