"""Whether the limit of a paused ticket stands still with it: each limit says which standstill counts.

Reckoned from the versions the ticket keeps, which are read once; no statement while they are warm.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gongdan.core.sla.choose import terms_of
from gongdan.core.sla.contracts import Limit
from gongdan.core.tickets import flows, limits
from gongdan.core.tickets.models import State


def stands(ticket: Mapping[str, Any], node: str = "") -> bool:
    """Of the ticket's whole, or of its stay at a node; what has no limit of its own is due with the whole.

    `ticket`: state, paused_for, flow_version_id, policy_version_id.
    """
    if ticket["state"] != State.PAUSED:
        return False
    limit = _limit(ticket, node)
    return limit is None or limits.standstill_of(ticket["paused_for"]) in limit.pauses


def _limit(ticket: Mapping[str, Any], node: str) -> Limit | None:
    flow = flows.pinned(ticket["flow_version_id"])
    chosen = terms_of(ticket["policy_version_id"]) if ticket["policy_version_id"] else None
    terms = chosen.terms if chosen else None
    stay = flow.definition.nodes.get(node)
    own = limits.node_limit(flow.code, stay, terms) if stay else None
    return own or limits.process_limit(flow.definition, terms)
