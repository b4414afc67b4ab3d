"""FreeSWITCH's events read into signals. Pure: no clock, no network; what it remembers is in `State`.

A call's key is the id of its first leg. A leg that the switch calls belongs to the call of the leg it is called for: the
member of a queue (cc_member_session_uuid), its originator, or its Channel-Call-UUID.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from gongdan.channels.phone.providers import freeswitch_talks, freeswitch_ways
from gongdan.channels.phone.providers.freeswitch_legs import DIAL, SPY, Leg, Sides, State
from gongdan.channels.phone.providers.freeswitch_protocol import Event
from gongdan.channels.phone.providers.freeswitch_told import Happened, Told
from gongdan.core.interactions.contracts import RawSignal
from gongdan.core.interactions.phone_signals import Signal

FAR = timedelta(days=1)  # a clock this far off is not believed
LINKS = (
    "variable_cc_member_session_uuid", "variable_originator", "variable_originating_leg_uuid", "Channel-Call-UUID",
    "variable_call_uuid",
)  # fmt: skip
Handler = Callable[["Happened"], Iterator[Told]]
HANDLERS: Mapping[str, Handler] = {
    "CHANNEL_CREATE": freeswitch_ways.created,
    "CHANNEL_PROGRESS": freeswitch_ways.ringing,
    "CHANNEL_PROGRESS_MEDIA": freeswitch_ways.ringing,
    "CHANNEL_ANSWER": freeswitch_ways.answered,
    "CHANNEL_HOLD": freeswitch_talks.held,
    "CHANNEL_UNHOLD": freeswitch_talks.resumed,
    "CHANNEL_BRIDGE": freeswitch_talks.bridged,
    "CHANNEL_EXECUTE": freeswitch_talks.executed,
    "CHANNEL_HANGUP_COMPLETE": freeswitch_talks.gone,
    "DTMF": freeswitch_ways.digit,
    "RECORD_STOP": freeswitch_talks.recorded,
    "CUSTOM": freeswitch_ways.custom,
}
LONGEST = {"party": 32, "line": 40, "leg": 120, "ref": 300}  # characters; else 80
OF_CHANNELS = frozenset(HANDLERS) - {"CUSTOM"}
SUBCLASSES = ("callcenter::info", "gongdan::menu")


FOLDERS = ("/var/lib/freeswitch/recordings/", "/usr/local/freeswitch/recordings/")  # the usual ones


@dataclass(frozen=True, slots=True)
class Ways:
    """How this switch is set up. `digits`: single digits pressed in the menu are choices; `folders` of recordings, by
    whose names their own begin."""

    sides: Sides
    digits: bool = False
    folders: tuple[str, ...] = FOLDERS


def ways_of(sides: Sides, settings: Mapping[str, Any]) -> Ways:
    """From a system's settings `menu` ("digits") and `recording_folder`."""
    folder = str(settings.get("recording_folder") or "").rstrip("/")
    named = (f"{folder}/",) if folder else ()
    return Ways(sides, settings.get("menu") == "digits", (*named, *FOLDERS))


class Reader:
    """`read` takes one event after the other, in the order they came."""

    def __init__(self, ways: Ways) -> None:
        self.ways = ways
        self.state = State()
        self.dials: dict[str, str] = {}  # legs we asked for: what they are to dial
        self.joins: dict[str, str] = {}  # and the legs whose talk they are to join

    def expect(self, dials: Mapping[str, str], joins: Mapping[str, str]) -> None:
        """Legs that were asked for and will be there soon."""
        self.dials |= dials
        self.joins |= joins

    def gave_on(self, leg: Leg, to: str, command: str, now: datetime) -> list[RawSignal]:
        """A command gave the talk of this leg on, which may be gone by now."""
        if leg.given_on or not leg.extension:
            return []
        leg.given_on = True
        told = freeswitch_talks.transfer(leg, to.upper(), "blind")
        key = f"command:{secrets.token_hex(12)}"
        signal = _signal(told, key, now, 0)
        return [RawSignal(key=key, raw=command, received_at=now, call=leg.call, signals=(signal,))]

    def read(self, event: Event, received_at: datetime) -> list[RawSignal]:
        """What the event says of calls, one message for each call; none if it says nothing."""
        handler = HANDLERS.get(event.get("Event-Name", ""))
        if handler is None:
            return []
        leg = self._leg(event) if event.get("Unique-ID") else None
        if leg is None and event["Event-Name"] in OF_CHANNELS:
            return []
        at = moment_of(event, received_at)
        happened = Happened(event, at, leg, self.state, self.ways.sides, self.ways.digits, self.ways.folders)
        happened.expected = self.dials.get(leg.id, "") if leg else ""
        told = [*freeswitch_talks.given_on(happened), *handler(happened)]
        if leg is not None and leg.id not in self.state.legs:
            self.dials.pop(leg.id, None)
            self.joins.pop(leg.id, None)
        return messages(told, event, at, received_at)

    def _leg(self, event: Event) -> Leg:
        """The leg an event is of; it is put to its call as soon as that can be told."""
        known = self.state.legs.get(event["Unique-ID"])
        leg = known or self.state.add(_made(event, self.ways.sides))
        if not leg.linked and not leg.told:
            above = next(self._above(leg, event), None)
            if above is not None:
                leg.linked, leg.originator = True, above.id
                self.state.move(leg, above.call)
        asker = self._asker(event)
        if asker is not None and asker.call == leg.call:
            leg.originator = asker.id
        leg.extension = leg.extension or self._extension(leg, event)
        leg.queue = leg.queue or name_of(event.get("variable_cc_queue", ""))
        return leg

    def _asker(self, event: Event) -> Leg | None:
        """The leg that had this one called, where the event names it."""
        other = event.get("Other-Leg-Unique-ID", "") if event.get("Other-Type") == "originator" else ""
        return self.state.legs.get(event.get("variable_originator", "")) or self.state.legs.get(other)

    def _extension(self, leg: Leg, event: Event) -> str:
        return "" if leg.told or leg.inner else self.ways.sides.extension_of(event)

    def _above(self, leg: Leg, event: Event) -> Iterator[Leg]:
        """The legs this one may have been called for, the surest first."""
        named = [self.joins.get(leg.id, ""), *(event.get(name, "") for name in LINKS)]
        if event.get("Other-Type") == "originator":
            named.insert(2, event.get("Other-Leg-Unique-ID", ""))
        for one in named:
            if one and one != leg.id and leg.called and one in self.state.legs:
                yield self.state.legs[one]


def _made(event: Event, sides: Sides) -> Leg:
    own = event["Unique-ID"]
    name = event.get("Channel-Name", "")
    return Leg(
        id=own,
        call=own,
        extension=sides.extension_of(event),
        inner=name.startswith("loopback/"),
        spy=own.startswith(SPY),
        called=event.get("Call-Direction") == "outbound",
        dialled=event.get("Caller-Destination-Number", ""),
        linked=own.startswith(DIAL),
    )


def name_of(queue_or_agent: str) -> str:
    """Without the domain: hotline of hotline@default."""
    return queue_or_agent.partition("@")[0]


def moment_of(event: Event, received_at: datetime) -> datetime:
    """The switch's own time, if it can be believed."""
    try:
        at = datetime.fromtimestamp(int(event.get("Event-Date-Timestamp", "")) / 1_000_000, UTC)
    except (ValueError, OverflowError, OSError):
        return received_at
    return at if abs(at - received_at) <= FAR else received_at


def messages(told: list[Told], event: Event, at: datetime, received_at: datetime) -> list[RawSignal]:
    """One message for each call that is spoken of, so that each call has its own."""
    stamp, number = event.get("Event-Date-Timestamp", ""), event.get("Event-Sequence", "")
    key = f"{event.get('Core-UUID', '')[:40]}:{number[:20]}:{stamp[:20]}"
    if not number:
        key = f"{event.get('Unique-ID', '')[:60]}:{event.get('Event-Name', '')[:40]}:{stamp[:20]}"
    order = int(number) if number.isascii() and number.isdecimal() and len(number) < 15 else 0
    calls = list(dict.fromkeys(one.call for one in told))
    raw = raw_of(event) if calls else ""
    return [
        RawSignal(
            key=key if place == 0 else f"{key}:{place}",
            raw=raw,
            received_at=received_at,
            call=call,
            signals=tuple(
                _signal(one, key if place == 0 else f"{key}:{place}", at, order)
                for one in told
                if one.call == call
            ),
        )
        for place, call in enumerate(calls)
    ]


def _signal(told: Told, key: str, at: datetime, order: int) -> Signal:
    words: dict[str, Any] = {
        name: value[: LONGEST.get(name, 80)] if isinstance(value, str) else value
        for name, value in told.words.items()
        if value
    }
    return Signal(kind=told.kind, call=told.call, key=key, at=told.at or at, order=order, **words)


KEPT = ("variable_cc_", "variable_transfer_", "variable_sip_hangup", "variable_hangup", "variable_record", "variable_uuid",
        "variable_call_uuid", "variable_origin", "variable_direction", "variable_dialed_user", "variable_user_name")  # fmt: skip


def raw_of(event: Event) -> str:
    """The event as it is kept: of the channel's variables, where a company may have put anything, only what is read."""
    kept = {
        name: value
        for name, value in event.items()
        if not name.startswith("variable_") or name.startswith(KEPT)
    }
    return json.dumps(kept, ensure_ascii=False)
