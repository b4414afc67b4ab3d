"""The past of the demo hotline as signals: an exchange plays days that are over, in no time, and what happens is noted.

No dialect is spoken: the signals are what a dialect would have made of it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from gongdan.config.simulate.model import Channel, Happening, Phone, Plan
from gongdan.config.simulate.robots import Robots
from gongdan.config.simulate.switchboard import Switchboard
from gongdan.config.simulate.timeline import Timeline
from gongdan.core.interactions.contracts import RawSignal
from gongdan.core.interactions.phone_signals import Kind, Signal, to_json

Told = tuple[Kind, dict[str, Any]]
RING_ENDS = {"NOANSWER": "missed", "BUSY": "refused", "CANCEL": "cancelled"}


class Notes:
    """Hears an exchange and writes down signals."""

    def __init__(self, day: str) -> None:
        self.day = day
        self.signals: list[Signal] = []

    def hear(self, happening: Happening) -> None:
        for kind, words in _told(happening):
            order = len(self.signals) + 1
            call = f"demo-{self.day}-{happening.who.call.serial}"
            signal = Signal(
                kind=kind, call=call, key=f"{self.day}-{order}", at=happening.at, order=order, **words
            )
            self.signals.append(signal)


def as_message(signal: Signal) -> RawSignal:
    """As a message that was kept."""
    text = json.dumps(to_json(signal), ensure_ascii=False)
    return RawSignal(key=signal.key, raw=text, received_at=signal.at, call=signal.call, signals=(signal,))


def played(begin: datetime, extensions: Sequence[str], plans: Iterable[Plan]) -> list[Signal]:
    """What an exchange with these phones makes of the planned calls."""
    timeline = Timeline(begin, speed=0)
    board = Switchboard(timeline)
    for extension in extensions:
        board.phones[extension] = Phone(extension)
    board.queue("hotline")
    robots, notes = Robots(board), Notes(f"{begin:%Y%m%d}")
    board.listeners.append(notes.hear)
    for plan in plans:
        timeline.after(plan.after, _arrival(robots, plan))
    timeline.finish()
    return notes.signals


def _arrival(robots: Robots, plan: Plan) -> Callable[[], None]:
    return lambda: robots.ring_in(plan)


def _told(h: Happening) -> Iterator[Told]:
    """The signals of a happening; most have one or none."""
    make = _MAKERS.get(h.kind)
    if make is not None and h.channel is not None:
        yield from make(h)


def _channel(h: Happening) -> Iterator[Told]:
    who = h.who
    if who.calling:
        words = {"direction": "inbound", "caller": who.number, "dialled": who.dialled, "line": who.dialled}
        yield Kind.BEGAN, words


def _state(h: Happening) -> Iterator[Told]:
    kind = {"ringing": Kind.RINGING, "up": Kind.ANSWERED}.get(h.who.state)
    if h.who.extension and kind is not None:
        yield kind, _party(h.who) | {"queue": h.who.queue}


def _dialled(h: Happening) -> Iterator[Told]:
    cause = RING_ENDS.get(h.facts["status"])
    if h.who.extension and cause is not None:
        yield Kind.RING_ENDED, _party(h.who) | {"cause": cause}


def _entered(h: Happening) -> Iterator[Told]:
    if len(h.where.members) > 2:
        yield Kind.CONFERENCED, _party(h.where.members[1]) | {"to": h.who.number}


def _gone(h: Happening) -> Iterator[Told]:
    channel, by = h.who, h.facts["by"]
    if channel.answered is not None or not channel.extension:
        yield Kind.PARTY_LEFT, _party(channel) | {"by": by}
    if not any(one.live for one in channel.call.channels):
        yield Kind.ENDED, {"by": channel.call.ended_by or by, "cause": "Normal Clearing"}


def _party(channel: Channel) -> dict[str, Any]:
    return {"party": channel.extension, "leg": f"demo-{channel.serial}"}


_MAKERS: dict[str, Callable[[Happening], Iterator[Told]]] = {
    "channel": _channel,
    "state": _state,
    "dialled": _dialled,
    "enter": _entered,
    "hangup": _gone,
    "menu": lambda h: iter([(Kind.MENU, {"digits": h.facts["digits"], "label": h.facts["label"]})]),
    "joined": lambda h: iter([(Kind.QUEUED, {"queue": h.facts["queue"]})]),
    "left_queue": lambda h: iter([(Kind.LEFT_QUEUE, {"queue": h.facts["queue"], "cause": h.facts["how"]})]),
    "held": lambda h: iter([(Kind.HELD, _party(h.who))]),
    "resumed": lambda h: iter([(Kind.RESUMED, _party(h.who))]),
    "blind_transfer": lambda h: iter(
        [(Kind.TRANSFERRED, _party(h.who) | {"to": h.facts["to"], "mode": "blind"})]
    ),
    "attended_transfer": lambda h: iter(
        [(Kind.TRANSFERRED, _party(h.who) | {"to": h.facts["target"].number, "mode": "attended"})]
    ),
    "recorded": lambda h: iter(
        [(Kind.RECORDED, {"ref": h.facts["file"], "seconds": int(h.facts["seconds"])})]
        if h.facts["comes"]
        else []
    ),
}
