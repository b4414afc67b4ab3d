"""A telephone signal in the product's own words, whatever system sent it. Pure.

Every dialect (Asterisk, FreeSWITCH, HTTP) reads its messages into these; the ledger knows nothing else. A signal may
come twice, late, or never.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime
from enum import StrEnum
from typing import Any


class Kind(StrEnum):
    """What happened to a call. A party is named by its extension; the customer's side is the party ""."""

    BEGAN = "began"  # the call is there: direction, caller, dialled, line
    MENU = "menu"  # the caller chose in the voice menu: digits, label
    QUEUED = "queued"  # the caller waits in `queue`
    LEFT_QUEUE = "left_queue"  # cause: answered, abandoned, overflowed
    RINGING = "ringing"  # `party` rings, for `queue` if given
    RING_ENDED = "ring_ended"  # `party` rings no more; cause: missed, refused, elsewhere
    ANSWERED = "answered"  # `party` talks
    HELD = "held"  # `party` put the other side on hold
    RESUMED = "resumed"
    TRANSFERRED = "transferred"  # `party` gave the call to `to`; mode: blind, attended
    CONFERENCED = "conferenced"  # `party` took `to` into the call: three or more talk
    PARTY_LEFT = "party_left"  # `party` is out of the call; by: customer, agent, system
    ENDED = "ended"  # the whole call is over; by: customer, agent, system; cause in the system's words
    RECORDED = "recorded"  # a recording is to be had: ref (its name), url or path, seconds
    VANISHED = "vanished"  # after an outage the system no longer knows the call; our own side says so


@dataclass(frozen=True, slots=True, kw_only=True)
class Signal:
    """`call` is the system's key of the whole call, `key` what makes a repeat a repeat (unique within the system).

    `at` is the system's time where it tells one, else the arrival; `order` decides among signals of one moment.
    `leg` is the system's name of the party's channel, by which it is controlled. Numbers stand as the system wrote
    them, extensions in upper case. What a kind has no use for is empty.
    """

    kind: Kind
    call: str
    key: str
    at: datetime
    order: int = 0
    party: str = ""
    leg: str = ""
    direction: str = ""  # inbound, outbound, internal
    caller: str = ""
    dialled: str = ""
    line: str = ""
    queue: str = ""
    digits: str = ""
    label: str = ""
    to: str = ""
    mode: str = ""
    cause: str = ""
    by: str = ""
    ref: str = ""
    url: str = ""
    seconds: int = 0


def to_json(signal: Signal) -> dict[str, Any]:
    """As it is stored: empty parts left out, `at` in ISO 8601."""
    found = {one.name: getattr(signal, one.name) for one in fields(signal)}
    return {name: value for name, value in found.items() if value not in ("", 0)} | {
        "at": signal.at.isoformat(),
        "kind": signal.kind.value,
    }


def from_json(data: dict[str, Any]) -> Signal:
    """The signal that `to_json` made."""
    return Signal(**{**data, "kind": Kind(data["kind"]), "at": datetime.fromisoformat(data["at"])})
