"""How a listener says which events it wants: `@on("TicketClosed", consumer="notify")` above a function.

Promise to the function: it is called with every event of these types at least once, in the order of each subject,
with no transaction open. It must be idempotent by `event.id`. If it raises, the event is parked and tried again (see
`relay`). Work that waits for others (HTTP) must not be done inside a transaction, since that would hold the feed back.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from gongdan.outbox import registry
from gongdan.outbox.feed import Event

Handler = Callable[[Event], None]


@dataclass(slots=True)
class Consumer:
    """A listener with a cursor of its own, and what it does with which type of event."""

    name: str
    handlers: dict[str, tuple[Handler, ...]] = field(default_factory=dict)


_consumers: dict[str, Consumer] = {}
CONSUMERS: Mapping[str, Consumer] = MappingProxyType(_consumers)


def on(*types: str, consumer: str) -> Callable[[Handler], Handler]:
    """Let the decorated function handle events of `types` for `consumer`. Unknown types raise UndeclaredEvent."""
    unknown = [name for name in types if name not in registry.TYPES]
    if unknown:
        raise registry.UndeclaredEvent(f"{consumer} listens to {unknown}, which the catalogue does not know.")

    def register(handler: Handler) -> Handler:
        mine = _consumers.setdefault(consumer, Consumer(consumer))
        for name in types:
            mine.handlers[name] = (*mine.handlers.get(name, ()), handler)
        return handler

    return register
