"""Every verb, with its right, the states it is possible in, and whose it is. The same table guards the verb and
tells the page what one may do now."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from gongdan.core.tickets.actions.work import Work
from gongdan.core.tickets.contracts import VerbArgs
from gongdan.core.tickets.models import State, WorkItem

Act = Callable[[Work, Any], None]
MayUse = Callable[[Work, WorkItem], bool]
Check = Callable[[Work], None]

LIVING_STATES = frozenset({State.DRAFT, State.OPEN, State.RESOLVED})


@dataclass(frozen=True, slots=True)
class Verb:
    """`uses` chooses the work items it can act on (None: it acts on the ticket as a whole).

    `node_verb`: the node's list of verbs must hold it. `check` refuses for reasons of its own by raising.
    `order` sorts the verbs on the page, most likely first.
    """

    name: str
    args: type[VerbArgs]
    act: Act
    states: frozenset[State]
    uses: MayUse | None
    node_verb: bool
    check: Check | None
    order: int

    @property
    def right(self) -> str:
        return f"ticket.{self.name}"

    @property
    def doc(self) -> str:
        """What the verb does, in the words of its file."""
        return (sys.modules[self.act.__module__].__doc__ or "").strip()

    @property
    def owes_reason(self) -> bool:
        reason = self.args.model_fields.get("reason")
        return reason is not None and reason.is_required()


VERBS: dict[str, Verb] = {}


def verb(
    name: str,
    args: type[VerbArgs],
    *,
    order: int,
    states: frozenset[State] = frozenset({State.OPEN}),
    uses: MayUse | None = None,
    node_verb: bool = False,
    check: Check | None = None,
) -> Callable[[Act], Act]:
    """Register a verb; the decorated function changes the `Work` and says the event."""

    def register(act: Act) -> Act:
        VERBS[name] = Verb(name, args, act, states, uses, node_verb, check, order)
        return act

    return register
