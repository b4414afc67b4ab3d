"""Taking in a batch of a system's messages: kept raw, read into calls, all in one transaction."""

from __future__ import annotations

from collections.abc import Sequence

from gongdan.core.interactions.contracts import RawSignal, Taken


def take_in(system_id: int, batch: Sequence[RawSignal]) -> Taken:
    """Keep `batch` and bring every call it touches up to date. What came before changes nothing."""
    raise NotImplementedError
