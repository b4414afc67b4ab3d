"""A channel as an event shows it, found among those remembered or learned from the event itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from gongdan.channels.phone.providers.asterisk_channels import SPY, Sides, is_inner
from gongdan.channels.phone.providers.asterisk_protocol import Message
from gongdan.channels.phone.providers.asterisk_state import Conversation, Leg, State
from gongdan.core.interactions.phone_signals import Kind


@dataclass(frozen=True, slots=True)
class Told:
    """A signal to be: what happened in which call."""

    kind: Kind
    call: str
    words: dict[str, Any]


Telling = Iterator[Told]
_UNIQUE = re.compile(r"([0-9]{1,12})\.([0-9]{1,12})$")
_NEVER = 10**12


@dataclass(slots=True)
class View:
    """What handlers read and change."""

    sides: Sides
    state: State = field(default_factory=State)

    def leg(self, event: Message, prefix: str = "") -> Leg | None:
        """The event's channel (`dest` for DestChannel and so on); None for one that is not there, is gone, or is our own spy."""
        channel, unique = event.get(f"{prefix}channel"), event.get(f"{prefix}uniqueid")
        linked = event.get(f"{prefix}linkedid") or event.get("linkedid") or unique
        if not channel or not unique or SPY in (unique[: len(SPY)], linked[: len(SPY)]):
            return None
        known = self.state.legs.get(unique)
        if known is not None:
            known.name = channel
            return known
        if unique in self.state.gone:
            return None
        call = self.state.joins.get(linked, linked)
        return self.state.add(Leg(unique, channel, call, self.sides.extension_of(channel), is_inner(channel)))

    def call(self, leg: Leg) -> Conversation:
        return self.state.call(leg.call)

    def say(self, kind: Kind, leg: Leg, **words: Any) -> Told:
        """A signal of this leg's party."""
        return Told(kind, leg.call, {"party": leg.extension, "leg": leg.name, **words})

    def answered(self, leg: Leg) -> Telling:
        """An agent's phone talks, if that was not told yet; whoever made the call is not told: they do not answer it."""
        if leg.inner or leg.outside or leg.talks:
            return
        call = self.call(leg)
        leg.talks = True
        if leg.extension:
            call.talked = True
            if not leg.began:
                yield self.say(Kind.ANSWERED, leg, queue=call.queue)
        elif call.direction == "outbound":
            yield self.say(Kind.ANSWERED, leg)

    def move(self, leg: Leg, key: str) -> Telling:
        """A channel came into another call: it talks there, and the old call is over when nobody is left in it."""
        old = self.call(leg)
        if old.key == key:
            return
        self.state.move(leg, key)
        if leg.extension:
            leg.began, leg.talks = False, False
            yield from self.answered(leg)
            if old.spoken:
                yield Told(
                    Kind.PARTY_LEFT, old.key, {"party": leg.extension, "leg": leg.name, "by": "system"}
                )
        if old.spoken and not old.real:
            old.spoken = False
            yield Told(Kind.ENDED, old.key, {"by": "system", "cause": "merged"})


def older(one: str, other: str) -> str:
    """The linked id of the channel that was there first: `1700000000.12`, perhaps with the system's name before it."""
    return min(one, other, key=_age)


def _age(linked: str) -> tuple[int, int, str]:
    found = _UNIQUE.search(linked)
    return (int(found[1]), int(found[2]), linked) if found else (_NEVER, 0, linked)
