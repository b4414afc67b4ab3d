"""After an outage: what `show channels as json` says against what we know, told as signals. Pure."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from gongdan.channels.phone.contract import KnownCall
from gongdan.channels.phone.providers.freeswitch_legs import SPY, Leg, Sides, State
from gongdan.channels.phone.providers.freeswitch_told import Told, of_party
from gongdan.core.interactions.contracts import RawSignal
from gongdan.core.interactions.phone_signals import Kind, Signal

TALKS = frozenset({"ACTIVE", "HELD", "UNHELD"})
RINGS = frozenset({"RINGING", "EARLY"})

_CONTACT = re.compile(r"user/([^@,|\]]+)").search
_USABLE = re.compile(r"[A-Za-z0-9-]{1,80}").fullmatch

Row = Mapping[str, Any]


def rows_of(answer: str) -> list[Row]:
    """The channels of an answer to `show channels as json`. Raises ValueError."""
    said = json.loads(answer)
    rows = said.get("rows", []) if isinstance(said, dict) else None
    if not isinstance(rows, list):
        raise ValueError("no list of channels")  # noqa: TRY004  one kind of complaint
    return [row for row in rows if isinstance(row, dict) and isinstance(row.get("uuid"), str) and row["uuid"]]


def agents_of(answer: str) -> dict[str, str]:
    """The queue module's names of agents by extension, of an answer to `callcenter_config agent list`: a name begins
    with the extension, or the agent's contact names it. Empty without that module."""
    lines = [line.split("|") for line in answer.splitlines() if "|" in line]
    if not lines or "name" not in lines[0]:
        return {}
    found = {}
    for line in lines[1:]:
        agent = dict(zip(lines[0], line, strict=False))
        name, contact = agent["name"], _CONTACT(agent.get("contact", ""))
        found[name.partition("@")[0].upper()] = name
        if contact is not None:
            found[contact[1].upper()] = name
    return found


def lonely(rows: Sequence[Row], sides: Sides) -> list[str]:
    """Legs of extensions that the switch called, and that belong to no other leg by the list alone."""
    return [
        own
        for row in rows
        if (own := str(row["uuid"]))
        and _USABLE(own)
        and row.get("direction") == "outbound"
        and row.get("call_uuid") in (own, "", None)
        and sides.extension_of(_event(row))
    ]


def resync(
    state: State,
    sides: Sides,
    rows: Sequence[Row],
    known: Mapping[str, KnownCall],
    members: Mapping[str, str],
    now: datetime,
) -> list[RawSignal]:
    """Put the switch's channels into `state`; the signals that bring our calls to how things are. `members`: legs that
    ring for a queue, and whose leg waits there."""
    calls_of_legs = {leg: key for key, call in known.items() for leg in call.legs}
    named = {str(row["uuid"]) for row in rows}
    for row in sorted(rows, key=lambda row: (_epoch(row), str(row["uuid"]))):
        above = members.get(str(row["uuid"])) or str(row.get("call_uuid") or "")
        state.add(_leg(row, above, sides, known, calls_of_legs, named))
    told = [(one, row) for row in rows for one in _there(state, state.legs[str(row["uuid"])], row, known)]
    found = [_message(one, f"sync:{row['uuid']}:{row.get('callstate')}", row, now) for one, row in told]
    for key, call in known.items():
        if key not in state.calls:
            found.append(
                _message(Told(Kind.VANISHED, key), f"sync:vanished:{key}:{now.timestamp()}", {}, now)
            )
            continue
        for leg, party in call.legs.items():
            if leg not in named:
                gone = Told(Kind.PARTY_LEFT, key, {"party": party, "leg": leg})
                found.append(_message(gone, f"sync:left:{leg}:{now.timestamp()}", {}, now))
    return found


def _event(row: Row) -> dict[str, str]:
    """A row in the words of events."""
    return {
        "Channel-Name": str(row.get("name", "")),
        "Call-Direction": str(row.get("direction", "")),
        "Caller-Destination-Number": str(row.get("dest", "")),
        "Channel-Presence-ID": str(row.get("presence_id", "")),
    }


def _leg(
    row: Row,
    above: str,
    sides: Sides,
    known: Mapping[str, KnownCall],
    calls_of_legs: Mapping[str, str],
    named: set[str],
) -> Leg:
    own, event = str(row["uuid"]), _event(row)
    call = own
    if own in calls_of_legs:
        call = calls_of_legs[own]
    elif own not in known and above and (above in known or above in named):
        call = calls_of_legs.get(above, above)
    return Leg(
        id=own,
        call=call,
        extension=sides.extension_of(event),
        inner=event["Channel-Name"].startswith("loopback/"),
        spy=own.startswith(SPY),
        linked=call != own,
        called=event["Call-Direction"] == "outbound",
        dialled=event["Caller-Destination-Number"],
        up=row.get("callstate") in TALKS,
    )


def _there(state: State, leg: Leg, row: Row, known: Mapping[str, KnownCall]) -> Iterator[Told]:
    """What a channel that is there says of its call."""
    call = state.call_of(leg)
    if leg.inner or leg.spy:
        return
    if leg.call == leg.id:
        yield from _began(state, leg, row, known)
    talks, rings = row.get("callstate") in TALKS, row.get("callstate") in RINGS
    leg.outside = not leg.extension and leg.called and call.direction == "inbound"
    if row.get("application") == "callcenter" and not leg.called and row.get("application_data"):
        call.queue = str(row["application_data"]).partition("@")[0][:80]
        if not any(one.up for one in call.real if one.extension):
            yield Told(Kind.QUEUED, leg.call, {"queue": call.queue})
    if (leg.extension and (talks or rings)) or (leg.called and not leg.outside and talks):
        call.talked = call.talked or (talks and bool(leg.extension))
        yield of_party(Kind.ANSWERED if talks else Kind.RINGING, leg)
    if leg.extension and row.get("callstate") == "HELD":
        yield of_party(Kind.HELD, leg)


def _began(state: State, leg: Leg, row: Row, known: Mapping[str, KnownCall]) -> Iterator[Told]:
    call = state.call_of(leg)
    call.began = leg.told = True
    dialled = str(row.get("initial_dest") or leg.dialled)
    caller = str(row.get("initial_cid_num") or row.get("cid_num") or "")
    if leg.extension:
        aim = caller if leg.called and caller.upper() != leg.extension else dialled
        call.direction = _direction(state, leg, aim)
        words = {"direction": call.direction, "caller": leg.extension, "dialled": aim, "party": leg.extension}
        words["leg"] = leg.id
    else:
        words = {"direction": "inbound", "caller": caller, "dialled": dialled, "line": dialled}
    if leg.call not in known:
        yield Told(Kind.BEGAN, leg.call, words, _since(row))


def _direction(state: State, leg: Leg, aim: str) -> str:
    """Outbound when a leg outside is there, or a long number is dialled."""
    outside = any(not one.extension and not one.inner for one in state.call_of(leg).real if one is not leg)
    return "outbound" if outside or len(aim) >= 7 or aim[:1] in ("0", "+") else "internal"


def _epoch(row: Row) -> int:
    text = str(row.get("created_epoch", ""))
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 12 else 0


def _since(row: Row) -> datetime | None:
    return datetime.fromtimestamp(_epoch(row), UTC) if _epoch(row) else None


def _message(told: Told, key: str, row: Row, now: datetime) -> RawSignal:
    key = f"{key[:160]}:{told.kind.value}"
    at = min(told.at or now, now)
    words = {name: value for name, value in told.words.items() if value}
    signal = Signal(kind=told.kind, call=told.call, key=key, at=at, **words)
    return RawSignal(
        key=key, raw=json.dumps(row, ensure_ascii=False), received_at=now, call=told.call, signals=(signal,)
    )
