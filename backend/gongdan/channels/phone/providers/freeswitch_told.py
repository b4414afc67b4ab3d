"""What a reader's functions are given and give. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from gongdan.channels.phone.providers.freeswitch_legs import Conversation, Leg, Sides, State
from gongdan.channels.phone.providers.freeswitch_protocol import Event
from gongdan.core.interactions.phone_signals import Kind


@dataclass(frozen=True, slots=True)
class Told:
    """A signal to be: its kind, its call, and what else it says (names of phone_signals.Signal)."""

    kind: Kind
    call: str
    words: dict[str, Any] = field(default_factory=dict)
    at: datetime | None = None


@dataclass(slots=True)
class Happened:
    """An event at hand, and what is known. `expected`: what a leg that we asked for is to dial."""

    event: Event
    at: datetime
    leg: Leg | None
    state: State
    sides: Sides
    digits: bool
    folders: tuple[str, ...]
    expected: str = ""

    @property
    def own(self) -> Leg:
        assert self.leg is not None
        return self.leg

    @property
    def call(self) -> Conversation:
        return self.state.call_of(self.own)

    def get(self, name: str) -> str:
        return self.event.get(name, "")


def of_party(kind: Kind, leg: Leg, *, at: datetime | None = None, **words: Any) -> Told:
    """A signal about the party of a leg; `at` if not now."""
    leg.told = True
    return Told(kind, leg.call, {"party": leg.extension, "leg": leg.id, **words}, at)
