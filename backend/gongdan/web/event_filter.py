"""Which events a reader of the feed wants: types, a subject, one ticket, a condition. Frozen, so that it can be a key.

A condition is in the language of core.conditions, over FACTS: the event's `type`, `subject`, `actor.kind` and
`actor.via`, and those of its ticket (core/tickets/event_facts). Events of other subjects have no ticket's facts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from gongdan.core import conditions
from gongdan.core.conditions import Condition, ConditionError
from gongdan.core.tickets import event_facts
from gongdan.kernel.errors import Invalid
from gongdan.outbox import registry
from gongdan.outbox.feed import Event

OF_EVENT = frozenset({"type", "subject", "actor.kind", "actor.via"})
FACTS = OF_EVENT | event_facts.FACTS
LONGEST = 1000  # characters of a condition; it travels in an address


@dataclass(frozen=True, slots=True)
class Filter:
    """What is empty excludes nothing. `ticket` is a number."""

    types: tuple[str, ...] = ()
    subject: str = ""
    ticket: str = ""
    condition: str = ""

    @property
    def asks_facts(self) -> bool:
        """Whether the ticket's facts must be known to decide."""
        return bool(self.condition)

    def takes(self, event: Event, number: str | None, facts: Mapping[str, object]) -> bool:
        """Whether it wants the event of the ticket `number` (None: of another subject) with the ticket's `facts`."""
        if self.types and event.type not in self.types:
            return False
        if self.subject and event.subject != self.subject:
            return False
        if self.ticket and number != self.ticket:
            return False
        return not self.condition or conditions.matches(
            _parsed(self.condition), {**facts, **_facts_of(event)}
        )


def made(
    types: Sequence[str] | None, subject: str | None, ticket: str | None, condition: str | None
) -> Filter:
    """A filter of what was asked. Raises Invalid: unknown_event_type, unknown_subject, unusable_condition."""
    for name in types or ():
        if name not in registry.TYPES:
            raise Invalid("unknown_event_type", f"There is no event type “{name}”.", field="type", type=name)
    if subject and subject not in {kind.subject for kind in registry.TYPES.values()}:
        raise Invalid("unknown_subject", f"No event is about “{subject}”.", field="subject", subject=subject)
    if condition:
        _require_usable(condition)
    return Filter(tuple(dict.fromkeys(types or ())), subject or "", ticket or "", condition or "")


def _require_usable(condition: str) -> None:
    try:
        unknown = sorted(conditions.names(_parsed(condition)) - FACTS)
    except ConditionError as error:
        raise _unusable(error.message) from None
    if unknown:
        raise _unusable(f"“{unknown[0]}” is not known of events")


def _unusable(why: str) -> Invalid:
    return Invalid("unusable_condition", f"The condition cannot be used: {why}.", field="condition", why=why)


@lru_cache(maxsize=256)
def _parsed(condition: str) -> Condition:
    return conditions.parse(condition)


def _facts_of(event: Event) -> dict[str, object]:
    return {
        "type": event.type,
        "subject": event.subject,
        "actor.kind": event.actor.get("kind"),
        "actor.via": event.actor.get("via"),
    }
