"""What is going on in Asterisk right now, told as if its events had come: after a connection was made anew. Pure.

Channels and waiting callers come from the lists CoreShowChannels and QueueStatus. Keys are made of the channel and what
is told, so telling it at every connection changes nothing. What we believed to be under way and is not, vanished.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from gongdan.channels.phone.contract import KnownCall
from gongdan.channels.phone.providers.asterisk_protocol import Message
from gongdan.channels.phone.providers.asterisk_state import Leg
from gongdan.channels.phone.providers.asterisk_view import View
from gongdan.channels.phone.providers.asterisk_ways import NOBODY, RINGING, UP
from gongdan.core.interactions.contracts import RawSignal
from gongdan.core.interactions.phone_signals import Kind, Signal


def learn(
    view: View,
    channels: Iterable[Message],
    waiting: Iterable[Message],
    known: Mapping[str, KnownCall],
    now: datetime,
) -> list[RawSignal]:
    """Remember what there is, and tell what we may not know. `view` is empty before."""
    found: list[RawSignal] = []
    pairs = [(leg, one) for one in channels if (leg := view.leg(one)) is not None]
    for leg, one in sorted(pairs, key=lambda pair: pair[0].id != pair[0].call):
        if leg.inner:
            continue
        if one.get("bridgeid"):
            view.state.enter_bridge(leg, one.get("bridgeid"), "")
        found += _channel(view, leg, one, known, now)
    for one in waiting:
        found += _waits(view, one, now)
    return found + gone(view, known, now)


def _channel(
    view: View, leg: Leg, one: Message, known: Mapping[str, KnownCall], now: datetime
) -> list[RawSignal]:
    call = view.call(leg)
    call.spoken = call.told = True
    since = now - _duration(one.get("duration"))
    told = []
    if leg.id == leg.call:
        leg.began = bool(leg.extension)
        told += [] if leg.call in known else [_began(view, leg, one, since)]
        call.direction = call.direction or ("inbound" if not leg.extension else "")
    if leg.extension and not leg.began and one.get("channelstate") in (RINGING, UP):
        leg.rang = True
        is_known = leg.call in known and leg.name in known[leg.call].legs
        told += [] if is_known else [_signal(Kind.RINGING, leg, since)]
    if one.get("channelstate") == UP and (leg.bridge or not leg.began):
        leg.talks = True
        call.talked = call.talked or bool(leg.extension)
        if leg.extension and not leg.began:
            told.append(_signal(Kind.ANSWERED, leg, now))
    return [_raw(signal, one.raw, now) for signal in told]


def _began(view: View, leg: Leg, one: Message, since: datetime) -> Signal:
    dialled = "" if one.get("exten") in NOBODY else one.get("exten")
    if not leg.extension:
        number = one.get("calleridnum")
        return _signal(
            Kind.BEGAN, leg, since, direction="inbound", caller=number, dialled=dialled, line=dialled
        )
    direction = view.call(leg).direction = view.sides.direction(dialled) or "internal"
    return _signal(Kind.BEGAN, leg, since, direction=direction, caller=leg.extension, dialled=dialled)


def _waits(view: View, one: Message, now: datetime) -> list[RawSignal]:
    """A caller in a queue (QueueEntry); `wait` is in seconds."""
    leg = view.leg(one)
    if leg is None or not one.get("queue") or one.get("event").lower() != "queueentry":
        return []
    view.call(leg).queue = one.get("queue")
    since = now - timedelta(seconds=_whole(one.get("wait")))
    signal = _signal(Kind.QUEUED, leg, since, queue=one.get("queue"))
    return [_raw(signal, one.raw, now)]


def gone(view: View, known: Mapping[str, KnownCall], now: datetime) -> list[RawSignal]:
    """Calls and channels of ours that Asterisk no longer has."""
    names = {leg.name for leg in view.state.legs.values()}
    found = []
    for key, call in known.items():
        if key not in view.state.calls:
            signal = Signal(kind=Kind.VANISHED, call=key, key=f"sync:vanished:{now.timestamp()}", at=now)
            found.append(_raw(signal, f"not in CoreShowChannels: {key}", now))
            continue
        for leg, party in call.legs.items():
            if leg not in names:
                name = f"sync:left:{leg}"
                left = Signal(
                    kind=Kind.PARTY_LEFT, call=key, key=name, at=now, party=party, leg=leg, by="system"
                )
                found.append(_raw(left, f"not in CoreShowChannels: {leg}", now))
    return found


def _signal(kind: Kind, leg: Leg, at: datetime, **words: str) -> Signal:
    key = f"sync:{leg.id}:{kind.value}"
    return Signal(kind=kind, call=leg.call, key=key, at=at, party=leg.extension, leg=leg.name, **words)  # type: ignore[arg-type]


def _raw(signal: Signal, raw: str, now: datetime) -> RawSignal:
    return RawSignal(
        key=f"{signal.key}:{signal.call}"[:200], raw=raw, received_at=now, call=signal.call, signals=(signal,)
    )


def _duration(text: str) -> timedelta:
    """HH:MM:SS."""
    parts = text.split(":")
    if len(parts) != 3 or not all(part.isdecimal() for part in parts):
        return timedelta()
    hours, minutes, seconds = (int(part[:6]) for part in parts)
    return timedelta(hours=hours, minutes=minutes, seconds=seconds)


def _whole(text: str) -> int:
    return int(text[:9]) if text.isdecimal() else 0
