"""What one may do to a ticket now: the same table and guards that the verbs themselves go through."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from gongdan.core.flow.kinds import OUTCOME_TITLES
from gongdan.core.tickets.access import may
from gongdan.core.tickets.actions import extending
from gongdan.core.tickets.actions.card_of import STATES, cards_for
from gongdan.core.tickets.actions.catalogue import VERBS
from gongdan.core.tickets.actions.follow import item_words
from gongdan.core.tickets.actions.guard import node_forbids, usable_items
from gongdan.core.tickets.actions.hindrance import hindrance, signing
from gongdan.core.tickets.actions.process import outcomes_of
from gongdan.core.tickets.actions.registry import Verb
from gongdan.core.tickets.actions.reopen import tasks_visited
from gongdan.core.tickets.actions.return_ticket import targets_of
from gongdan.core.tickets.actions.withdraw import callable_off
from gongdan.core.tickets.actions.work import Work
from gongdan.core.tickets.models import WorkItem
from gongdan.kernel.errors import GongdanError

Action = dict[str, Any]


def actions(work: Work) -> list[Action]:
    """Every verb that is possible now, most likely first, with what its panel needs."""
    found = [
        action
        for verb in sorted(VERBS.values(), key=lambda one: one.order)
        if (action := _action(work, verb))
    ]
    return [{**action, "primary": index == 0} for index, action in enumerate(found)]


def _action(work: Work, verb: Verb) -> Action | None:
    if work.grants is not None and not may(work.grants, verb.right, work.facts):
        return None
    if work.ticket.state not in verb.states or node_forbids(work, verb):
        return None
    items = usable_items(work, verb)
    if verb.uses is not None and not items:
        return None
    if verb.check is not None:
        try:
            verb.check(work)
        except GongdanError:
            return None
    more = _MORE[verb.name](work, items) if verb.name in _MORE else {}
    if more is None:
        return None
    return {"verb": verb.name, "items": [item.pk for item in items], "reason_owed": verb.owes_reason, **more}


def _process(work: Work, found: list[WorkItem]) -> Action | None:
    items = _unhindered(work, found)
    if not items:
        return None
    outcomes = {item.pk: _titled(work, item, outcomes_of(work, item)) for item in items}
    return {
        "items": [item.pk for item in items],
        "outcomes": outcomes[items[0].pk],
        "outcomes_by_item": {str(key): value for key, value in outcomes.items()},
    }


def _unhindered(work: Work, items: list[WorkItem]) -> list[WorkItem]:
    return [item for item in items if hindrance(work, item) is None]


def _resolve(work: Work, items: list[WorkItem]) -> Action | None:
    return {} if _unhindered(work, items) else None


def _countersign(work: Work, items: list[WorkItem]) -> Action | None:
    free = [item.pk for item in items if not signing(work, item)]
    return {"items": free} if free else None


def _call_back(work: Work, items: list[WorkItem]) -> Action:
    node = work.node(items[0])
    return {"script": node.script, "tries": items[0].tries, "tries_allowed": node.tries}


def _titled(work: Work, item: WorkItem, outcomes: tuple[str, ...]) -> list[Action]:
    own = work.node(item).outcome_titles
    return [
        {"code": code, "title": dict(own.get(code) or OUTCOME_TITLES.get(code) or {"en": code})}
        for code in outcomes
    ]


def _return(work: Work, items: list[WorkItem]) -> Action | None:
    nodes = work.definition.nodes
    targets = [
        {
            "seq": target.visit_seq,
            "node": target.node,
            "title": dict(nodes[target.node].title),
            "modes": list(target.modes),
            "approvals_again": [dict(nodes[code].title) for code in target.approvals_again],
            "cancels": len(target.cancels),
        }
        for target in targets_of(work, items[0])
    ]
    return {"return_targets": targets} if targets else None


def _withdraw(work: Work, items: list[WorkItem]) -> Action:
    return {"callable_off": [{"id": item.pk, **item_words(item)} for item in callable_off(work)]}


def _reopen(work: Work, items: list[WorkItem]) -> Action:
    nodes = work.definition.nodes
    return {"nodes": [{"node": code, "title": dict(nodes[code].title)} for code in tasks_visited(work)]}


def _cards(verb: str) -> Callable[[Work, list[WorkItem]], Action]:
    return lambda work, items: {"cards": [card.pk for card in cards_for(work, verb)]}


def _extend(work: Work, items: list[WorkItem]) -> Action | None:
    """What the policy still allows; not offered once the limit has passed or nothing is left."""
    rule = extending.rules(work)
    open_ = [item for item in items if extending.is_open(work, item)]
    if not open_:
        return None
    words: Action = {"items": [item.pk for item in open_]}
    if rule is not None:
        words["extension"] = {
            "most": rule.most,
            "granted": extending.granted(work, open_[0]),
            "longest": {
                "amount": rule.longest_amount,
                "unit": rule.longest_unit,
                "working": rule.working,
            },
            "decided_by": rule.decided_by,
        }
    return words


_MORE = {
    "extend": _extend,
    **{verb: _cards(verb) for verb in STATES},
    "process": _process,
    "resolve": _resolve,
    "countersign": _countersign,
    "call_back": _call_back,
    "return": _return,
    "withdraw": _withdraw,
    "reopen": _reopen,
}
