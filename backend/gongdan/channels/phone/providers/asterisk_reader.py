"""From Asterisk's events to signals. Pure but for what it remembers of the channels there are; raises nothing.

Of one event come the messages of each call it touches; an event that says nothing about a call makes none and is not
kept. Asterisk's events have no ids, so a repeat is known by all that stands in it: with `timestampevents = yes` in
manager.conf that is what happened to whom at which microsecond.
Source: https://docs.asterisk.org/Latest_API/API_Documentation/AMI_Events/
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import blake2b

from gongdan.channels.phone.providers import asterisk_talks as talks
from gongdan.channels.phone.providers import asterisk_ways as ways
from gongdan.channels.phone.providers.asterisk_channels import Sides
from gongdan.channels.phone.providers.asterisk_protocol import Message
from gongdan.channels.phone.providers.asterisk_view import Telling, Told, View
from gongdan.core.interactions.contracts import RawSignal
from gongdan.core.interactions.phone_signals import Signal

HANDLERS: dict[str, Callable[[View, Message], Telling]] = {
    "newchannel": ways.new_channel,
    "newstate": ways.new_state,
    "dialbegin": ways.dial_begin,
    "dialend": ways.dial_end,
    "queuecallerjoin": ways.caller_joins,
    "queuecallerabandon": ways.caller_abandons,
    "queuecallerleave": ways.caller_leaves,
    "agentcalled": ways.agent_called,
    "agentringnoanswer": ways.agent_missed,
    "agentconnect": ways.agent_connects,
    "agentcomplete": talks.agent_completes,
    "varset": ways.variable_set,
    "userevent": ways.user_event,
    "bridgeenter": talks.enters_bridge,
    "bridgeleave": talks.leaves_bridge,
    "hold": talks.held,
    "unhold": talks.resumed,
    "blindtransfer": talks.blind_transfer,
    "attendedtransfer": talks.attended_transfer,
    "hanguprequest": talks.end_asked,
    "softhanguprequest": talks.end_asked,
    "hangup": talks.hangup,
}


class Reader:
    """One connection's reader."""

    def __init__(self, sides: Sides) -> None:
        self.view = View(sides)
        self.count = 0

    def read(self, event: Message, received_at: datetime) -> list[RawSignal]:
        """What an event says, one message per call."""
        handler = HANDLERS.get(event.get("event").lower())
        if handler is None:
            return []
        self.count += 1
        told = []
        for one in handler(self.view, event):
            told.append(one)
            if (call := self.view.state.calls.get(one.call)) is not None:
                call.spoken = True
        return messages(event, told, moment(event, received_at), received_at, self.count)


def moment(event: Message, received_at: datetime) -> datetime:
    """When it happened: `Timestamp` (seconds since 1970), else when it came."""
    try:
        return datetime.fromtimestamp(float(event.headers["timestamp"]), UTC)
    except (KeyError, ValueError, OverflowError, OSError):
        return received_at


def key_of(event: Message, at: datetime) -> str:
    """The same for the same event however often it comes."""
    told = "\n".join(f"{name}:{value}" for name, value in sorted(event.headers.items()))
    digest = blake2b(f"{at.isoformat()}\n{told}".encode(), digest_size=12).hexdigest()
    return f"{event.get('event')[:30]}:{digest}"


def messages(
    event: Message, told: Iterable[Told], at: datetime, received_at: datetime, order: int
) -> list[RawSignal]:
    """The signals, by call; `order` holds among the events of one moment."""
    key = key_of(event, at)
    by_call: dict[str, list[Signal]] = {}
    for number, one in enumerate(told):
        signal = Signal(kind=one.kind, call=one.call, key=f"{key}:{number}", at=at, order=order, **one.words)
        by_call.setdefault(one.call, []).append(signal)
    found = [
        RawSignal(
            key=f"{key}:{call}", raw=event.raw, received_at=received_at, call=call, signals=tuple(signals)
        )
        for call, signals in by_call.items()
    ]
    return [found[0], *(replace(one, raw=f"(as {found[0].key})") for one in found[1:])] if found else []
