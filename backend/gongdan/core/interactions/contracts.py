"""What this room's actions take and give: frozen values, never model instances."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from gongdan.core.interactions.phone_signals import Signal


@dataclass(frozen=True, slots=True, kw_only=True)
class RawSignal:
    """One message of a telephone system, to be kept before it is used. `key` is unique within the system."""

    key: str
    raw: str
    received_at: datetime
    call: str = ""
    signals: tuple[Signal, ...] = ()
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of a batch: calls that changed, people whose pages must look anew, messages seen before."""

    calls: frozenset[int]
    staff: frozenset[int]
    repeated: int
