"""What a dialect must be able to do. Adding a telephone system's language is one module in `providers/`.

A dialect has two halves: a pure reader from its messages to signals, and a connection that brings messages and carries
out commands. The engine does the rest: keeps one connection per system, reconnects, stores, hands over.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
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
    """A telephone system as its connection needs it; secrets in clear, never logged."""

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

    def __repr__(self) -> str:
        return f"SystemSettings({self.code}, {self.dialect}, {self.host}:{self.port})"


class Refused(Exception):
    """The system answered and does not let us in; the words say why. Trying again soon is pointless."""


class CommandFailed(Exception):
    """The system did not do it; the words say why, in English, without secrets."""


class Intake(Protocol):
    """Where messages go. `take` waits while too much is waiting, so that a flood slows its sender, not us."""

    async def take(self, messages: Sequence[RawSignal]) -> None: ...


class Connection(Protocol):
    """One connection's life. Made anew by the engine after each loss."""

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
