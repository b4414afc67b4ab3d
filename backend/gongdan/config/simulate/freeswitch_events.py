"""What happens, in the words of FreeSWITCH's events.

developer.signalwire.com/freeswitch: Event System, Event List (CHANNEL_CREATE, CHANNEL_PROGRESS, CHANNEL_ANSWER,
CHANNEL_BRIDGE, CHANNEL_UNBRIDGE, CHANNEL_HOLD, CHANNEL_UNHOLD, CHANNEL_EXECUTE, CHANNEL_HANGUP,
CHANNEL_HANGUP_COMPLETE, CHANNEL_DESTROY, DTMF, RECORD_START, RECORD_STOP, CUSTOM); mod_callcenter, Events
(callcenter::info: member-queue-start, agent-offering, bridge-agent-start, bridge-agent-fail, bridge-agent-end,
member-queue-end, agent-status-change); Channel Variables (sip_hangup_disposition, transfer_source, transfer_history).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count

from gongdan.config.simulate.freeswitch_words import (
    CAUSES,
    Headers,
    agent,
    basic,
    channel_headers,
    channel_name,
    member_uuid,
    micros,
    other_leg,
    queue,
    seconds,
    uuid,
)
from gongdan.config.simulate.model import Channel, Happening

FOLDER = "/var/lib/freeswitch/recordings/"
MENU_SUBCLASS = "gongdan::menu"
Named = tuple[str, Headers]  # the event's name and its own headers


class Narrator:
    """Turns happenings into events; remembers what later events of a channel must repeat."""

    def __init__(self) -> None:
        self._sequence = count(1)
        self._sources: dict[Channel, str] = {}

    def events_of(self, happening: Happening) -> list[Headers]:
        """The events FreeSWITCH sends for it, in their order; perhaps none."""
        make = _MAKERS.get(happening.kind)
        if make is None:
            return []
        self._remember(happening)
        return [self._event(happening, name, own) for name, own in make(happening)]

    def _event(self, happening: Happening, name: str, own: Headers) -> Headers:
        head = basic(name, happening.at, next(self._sequence))
        channel = happening.channel
        if channel is None or (name == "CUSTOM" and own.get("Event-Subclass") == "callcenter::info"):
            return head | own
        source = self._sources.get(channel)
        more = {"variable_transfer_source": source, "variable_transfer_history": source} if source else {}
        return head | channel_headers(channel) | more | own

    def _remember(self, happening: Happening) -> None:
        if happening.kind not in ("blind_transfer", "attended_transfer") or happening.other is None:
            return
        stamp, who = seconds(happening.at), uuid(happening.who)
        if happening.kind == "blind_transfer":
            self._sources[happening.other] = f"{stamp}:{who}:bl_xfer:{happening.facts['to']}/default/XML"
        else:
            names = f"{channel_name(happening.other)}/{channel_name(happening.facts['target'])}"
            self._sources[happening.other] = f"{stamp}:{who}:att_xfer:{names}"


def _plain(*names: str) -> Callable[[Happening], Iterator[Named]]:
    def make(h: Happening) -> Iterator[Named]:
        for name in names:
            yield name, {}

    return make


def _channel(h: Happening) -> Iterator[Named]:
    if not h.who.calling:
        yield "CHANNEL_OUTGOING", {}
    yield "CHANNEL_CREATE", {}


def _state(h: Happening) -> Iterator[Named]:
    if h.who.state == "ringing":
        yield "CHANNEL_PROGRESS", {}
    elif h.who.state == "up":
        yield "CHANNEL_ANSWER", {}
    yield "CHANNEL_CALLSTATE", {}


def _executed(h: Happening) -> Iterator[Named]:
    data = str(h.facts["data"])
    if h.facts["app"] == "queue":
        yield "CHANNEL_EXECUTE", {"Application": "callcenter", "Application-Data": queue(data)}
    else:
        yield "CHANNEL_EXECUTE", {"Application": "bridge", "Application-Data": f"user/{data}"}


def _digit(h: Happening) -> Iterator[Named]:
    source = "APP" if h.facts.get("direction") == "Sent" else "RTP"
    digit = str(h.facts["digit"])
    yield "DTMF", {"DTMF-Digit": digit, "DTMF-Duration": "800", "DTMF-Source": source}


def _menu(h: Happening) -> Iterator[Named]:
    words = {
        "Event-Subclass": MENU_SUBCLASS,
        "Menu-Digits": h.facts["digits"],
        "Menu-Label": h.facts["label"],
    }
    yield "CUSTOM", words


def _bridged(h: Happening) -> Iterator[Named]:
    """Told of the one who was there first, with the other one's leg."""
    if h.bridge is None or len(h.where.members) < 2:
        return
    if len(h.where.members) > 2:
        yield "CHANNEL_EXECUTE", {"Application": "three_way", "Application-Data": uuid(h.whom)}
        return
    first, second = uuid(h.whom), uuid(h.who)
    own = channel_headers(h.whom) | other_leg(h.who, "originatee")
    yield "CHANNEL_BRIDGE", own | {"Bridge-A-Unique-ID": first, "Bridge-B-Unique-ID": second}


def _unbridged(h: Happening) -> Iterator[Named]:
    if h.bridge is None or len(h.where.members) != 1 or h.other is None:
        return
    first, second = (h.whom, h.who) if h.whom.serial < h.who.serial else (h.who, h.whom)
    own = channel_headers(first) | other_leg(second, "originatee")
    yield "CHANNEL_UNBRIDGE", own | {"Bridge-A-Unique-ID": uuid(first), "Bridge-B-Unique-ID": uuid(second)}


def _hangup(h: Happening) -> Iterator[Named]:
    cause = CAUSES.get(int(h.facts["cause"]), "NORMAL_CLEARING")
    own = {"Hangup-Cause": cause, "variable_hangup_cause": cause}
    yield "CHANNEL_HANGUP", own
    talked = int((h.at - h.who.answered).total_seconds()) if h.who.answered else 0
    disposition = "send_bye" if h.facts["by"] == "system" else "recv_bye"
    if h.who.answered is None:
        disposition = "send_cancel" if cause == "ORIGINATOR_CANCEL" else "send_refuse"
    times = {
        "Caller-Channel-Hangup-Time": micros(h.at),
        "variable_sip_hangup_disposition": disposition,
        "variable_duration": str(int((h.at - h.who.born).total_seconds())),
        "variable_billsec": str(talked),
    }
    yield "CHANNEL_HANGUP_COMPLETE", own | times
    yield "CHANNEL_DESTROY", own


def _record(name: str) -> Callable[[Happening], Iterator[Named]]:
    def make(h: Happening) -> Iterator[Named]:
        own = {"Record-File-Path": FOLDER + str(h.facts["file"])}
        if name == "RECORD_STOP":
            own |= {
                "variable_record_seconds": str(int(h.facts["seconds"])),
                "Record-Completion-Cause": "success-hangup",
            }
        yield name, own

    return make


def _transferor(h: Happening) -> Iterator[Named]:
    yield "CUSTOM", {"Event-Subclass": "sofia::transferor"}


def _info(action: str, **own: str) -> Named:
    return "CUSTOM", {"Event-Subclass": "callcenter::info", "CC-Action": action} | {
        name.replace("_", "-"): value for name, value in own.items()
    }


def _member(channel: Channel, name: str) -> Headers:
    number = channel.number
    return {
        "CC_Queue": queue(name),
        "CC_Member_UUID": member_uuid(channel),
        "CC_Member_Session_UUID": uuid(channel),
        "CC_Member_CID_Name": number,
        "CC_Member_CID_Number": number,
    }


def _agent(h: Happening) -> Headers:
    who = {"CC_Agent": agent(h.who), "CC_Agent_System": "single_box", "CC_Agent_UUID": uuid(h.who)}
    return who | _member(h.whom, h.who.queue)


def _joined(h: Happening) -> Iterator[Named]:
    yield _info("member-queue-start", **_member(h.who, h.facts["queue"]))
    yield _info("members-count", CC_Queue=queue(h.facts["queue"]), CC_Count=str(h.facts["count"]))


def _left_queue(h: Happening) -> Iterator[Named]:
    if h.facts["how"] == "answered":
        return
    reason = {"abandoned": "BREAK_OUT", "overflowed": "TIMEOUT"}[h.facts["how"]]
    words = {"CC_Cause": "Cancel", "CC_Cancel_Reason": reason, "CC_Member_Leaving_Time": seconds(h.at)}
    words |= {"CC_Member_Joined_Time": seconds(h.who.joined)}
    yield _info("member-queue-end", **_member(h.who, h.facts["queue"]), **words)


def _offered(h: Happening) -> Iterator[Named]:
    yield _info("agent-offering", **_agent(h))


def _times(h: Happening) -> Headers:
    return {
        "CC_Agent_Called_Time": seconds(h.who.born),
        "CC_Agent_Answered_Time": seconds(h.who.answered),
        "CC_Member_Joined_Time": seconds(h.whom.joined),
    }


def _connected(h: Happening) -> Iterator[Named]:
    yield _info("bridge-agent-start", **_agent(h), **_times(h))


def _unanswered(h: Happening) -> Iterator[Named]:
    aborted = {"CC_Hangup_Cause": "NO_ANSWER", "CC_Agent_Aborted_Time": seconds(h.at)}
    yield _info("bridge-agent-fail", **_agent(h), **aborted)


def _completed(h: Happening) -> Iterator[Named]:
    ended = {"CC_Hangup_Cause": "NORMAL_CLEARING", "CC_Bridge_Terminated_Time": seconds(h.at)}
    yield _info("bridge-agent-end", **_agent(h), **_times(h), **ended)
    words = {"CC_Cause": "Terminated", "CC_Member_Leaving_Time": seconds(h.at), **_times(h)}
    yield _info("member-queue-end", **_member(h.whom, h.who.queue), **words)


def _paused(h: Happening) -> Iterator[Named]:
    phone = h.facts["phone"]
    status = "On Break" if phone.paused else "Available"
    yield _info("agent-status-change", CC_Agent=agent(phone.extension), CC_Agent_Status=status)


def _spying(h: Happening) -> Iterator[Named]:
    yield "CHANNEL_EXECUTE", {"Application": "eavesdrop", "Application-Data": uuid(h.whom)}


_MAKERS: dict[str, Callable[[Happening], Iterator[Named]]] = {
    "channel": _channel,
    "state": _state,
    "executed": _executed,
    "digit": _digit,
    "menu": _menu,
    "joined": _joined,
    "left_queue": _left_queue,
    "offered": _offered,
    "connected": _connected,
    "unanswered": _unanswered,
    "completed": _completed,
    "enter": _bridged,
    "leave": _unbridged,
    "held": _plain("CHANNEL_HOLD"),
    "resumed": _plain("CHANNEL_UNHOLD"),
    "blind_transfer": _transferor,
    "attended_transfer": _transferor,
    "hangup": _hangup,
    "recording": _record("RECORD_START"),
    "recorded": _record("RECORD_STOP"),
    "paused": _paused,
    "spying": _spying,
}
