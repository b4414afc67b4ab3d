"""A per-process cache of reference data (organisation, rights, catalogue, flows) that is never stale.

`refresh()` reads one small row at the start of a request or job; when the revision moved, everything cached is dropped.
A revision is bumped in the transaction that changes the data, and what a revision shows is loaded after it was read,
so a reader never keeps something older than the revision it knows. Measured reason: it replaces four to six queries
of every request by one.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Any, TypeVar, cast

from gongdan.kernel import sql

T = TypeVar("T")


@dataclass
class _Known:
    """What this process has seen; replaced as a whole, so that readers need no lock."""

    revision: int | None = None
    values: dict[Hashable, Any] = field(default_factory=dict)


_lock = threading.Lock()
_process = {"known": _Known()}


def refresh() -> None:
    """Drop the cache if anything changed since it was filled. One statement."""
    found = sql.first("SELECT revision FROM kernel_referencerevision WHERE id = 1")
    seen(int(found[0][0]) if found else 0)


def seen(revision: int) -> None:
    """Tell the cache which revision the database showed (for callers that read it along with something else)."""
    with _lock:
        if revision != _process["known"].revision:
            _process["known"] = _Known(revision)


def get(key: Hashable, load: Callable[[], T]) -> T:
    """The cached value of `key`, loaded on first use. Do not use inside a transaction that changed it."""
    values = _process["known"].values
    try:
        return cast(T, values[key])
    except KeyError:
        value = load()
        values[key] = value
        return value


def forget() -> None:
    """Drop everything now; the next `refresh` starts anew."""
    with _lock:
        _process["known"] = _Known()
