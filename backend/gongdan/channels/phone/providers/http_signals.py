"""The HTTP interface's signals: what another system may say of a call, and how it is read. Pure.

A signal that cannot be used never raises: it becomes a `Fault`, which its sender is told and which is kept.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Annotated, Any, Literal

import msgspec
from ninja import Field, Schema
from pydantic import AwareDatetime, ValidationError

from gongdan.core.interactions.contracts import RawSignal
from gongdan.core.interactions.phone_signals import Kind, Signal
from gongdan.web.errors import FIELD_CODES
from gongdan.web.text import is_usable

MOST_RAW = 8000  # characters of a signal that are kept as it came
EARLIEST, LATEST = timedelta(days=400), timedelta(minutes=5)  # before and after its arrival

Name = Literal[
    "start", "menu", "queue", "leave_queue", "ring", "ring_end", "answer", "hold", "resume", "transfer", "conference",
    "leave", "hang_up", "recording",
]  # fmt: skip
KINDS: Mapping[str, Kind] = {
    "start": Kind.BEGAN, "menu": Kind.MENU, "queue": Kind.QUEUED, "leave_queue": Kind.LEFT_QUEUE, "ring": Kind.RINGING,
    "ring_end": Kind.RING_ENDED, "answer": Kind.ANSWERED, "hold": Kind.HELD, "resume": Kind.RESUMED,
    "transfer": Kind.TRANSFERRED, "conference": Kind.CONFERENCED, "leave": Kind.PARTY_LEFT, "hang_up": Kind.ENDED,
    "recording": Kind.RECORDED,
}  # fmt: skip
# What a kind makes no sense without.
NEEDED: Mapping[str, tuple[str, ...]] = {
    "start": ("direction",),
    "menu": ("digits",),
    "queue": ("queue",),
    "transfer": ("extension", "to"),
    "conference": ("extension", "to"),
    "recording": ("recording",),
} | dict.fromkeys(("ring", "ring_end", "answer", "hold", "resume", "leave"), ("extension",))


class PhoneSignalIn(Schema):
    """One thing that happened to a call. `id` makes a repeat a repeat; `call` is your name of the whole call."""

    model_config = {"extra": "forbid"}

    id: Annotated[str, Field(min_length=1, max_length=150, description="Unique in your system.")]
    call: Annotated[str, Field(min_length=1, max_length=120)]
    kind: Name
    at: Annotated[AwareDatetime | None, Field(description="When it happened; left out: when it came.")] = None
    extension: Annotated[
        str, Field(max_length=32, description="Whose part it is, for all between people.")
    ] = ""
    leg: Annotated[
        str, Field(max_length=120, description="Your name of the person's channel; commands name it.")
    ] = ""
    direction: Literal["", "inbound", "outbound", "internal"] = ""
    caller: Annotated[str, Field(max_length=80, description="Empty or “anonymous”: withheld.")] = ""
    dialled: Annotated[str, Field(max_length=80)] = ""
    line: Annotated[str, Field(max_length=40, description="The number of yours that was called.")] = ""
    queue: Annotated[str, Field(max_length=80)] = ""
    digits: Annotated[str, Field(max_length=20)] = ""
    label: Annotated[str, Field(max_length=80, description="What the digits mean.")] = ""
    to: Annotated[str, Field(max_length=80)] = ""
    mode: Literal["", "blind", "attended"] = ""
    cause: Annotated[
        str,
        Field(
            max_length=120,
            description="leave_queue: answered, abandoned, overflowed; ring_end: missed, refused, elsewhere.",
        ),
    ] = ""
    by: Literal["", "customer", "agent", "system"] = ""
    recording: Annotated[str, Field(max_length=300, description="The recording's name.")] = ""
    url: Annotated[str, Field(max_length=2000)] = ""
    seconds: Annotated[int, Field(ge=0, le=86_400)] = 0


class CallSnapshotIn(Schema):
    """Every call there is in your system: send it after an outage of yours. Others that we still take for live end."""

    model_config = {"extra": "forbid"}

    id: Annotated[str, Field(min_length=1, max_length=150)]
    kind: Literal["snapshot"]
    calls: Annotated[list[Annotated[str, Field(min_length=1, max_length=120)]], Field(max_length=5000)]
    at: AwareDatetime | None = None


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The calls a system had at a moment."""

    id: str
    calls: frozenset[str]
    at: datetime
    raw: str

    def vanished(self, known: Mapping[str, datetime], received_at: datetime) -> list[RawSignal]:
        """What ends those of `known` (when each began) that are there no more."""
        gone = [key for key, began_at in known.items() if key not in self.calls and began_at <= self.at]
        found = []
        for call in gone:
            key = f"{self.id}:{sha256(call.encode()).hexdigest()[:16]}"
            signal = Signal(kind=Kind.VANISHED, call=call, key=key, at=self.at)
            found.append(
                RawSignal(key=key, raw=self.raw, received_at=received_at, call=call, signals=(signal,))
            )
        return found


@dataclass(frozen=True, slots=True)
class Fault:
    """A signal that could not be used: its place in the message, a code, the field at fault."""

    index: int
    code: str
    field: str
    words: str

    def to_json(self) -> dict[str, Any]:
        return {"index": self.index, "code": self.code, "field": self.field}


@dataclass(slots=True)
class Reading:
    """What a message came to: usable signals, snapshots, the unusable as they are kept, and why they are."""

    usable: list[RawSignal] = field(default_factory=list)
    snapshots: list[Snapshot] = field(default_factory=list)
    kept: list[RawSignal] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def read(entries: Sequence[Any], message_id: str, received_at: datetime) -> Reading:
    """Each entry of a message. Never raises for what they hold."""
    reading = Reading()
    for index, entry in enumerate(entries):
        found, raw = _one(entry, index, received_at), _raw(entry)
        if isinstance(found, Signal):
            reading.usable.append(
                RawSignal(key=found.key, raw=raw, received_at=received_at, call=found.call, signals=(found,))
            )
        elif isinstance(found, Snapshot):
            reading.snapshots.append(found)
        else:
            reading.faults.append(found)
            key, fault = f"fault:{message_id}:{index}", f"{found.code} {found.field}: {found.words}"[:300]
            reading.kept.append(RawSignal(key=key, raw=raw, received_at=received_at, fault=fault))
    return reading


def _one(entry: Any, index: int, received_at: datetime) -> Signal | Snapshot | Fault:
    if not isinstance(entry, dict):
        return Fault(index, "not_a_signal", "", "a signal is an object")
    if not _storable(entry):
        return Fault(index, "unusable_text", "", "it holds NUL or half of a surrogate pair")
    try:
        return _read_one(entry, index, received_at)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(map(str, first["loc"]))[:60]
        return Fault(index, FIELD_CODES.get(first["type"], "invalid"), where, first["msg"])


def _read_one(entry: dict[str, Any], index: int, received_at: datetime) -> Signal | Snapshot | Fault:
    """Raises ValidationError."""
    snapshot = entry.get("kind") == "snapshot"
    sent = (CallSnapshotIn if snapshot else PhoneSignalIn).model_validate(entry)
    at = sent.at or received_at
    if not received_at - EARLIEST <= at <= received_at + LATEST:
        return Fault(index, "out_of_range", "at", "it lies in the future or too long ago")
    if isinstance(sent, CallSnapshotIn):
        return Snapshot(sent.id, frozenset(sent.calls), at, _raw(entry))
    for name in NEEDED.get(sent.kind, ()):
        if not getattr(sent, name):
            return Fault(index, "required", name, f"{sent.kind} needs it")
    return _signal(sent, at, index)


def _signal(sent: PhoneSignalIn, at: datetime, index: int) -> Signal:
    party = sent.extension.strip().upper()
    return Signal(
        kind=KINDS[sent.kind],
        call=sent.call,
        key=sent.id,
        at=at,
        order=index,
        party=party,
        leg=(sent.leg or f"{sent.call}/{party}"[:120]) if party else "",
        direction=sent.direction,
        caller=sent.caller,
        dialled=sent.dialled,
        line=sent.line,
        queue=sent.queue,
        digits=sent.digits,
        label=sent.label,
        to=sent.to,
        mode=sent.mode,
        cause=sent.cause,
        by=sent.by,
        ref=sent.recording,
        url=sent.url,
        seconds=sent.seconds,
    )


def _storable(entry: Mapping[str, Any]) -> bool:
    texts = [*entry.keys(), *(value for value in entry.values() if isinstance(value, str))]
    calls = entry.get("calls")
    texts += [one for one in calls if isinstance(one, str)] if isinstance(calls, list) else []
    return all(is_usable(text) for text in texts)


def _raw(entry: Any) -> str:
    """As it came, but for blanks and for what cannot be stored."""
    try:
        text = msgspec.json.encode(entry).decode()
    except (UnicodeEncodeError, RecursionError, TypeError, ValueError):
        text = ascii(entry)
    return text[:MOST_RAW].replace("\0", "\ufffd")
