"""What a call is once its signals are reckoned up: frozen values, pure. `ledger.reckon` makes them.

Times are aware; durations whole seconds. A call is a conversation with a customer (or among extensions), however many
queues it waits in and however many people it passes.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Phase = Literal["begun", "waiting", "ringing", "talking", "held", "ended"]
# What became of an ended call. answered: an agent talked; abandoned: the caller hung up while waiting or in the menu;
# missed: it rang and nobody answered; refused: every ring was refused; unanswered: we called, they did not answer;
# failed: it never got through; lost: we lost sight of it before anybody answered.
Outcome = Literal["", "answered", "abandoned", "missed", "refused", "unanswered", "failed", "lost"]
TalkOutcome = Literal["ringing", "talking", "answered", "missed", "refused", "elsewhere", "cancelled"]
Party = Literal["", "customer", "agent", "system"]


@dataclass(frozen=True, slots=True)
class MenuChoice:
    """What the caller pressed, and the system's or the line's word for it."""

    digits: str
    label: str
    at: datetime


@dataclass(frozen=True, slots=True)
class QueueStay:
    """One stay in a queue (排队). `outcome`: "" while waiting, answered, abandoned, overflowed."""

    queue: str
    entered_at: datetime
    left_at: datetime | None
    outcome: str

    def waited(self, now: datetime) -> int:
        return max(0, int(((self.left_at or now) - self.entered_at).total_seconds()))


@dataclass(frozen=True, slots=True)
class Hold:
    began_at: datetime
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class Talk:
    """One party's part in the call: it rang there, was answered perhaps, and ended.

    `seq` counts the call's talks from 1 and never changes for a (party, leg) once it is told; `transferred_to` and
    `transfer_mode` say where it went.
    """

    seq: int
    party: str
    leg: str
    queue: str
    rang_at: datetime
    answered_at: datetime | None
    ended_at: datetime | None
    outcome: TalkOutcome
    holds: tuple[Hold, ...] = ()
    transferred_to: str = ""
    transfer_mode: str = ""
    ended_by: Party = ""

    @property
    def live(self) -> bool:
        return self.ended_at is None


@dataclass(frozen=True, slots=True)
class RecordingRef:
    ref: str
    url: str
    seconds: int
    at: datetime


@dataclass(frozen=True, slots=True)
class CallState:
    """`closed_by_us`: the end was never signalled; it was concluded (the system forgot the call, or all parts ended)."""

    call: str
    direction: Literal["inbound", "outbound", "internal"]
    caller: str
    dialled: str
    line: str
    began_at: datetime
    phase: Phase
    outcome: Outcome
    menu: tuple[MenuChoice, ...] = ()
    stays: tuple[QueueStay, ...] = ()
    talks: tuple[Talk, ...] = ()
    conferenced_at: datetime | None = None
    answered_at: datetime | None = None
    ended_at: datetime | None = None
    ended_by: Party = ""
    cause: str = ""
    recordings: tuple[RecordingRef, ...] = ()
    closed_by_us: bool = False
