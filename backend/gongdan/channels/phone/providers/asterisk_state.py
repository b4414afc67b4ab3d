"""What the reader of Asterisk's events remembers: the channels there are, the call of each, who shares a bridge."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field

MOST_LEGS = 20_000  # remembered at once; what is beyond lost its end
MOST_JOINS = 2_000
MOST_GONE = 5_000


@dataclass(slots=True)
class Leg:
    """A channel. `extension` "" is the customer's side. `rang`: told as ringing; `talks`: told as answered."""

    id: str
    name: str
    call: str
    extension: str
    inner: bool
    rang: bool = False
    talks: bool = False
    began: bool = False  # its party made the call
    outside: bool = False  # a number outside that was dialled in an inbound call: neither agent nor customer
    hung_up: bool = False  # its own side asked for the end
    bridge: str = ""
    recording: str = ""


@dataclass(slots=True)
class Conversation:
    """A call as Asterisk's linked ids make it. `queue`: where the caller waits now. `spoken`: some signal told of it."""

    key: str
    direction: str = ""
    told: bool = False
    spoken: bool = False
    queue: str = ""
    talked: bool = False
    ended_by: str = ""
    legs: dict[str, Leg] = field(default_factory=dict)

    @property
    def real(self) -> list[Leg]:
        return [leg for leg in self.legs.values() if not leg.inner]


class State:
    """Bounded: the oldest is forgotten first."""

    def __init__(self) -> None:
        self.legs: OrderedDict[str, Leg] = OrderedDict()
        self.calls: dict[str, Conversation] = {}
        self.bridges: dict[str, dict[str, Leg]] = {}
        self.gone: OrderedDict[str, None] = OrderedDict()
        self.joins: OrderedDict[str, str] = OrderedDict()

    def call(self, key: str) -> Conversation:
        return self.calls.setdefault(key, Conversation(key))

    def add(self, leg: Leg) -> Leg:
        self.legs[leg.id] = leg
        call = self.call(leg.call)
        call.legs[leg.id] = leg
        if not leg.inner:
            call.ended_by = ""
        while len(self.legs) > MOST_LEGS:
            self.remove(next(iter(self.legs.values())))
        return leg

    def remove(self, leg: Leg) -> None:
        """It is gone: what is still told of it later makes no new channel."""
        self.legs.pop(leg.id, None)
        self.leave_bridge(leg)
        self._leave_call(leg)
        self.gone[leg.id] = None
        while len(self.gone) > MOST_GONE:
            self.gone.popitem(last=False)

    def move(self, leg: Leg, key: str) -> None:
        """The leg belongs to another call from now on."""
        self._leave_call(leg)
        leg.call = key
        self.call(key).legs[leg.id] = leg

    def _leave_call(self, leg: Leg) -> None:
        call = self.calls.get(leg.call)
        if call is not None:
            call.legs.pop(leg.id, None)
            if not call.legs:
                del self.calls[leg.call]

    def enter_bridge(self, leg: Leg, bridge: str, instead_of: str) -> list[Leg]:
        """Who is in the bridge besides."""
        self.leave_bridge(leg)
        leg.bridge = bridge
        inside = self.bridges.setdefault(bridge, {})
        inside.pop(instead_of, None)
        others = list(inside.values())
        inside[leg.id] = leg
        return others

    def leave_bridge(self, leg: Leg) -> None:
        inside = self.bridges.get(leg.bridge)
        if inside is not None:
            inside.pop(leg.id, None)
            if not inside:
                del self.bridges[leg.bridge]
        leg.bridge = ""

    def join(self, linked: str, key: str) -> None:
        """Channels of this linked id belong to the call `key`."""
        self.joins[linked] = key
        while len(self.joins) > MOST_JOINS:
            self.joins.popitem(last=False)
