"""What the signals of a call say in words: its numbers, its direction, who did it. Pure; only the ledger uses it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from gongdan.core.interactions.call_state import Party
from gongdan.core.interactions.phone_signals import Kind, Signal

DIRECTIONS = frozenset({"inbound", "outbound", "internal"})
_PARTIES = frozenset({"customer", "agent", "system"})


def party_word(by: str) -> Party:
    """The word if it is one of ours, else ""."""
    return cast(Party, by) if by in _PARTIES else ""


def first_word(told: Sequence[Signal], name: str) -> str:
    """What the call's beginning says; without one, what anything says first."""
    began = [str(getattr(signal, name)) for signal in told if signal.kind is Kind.BEGAN]
    others = [str(getattr(signal, name)) for signal in told]
    return next((word for word in (*began, *others) if word), "")


def direction_of(told: Sequence[Signal]) -> str:
    """inbound, outbound or internal. Where nobody says: a called customer's ringing tells that it is ours, and what an
    extension began is among extensions until more is known."""
    said = next((word for signal in told if (word := signal.direction) in DIRECTIONS), "")
    if said:
        return said
    kinds = {signal.kind for signal in told}
    if not kinds & {Kind.QUEUED, Kind.LEFT_QUEUE, Kind.MENU} and any(
        signal.kind is Kind.RINGING and not signal.party for signal in told
    ):
        return "outbound"
    return "internal" if any(signal.kind is Kind.BEGAN and signal.party for signal in told) else "inbound"
