"""What tests of Asterisk's words share: events in, signals out, shortly."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from gongdan.channels.phone.providers.asterisk_channels import Sides, sides_of
from gongdan.channels.phone.providers.asterisk_protocol import Message, Splitter
from gongdan.channels.phone.providers.asterisk_reader import Reader
from gongdan.core.interactions.phone_signals import Signal
from tests.phone import transcripts
from tests.phone.asterisk_peer import event

NOW = datetime(2024, 1, 1, tzinfo=UTC)
UNIQUE = "1700000000.1"
AGENT, CALLER = f"PJSIP/801-{UNIQUE}", f"PJSIP/trunk-{UNIQUE}"


def sides(**settings: Any) -> Sides:
    return sides_of({"trunks": ["PJSIP/trunk"], **settings}, {"801": "", "802": "", "DESK-A": "SIP/blue"})


def heard(*data: bytes, reader: Reader | None = None) -> list[Signal]:
    reader = reader or Reader(sides())
    found = [one for one in Splitter().feed(b"".join(data)) if isinstance(one, Message)]
    return [signal for one in found for raw in reader.read(one, NOW) for signal in raw.signals]


def brief(signals: list[Signal]) -> list[tuple[Any, ...]]:
    return [(one.kind.value, one.party, one.to or one.cause or one.by) for one in signals]


def talking(unique: str = UNIQUE, at: float = 1700000000.0, extension: str = "801") -> list[bytes]:
    """A call that came in, was answered at an extension and is bridged."""
    agent = f"PJSIP/{extension}-{unique}"
    return [
        *transcripts.ringing(unique, extension),
        transcripts.pair("DialEnd", at + 5, unique, extension, DialStatus="ANSWER"),
        event("BridgeEnter", at + 5.1, agent, f"{unique}9", unique, BridgeUniqueid="b1"),
        event("BridgeEnter", at + 5.2, f"PJSIP/trunk-{unique}", unique, BridgeUniqueid="b1"),
    ]
