"""What there is in an exchange: calls, channels, bridges, phones, queues; and what happens to them. No dialect here."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from gongdan.config.simulate.timeline import Due

State = Literal["down", "ring", "ringing", "up", "gone"]
By = Literal["customer", "agent", "system"]
# queue: rings for a queue; direct: rings for whoever dialled it; consult: before a transfer; conference: to join a talk;
# originate: is to be put through to `aim` once it answers; spy: hears `spies_on`.
Purpose = Literal["queue", "direct", "consult", "conference", "originate", "spy"]
Transfer = Literal["", "blind", "attended", "conference"]

# Every kind of happening: who (`channel`), with whom (`other`), where (`bridge`), and further `facts`.
KINDS = frozenset(
    "channel state executed digit menu dial dialled joined left_queue abandoned offered connected unanswered completed "
    "variable bridge enter leave bridge_gone held resumed blind_transfer attended_transfer hangup recording recorded paused "
    "spying".split()
)


@dataclass(eq=False)
class Channel:
    """One party's line into the exchange. `extension` is empty outside; `calling`: it called, it was not called."""

    serial: int
    call: Call
    number: str
    extension: str
    calling: bool
    dialled: str
    born: datetime
    state: State = "down"
    bridge: Bridge | None = None
    held: bool = False
    answered: datetime | None = None
    caller: Channel | None = None  # who it rings for
    queue: str = ""  # for which queue it rings
    purpose: Purpose = "direct"  # why it is called
    own_id: str = ""  # what whoever asked for it wants it to be called
    aim: str = ""  # what it is to be put through to once it answers
    left: Bridge | None = None  # the talk it left to consult somebody
    consult: Channel | None = None  # whom it consults
    spies_on: Channel | None = None
    ring_over: Due | None = None
    waits_in: str = ""  # the queue it waits in
    joined: datetime | None = None
    hung_up_by: By = "system"

    @property
    def live(self) -> bool:
        return self.state != "gone"


@dataclass(eq=False)
class Bridge:
    """Where channels hear each other."""

    serial: int
    members: list[Channel] = field(default_factory=list)
    conference: bool = False


@dataclass(eq=False)
class Call:
    """One conversation and what is true of it, whatever anybody was told. `plan`: how its people will behave."""

    serial: int
    kind: Literal["inbound", "outbound", "internal"]
    caller: str
    line: str
    began: datetime
    plan: Plan
    channels: list[Channel] = field(default_factory=list)
    queues: list[str] = field(default_factory=list)
    stays: list[tuple[str, str]] = field(default_factory=list)  # (queue, answered | abandoned | overflowed)
    talked: list[str] = field(default_factory=list)  # extensions that answered
    missed: list[str] = field(default_factory=list)
    transfers: list[tuple[str, str]] = field(default_factory=list)  # (mode, to)
    recording: str = ""  # the file's name
    recorded_from: datetime | None = None
    ended: datetime | None = None
    ended_by: By | None = None

    @property
    def first(self) -> Channel:
        return self.channels[0]

    @property
    def customer(self) -> Channel | None:
        return next((one for one in self.channels if not one.extension), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How the people of one call behave; seconds. `talk` 0: until somebody acts. `ring`: at this extension only."""

    after: float = 0.0
    number: str = ""
    line: str = ""
    menu: str = ""
    label: str = ""
    menu_seconds: float = 6.0
    queue: str = ""
    patience: float = 0.0  # waits so long; 0: for ever
    pick_up: float = 4.0
    miss: bool = False  # the first phone that rings is not answered
    refuse: bool = False
    talk: float = 0.0
    hold: tuple[float, float] | None = None  # after so long, for so long
    transfer: Transfer = ""
    agent_ends: bool = False
    recorded: bool = True
    recording_comes: bool = True
    ring: str = ""


@dataclass(eq=False)
class Phone:
    """An extension's phone. `robot`: answers and talks by the call's plan; else only commands move it."""

    extension: str
    robot: bool = True
    member: bool = True  # of the queues
    paused: bool = False
    reason: str = ""
    ringing: Channel | None = None
    lines: list[Channel] = field(default_factory=list)
    free_from: datetime | None = None  # after-call work of robots
    last_end: datetime | None = None
    calls_taken: int = 0


@dataclass(eq=False)
class Queue:
    """A queue: who waits, in order, and how long a phone rings."""

    name: str
    ring_seconds: float = 15.0
    most_seconds: float = 600.0  # after which it overflows
    waiting: list[Channel] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """Something that just happened, told to whoever listens."""

    kind: str
    at: datetime
    channel: Channel | None = None
    other: Channel | None = None
    bridge: Bridge | None = None
    facts: dict[str, Any] = field(default_factory=dict)

    @property
    def who(self) -> Channel:
        assert self.channel is not None
        return self.channel

    @property
    def whom(self) -> Channel:
        assert self.other is not None
        return self.other

    @property
    def where(self) -> Bridge:
        assert self.bridge is not None
        return self.bridge
