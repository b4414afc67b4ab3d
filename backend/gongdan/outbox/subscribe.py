"""How a listener says which events it wants: `@on("TicketClosed", consumer="notify")` above a function.

Promise to the function: it is called with every event of these types at least once, in the order of each subject,
with no transaction open. It must be idempotent by `event.id`. If it raises, the event is parked and tried again (see
`relay`). Work that waits for others (HTTP) must not be done inside a transaction, since that would hold the feed back.

`@on_batch(…)` is for a listener that handles many events with one statement: it is called with a list of events in
the feed's order. If it raises, each of them is handed to it alone, so that parking works the same.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import wraps
from types import MappingProxyType

from gongdan.outbox import registry
from gongdan.outbox.feed import Event

Handler = Callable[[Event], None]
BatchHandler = Callable[[Sequence[Event]], None]


@dataclass(slots=True)
class Consumer:
    """A listener with a cursor of its own, and what it does with which type of event, or with many at once."""

    name: str
    handlers: dict[str, tuple[Handler, ...]] = field(default_factory=dict)
    batch: BatchHandler | None = None


_consumers: dict[str, Consumer] = {}
CONSUMERS: Mapping[str, Consumer] = MappingProxyType(_consumers)


def on(*types: str, consumer: str) -> Callable[[Handler], Handler]:
    """Let the decorated function handle events of `types` for `consumer`. Unknown types raise UndeclaredEvent."""
    _require_known(types, consumer)

    def register(handler: Handler) -> Handler:
        mine = _consumers.setdefault(consumer, Consumer(consumer))
        for name in types:
            mine.handlers[name] = (*mine.handlers.get(name, ()), handler)
        return handler

    return register


def on_batch(*types: str, consumer: str) -> Callable[[BatchHandler], BatchHandler]:
    """Let the decorated function handle lists of events of `types`; it is this consumer's only handler."""
    _require_known(types, consumer)

    def register(handler: BatchHandler) -> BatchHandler:
        if consumer in _consumers:
            raise ValueError(f"{consumer} has a handler already; one that takes batches is the only one.")

        @wraps(handler)
        def alone(event: Event) -> None:
            handler([event])

        _consumers[consumer] = Consumer(consumer, dict.fromkeys(types, (alone,)), handler)
        return handler

    return register


def _require_known(types: Sequence[str], consumer: str) -> None:
    unknown = [name for name in types if name not in registry.TYPES]
    if unknown:
        raise registry.UndeclaredEvent(f"{consumer} listens to {unknown}, which the catalogue does not know.")
