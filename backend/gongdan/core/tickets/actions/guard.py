"""May this verb be done now, by this person, on which work item? Refusals have a stable code and a sentence."""

from __future__ import annotations

from gongdan.core.flow.definition import DEFAULT_VERBS, allowed_verbs
from gongdan.core.tickets.access import may
from gongdan.core.tickets.actions.registry import Verb
from gongdan.core.tickets.actions.whose import is_avoided
from gongdan.core.tickets.actions.work import Work
from gongdan.core.tickets.models import Duty, ItemState, WorkItem
from gongdan.core.tickets.names import staff_name
from gongdan.kernel.errors import Conflict, Forbidden, GongdanError, NotFound


def require_visible(work: Work) -> None:
    """A ticket one may not see does not exist for one (404, not 403)."""
    if work.grants is not None and not may(work.grants, "ticket.view", work.facts):
        raise NotFound("ticket_not_found", "There is no such ticket, or it is not yours to see.")


def require_right(work: Work, verb: Verb) -> None:
    if work.grants is not None and not may(work.grants, verb.right, work.facts):
        raise Forbidden("no_right", f"You have no right to {verb.name} this ticket.", verb=verb.name)


def require_state(work: Work, verb: Verb) -> None:
    if work.ticket.state not in verb.states:
        raise Conflict(
            "wrong_state",
            f"A ticket that is {work.ticket.state} cannot be changed by {verb.name}.",
            state=work.ticket.state,
            verb=verb.name,
        )


def require_node(work: Work, verb: Verb) -> None:
    """A verb on the ticket as a whole, taken away by every node the ticket is at, cannot be done."""
    if node_forbids(work, verb):
        raise Conflict("verb_not_here", f"{verb.name} is not possible at this node.", verb=verb.name)


def node_forbids(work: Work, verb: Verb) -> bool:
    nodes = [work.node(item) for item in work.open_items] if verb.uses is None else []
    return bool(nodes) and all(
        verb.name in DEFAULT_VERBS[node.kind] and verb.name not in allowed_verbs(node) for node in nodes
    )


def usable_items(work: Work, verb: Verb) -> list[WorkItem]:
    """The open work items this person may do the verb on."""
    if verb.uses is None:
        return []
    return [item for item in work.open_items if verb.uses(work, item) and _node_allows(work, verb, item)]


def _node_allows(work: Work, verb: Verb, item: WorkItem) -> bool:
    if not verb.node_verb or item.duty != Duty.LEAD:
        return True
    return verb.name in allowed_verbs(work.node(item))


def chosen_item(work: Work, verb: Verb, wanted: int | None) -> WorkItem | None:
    """The work item the verb acts on, or a refusal that says why there is none."""
    if verb.uses is None:
        return None
    usable = usable_items(work, verb)
    if wanted is not None:
        usable = [item for item in usable if item.pk == wanted]
    if not usable:
        raise _why_not(work, verb, wanted)
    if wanted is None and len({item.token for item in usable}) > 1:
        raise Conflict(
            "item_required",
            "Several of this ticket's work items could be meant; say which.",
            items=[item.pk for item in usable],
        )
    return min(usable, key=lambda item: (item.state != ItemState.ACCEPTED, item.seq))


def _why_not(work: Work, verb: Verb, wanted: int | None) -> GongdanError:
    items = [item for item in work.open_items if wanted is None or item.pk == wanted]
    if not items:
        return Conflict("no_open_item", "Nothing is open here any more; the ticket has moved on.")
    if verb.name == "accept":
        taken = [item for item in items if item.state == ItemState.ACCEPTED]
        if taken:
            return already_accepted(taken[0])
        if any(is_avoided(work, item) for item in items):
            return Forbidden("another_reviewer", "This must be handled by somebody other than last time.")
    mine = [item for item in items if item.handler_id == work.actor.staff_id]
    if any(item.state == ItemState.WAITING for item in mine) and verb.name != "accept":
        return Conflict("accept_first", "Accept the work item first.", verb=verb.name)
    if mine:
        return Conflict("verb_not_here", f"{verb.name} is not possible at this node.", verb=verb.name)
    return Conflict(
        "not_handler",
        f"Only whoever handles this work item can {verb.name} it.",
        verb=verb.name,
        handler=staff_name(items[0].handler_id),
    )


def already_accepted(item: WorkItem) -> Conflict:
    name = staff_name(item.handler_id)
    at = item.accepted_at.isoformat() if item.accepted_at else ""
    return Conflict("already_accepted", f"{name} has already accepted this work item.", handler=name, at=at)
