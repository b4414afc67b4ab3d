"""Which types of events there are: filled by the core's catalogue, asked by `log` at every append.

Promise: what is not declared cannot be appended. A type is declared once, with its fields, and never changes its
meaning; a new meaning is a new `version` (DESIGN: frozen, closed, versioned).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class EventType:
    """One type of event. `fields` must all stand in its data, `optional` may, nothing else does.

    `right` is what one must have to see such an event; for tickets it reaches as far as the right does.
    """

    name: str
    subject: str
    doc: str
    fields: frozenset[str] = frozenset()
    optional: frozenset[str] = frozenset()
    version: int = 1
    right: str = "ticket.view"


class UndeclaredEvent(Exception):
    """A programming error: an event that is not in the catalogue, or whose data do not fit its declaration."""


_types: dict[str, EventType] = {}
TYPES: Mapping[str, EventType] = MappingProxyType(_types)


def declare(types: Iterable[EventType]) -> None:
    """Add types to the catalogue. Declaring a name twice with different contents raises UndeclaredEvent."""
    for kind in types:
        known = _types.setdefault(kind.name, kind)
        if known != kind:
            raise UndeclaredEvent(f"{kind.name} is declared twice, differently.")


def check(subject: str, name: str, version: int, data: Mapping[str, object]) -> None:
    """Raise UndeclaredEvent unless such an event may be appended. Well under a microsecond when it may."""
    kind = _types.get(name)
    if kind is not None and kind.subject == subject and kind.version == version:
        keys = data.keys()
        if keys == kind.fields:
            return
        if kind.fields <= keys and keys <= kind.fields | kind.optional:
            return
    raise UndeclaredEvent(_complaint(kind, subject, name, version, data))


def _complaint(
    kind: EventType | None, subject: str, name: str, version: int, data: Mapping[str, object]
) -> str:
    if kind is None:
        return f"{name} is not in the catalogue of events."
    if kind.subject != subject or kind.version != version:
        return f"{name} is declared for {kind.subject} in version {kind.version}, not {subject} {version}."
    missing = sorted(kind.fields - data.keys())
    surplus = sorted(data.keys() - kind.fields - kind.optional)
    return f"{name}: missing {missing}, not declared {surplus}."
