"""What a dialect must be able to do. Adding a telephone system's language is one module in `providers/`.

A dialect has two halves: a pure reader from its messages to signals, and a connection that brings messages and carries
out commands. The engine does the rest: keeps one connection per system, reconnects, stores, hands over.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from gongdan.core.interactions.contracts import RawSignal

# What a page may ask of a call, with the arguments of each. A dialect says which it can (`capabilities`).
# answer, hold, resume, hang_up: {leg}; transfer: {leg, to, mode: blind|attended}; complete_transfer, cancel_transfer:
# {leg}; conference: {leg, to}; dtmf: {leg, digits}; dial: {extension, number, caller_id?}; listen, whisper, barge,
# take_over: {leg, extension}; pause, unpause: {extension, reason?}.
COMMANDS = frozenset(
    "answer hold resume hang_up transfer complete_transfer cancel_transfer conference dtmf dial "
    "listen whisper barge take_over pause unpause".split()
)


@dataclass(frozen=True, slots=True)
class SystemSettings:
    """A telephone system as its connection needs it; secrets in clear, never logged.

    `extensions`: its active extensions, each with the channel by which the system dials it ("" for the system's usual
    way). The engine keeps this mapping up to date while the connection lives; anything else that is changed makes a
    new connection. `keys` (a ring of kernel.signing) are an HTTP system's, for both ways.
    """

    id: int
    code: str
    dialect: str
    host: str
    port: int
    username: str
    secret: str
    settings: Mapping[str, Any]
    control_address: str = ""
    recording_address: str = ""
    allowed_networks: tuple[str, ...] = ()
    version: int = 1
    extensions: Mapping[str, str] = field(default_factory=dict)
    keys: Sequence[Mapping[str, str | None]] = ()

    def __repr__(self) -> str:
        return f"SystemSettings({self.code}, {self.dialect}, {self.host}:{self.port})"


class Refused(Exception):
    """The system answered and does not let us in; the words say why. Trying again soon is pointless."""


class CommandFailed(Exception):
    """The system did not do it; the words say why, in English, without secrets."""


@dataclass(frozen=True, slots=True)
class KnownCall:
    """A call of the system that we believe to be under way: when it began, and its parties' live legs (leg: party)."""

    began_at: datetime
    legs: Mapping[str, str] = field(default_factory=dict)


class Intake(Protocol):
    """Where messages go. `take` waits while too much is waiting, so that a flood slows its sender, not us.

    It cuts what is too long and never raises for what a message holds; `intake.unreadable` makes one of garbage.
    """

    async def take(self, messages: Sequence[RawSignal]) -> None: ...


class Connection(Protocol):
    """One connection's life. Made anew by the engine after each loss.

    `capabilities` (of COMMANDS) may depend on the settings; the engine writes them down once `ready` was called. A
    system that is not connected to (HTTP) is ready at once, and its `run` lasts until `close`.
    """

    capabilities: frozenset[str]

    async def run(self) -> None:
        """Connect, sign in, resynchronise (below), read until the connection is lost; then return or raise OSError.

        Raises Refused. Calls `ready()` (given at construction) once signals flow. Resynchronising: calls that the
        system has and we do not know are told as if their signals had come; calls of ours it no longer has are told
        as VANISHED.
        """

    async def command(self, verb: str, args: Mapping[str, Any]) -> None:
        """Carry out one of COMMANDS; returns when the system accepted it. Raises CommandFailed."""

    async def close(self) -> None: ...


class ConnectionMaker(Protocol):
    """What a dialect's class is to the engine (`providers.DIALECTS` names it). Making one does nothing yet.

    `ready`: to be called once signals flow. `live_calls`: our calls under way in this system by key, after everything
    given to `intake` before was stored; ask it after the system has told its own.
    """

    def __call__(
        self,
        settings: SystemSettings,
        intake: Intake,
        ready: Callable[[], None],
        live_calls: Callable[[], Awaitable[Mapping[str, KnownCall]]],
    ) -> Connection: ...
