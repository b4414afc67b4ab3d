"""The ledger: from a call's signals to what the call is. Pure, and a function of the set of signals alone.

Signals come twice, late, in any order, or never. Repeats are dropped, the rest is put in order by the time the
telephone system told, and reckoned from the beginning each time; so the order of arrival cannot matter. What is missing
is concluded from what is there; docs/calls.md says how.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import fields
from operator import attrgetter
from typing import Any

from gongdan.core.interactions.call_state import CallState
from gongdan.core.interactions.ledger_close import closed
from gongdan.core.interactions.ledger_fold import Fold
from gongdan.core.interactions.phone_signals import Kind, Signal

# What does not show that a call still lives: after it was lost sight of, these may be mere echoes.
_ECHOES = frozenset(
    {Kind.RECORDED, Kind.VANISHED, Kind.ENDED, Kind.PARTY_LEFT, Kind.RING_ENDED, Kind.LEFT_QUEUE}
)

# By these; the rest only so that two that differ in anything stand in one order wherever they come from.
_FIRST = ("at", "order", "key")
_place = attrgetter(*_FIRST, *(field.name for field in fields(Signal) if field.name not in _FIRST))
_identity = attrgetter("key", "kind", "party", "to", "ref")


def reckon(signals: Iterable[Signal]) -> CallState:
    """What the signals of one call add up to. Raises ValueError when there are none at all."""
    told = in_order(signals)
    if not told:
        raise ValueError("A call has at least one signal.")
    end = _end(told)
    fold = Fold(told, end.at if end else None)
    for signal in told:
        fold.take(signal)
    return closed(fold, end)


def in_order(signals: Iterable[Signal]) -> list[Signal]:
    """Each signal once, in the order of the call. Of two that differ under one key the first by that order stands."""
    once: dict[tuple[Any, ...], Signal] = {}
    for signal in sorted(signals, key=_place):
        once.setdefault(_identity(signal), signal)
    return list(once.values())


def _end(told: Sequence[Signal]) -> Signal | None:
    """The signal that ends the call: the first ENDED; else a VANISHED after which the call showed no life."""
    for signal in told:
        if signal.kind is Kind.ENDED:
            return signal
    found = None
    for signal in reversed(told):
        if signal.kind is Kind.VANISHED:
            found = signal
        elif signal.kind not in _ECHOES:
            break
    return found
