"""What happens, in the words of Asterisk's manager interface.

Names and headers: docs.asterisk.org, Asterisk 20 Documentation, API Documentation, AMI Events (Newchannel, Newstate,
DialBegin, DialEnd, QueueCallerJoin, QueueCallerLeave, QueueCallerAbandon, AgentCalled, AgentConnect,
AgentRingNoAnswer, AgentComplete, BridgeCreate, BridgeEnter, BridgeLeave, BridgeDestroy, Hold, Unhold, BlindTransfer,
AttendedTransfer, Hangup, UserEvent, VarSet, MixMonitorStart, MixMonitorStop, ChanSpyStart, QueueMemberPause).
A consultation is told as with the transfer feature of a
bridge, but the consulted phone is called directly, without the two halves of a Local channel.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

from gongdan.config.simulate.asterisk_words import (
    CAUSES,
    MENU_EVENT,
    SPOOL,
    Event,
    bridge_headers,
    bridge_id,
    event,
    snapshot,
)
from gongdan.config.simulate.model import Bridge, Channel, Happening


def events_of(happening: Happening) -> Iterator[Event]:
    """The events Asterisk sends for it, in their order; perhaps none."""
    make = _MAKERS.get(happening.kind)
    if make is not None:
        yield from make(happening)


def _parts(h: Happening) -> tuple[datetime, Event]:
    return h.at, snapshot(h.who)


def _channel(h: Happening) -> Iterator[Event]:
    at, who = _parts(h)
    yield event("Newchannel", "call", at, who)


def _state(h: Happening) -> Iterator[Event]:
    at, who = _parts(h)
    yield event("Newstate", "call", at, who)


def _executed(h: Happening) -> Iterator[Event]:
    at, who = _parts(h)
    app = {"queue": "Queue", "dial": "Dial"}[h.facts["app"]]
    data = h.facts["data"] if app == "Queue" else f"PJSIP/{h.facts['data']},25"
    yield event(
        "Newexten", "dialplan", at, who, [("Extension", "s"), ("Application", app), ("AppData", data)]
    )


def _digit(h: Happening) -> Iterator[Event]:
    at, who = _parts(h)
    digit: Event = [("Digit", h.facts["digit"]), ("Direction", h.facts.get("direction", "Received"))]
    yield event("DTMFBegin", "dtmf", at, who, digit)
    yield event("DTMFEnd", "dtmf", at, who, digit, [("DurationMs", 120)])


def _menu(h: Happening) -> Iterator[Event]:
    at, who = _parts(h)
    words: Event = [("Digits", h.facts["digits"]), ("Label", h.facts["label"])]
    yield event("UserEvent", "user", at, [("UserEvent", MENU_EVENT)], who, words)


def _dial(h: Happening) -> Iterator[Event]:
    called = [("DialString", h.who.extension or f"{h.who.number}@trunk")]
    yield event("DialBegin", "call", h.at, snapshot(h.whom), snapshot(h.who, "Dest"), [*called])


def _dialled(h: Happening) -> Iterator[Event]:
    status: Event = [("DialStatus", h.facts["status"])]
    yield event("DialEnd", "call", h.at, snapshot(h.whom), snapshot(h.who, "Dest"), status)


def _queue(h: Happening) -> Event:
    return [("Queue", h.facts["queue"]), ("Position", h.facts["position"])]


def _joined(h: Happening) -> Iterator[Event]:
    at, who = _parts(h)
    yield event("QueueCallerJoin", "agent", at, who, _queue(h), [("Count", h.facts["count"])])


def _left_queue(h: Happening) -> Iterator[Event]:
    at, who = _parts(h)
    yield event("QueueCallerLeave", "agent", at, who, _queue(h), [("Count", h.facts["count"])])
    if h.facts["how"] != "answered":
        status = {"abandoned": "ABANDON", "overflowed": "TIMEOUT"}[h.facts["how"]]
        variable: Event = [("Variable", "QUEUESTATUS"), ("Value", status)]
        yield event("VarSet", "dialplan", at, who, variable)


def _abandoned(h: Happening) -> Iterator[Event]:
    at, who = _parts(h)
    words: Event = [("OriginalPosition", h.facts["position"]), ("HoldTime", h.facts["waited"])]
    yield event("QueueCallerAbandon", "agent", at, who, _queue(h), words)


def _agent(name: str, *, facts: Callable[[Happening], Event]) -> Callable[[Happening], Iterator[Event]]:
    def make(h: Happening) -> Iterator[Event]:
        interface = f"PJSIP/{h.who.extension}"
        member: Event = [
            ("Queue", h.who.queue),
            ("MemberName", interface),
            ("Interface", interface),
        ]
        yield event(name, "agent", h.at, snapshot(h.whom), snapshot(h.who, "Dest"), member, facts(h))

    return make


def _bridge_made(name: str) -> Callable[[Happening], Iterator[Event]]:
    def make(h: Happening) -> Iterator[Event]:
        yield event(name, "call", h.at, bridge_headers(h.where))

    return make


def _bridge_member(name: str) -> Callable[[Happening], Iterator[Event]]:
    def make(h: Happening) -> Iterator[Event]:
        yield event(name, "call", h.at, bridge_headers(h.where), snapshot(h.who))

    return make


def _hold(name: str) -> Callable[[Happening], Iterator[Event]]:
    def make(h: Happening) -> Iterator[Event]:
        at, who = _parts(h)
        yield event(name, "call", at, who, [("MusicClass", "default")] if name == "Hold" else [])

    return make


def _blind(h: Happening) -> Iterator[Event]:
    where: Event = [("IsExternal", "No"), ("Context", "from-internal"), ("Extension", h.facts["to"])]
    parts = (
        snapshot(h.who, "Transferer"),
        snapshot(h.whom, "Transferee"),
        bridge_headers(h.where),
        where,
    )
    yield event("BlindTransfer", "call", h.at, [("Result", "Success")], *parts)


def _attended(h: Happening) -> Iterator[Event]:
    target: Channel = h.facts["target"]
    second: Bridge | None = h.facts["second"]
    parts = [snapshot(h.who, "OrigTransferer"), bridge_headers(h.where, "Orig")]
    parts += [snapshot(h.who, "SecondTransferer"), bridge_headers(second, "Second") if second else []]
    parts += [[("IsExternal", "No"), ("DestType", "Bridge"), ("DestBridgeUniqueid", bridge_id(h.where))]]
    parts += [snapshot(h.whom, "Transferee"), snapshot(target, "TransferTarget")]
    yield event("AttendedTransfer", "call", h.at, [("Result", "Success")], *parts)


def _hangup(h: Happening) -> Iterator[Event]:
    at, who = _parts(h)
    cause = int(h.facts["cause"])
    if h.facts["by"] != "system":
        yield event("HangupRequest", "call", at, who, [("Cause", cause)])
    words: Event = [("Cause", cause), ("Cause-txt", CAUSES.get(cause, "Unknown"))]
    yield event("Hangup", "call", at, who, words)


def _recording(h: Happening) -> Iterator[Event]:
    at, who = _parts(h)
    variable: Event = [("Variable", "MIXMONITOR_FILENAME"), ("Value", SPOOL + h.facts["file"])]
    yield event("VarSet", "dialplan", at, who, variable)
    yield event("MixMonitorStart", "call", at, who)


def _variable(h: Happening) -> Iterator[Event]:
    at, who = _parts(h)
    yield event("VarSet", "dialplan", at, who, [("Variable", h.facts["name"]), ("Value", h.facts["value"])])


def _recorded(h: Happening) -> Iterator[Event]:
    at, who = _parts(h)
    yield event("MixMonitorStop", "call", at, who)


def _paused(h: Happening) -> Iterator[Event]:
    phone = h.facts["phone"]
    interface = f"PJSIP/{phone.extension}"
    for queue in h.facts["queues"]:
        words: Event = [("Queue", queue), ("MemberName", interface), ("Interface", interface)]
        words += [("StateInterface", interface), ("Membership", "dynamic"), ("Penalty", 0)]
        words += [("CallsTaken", phone.calls_taken), ("InCall", 0), ("Status", 1)]
        words += [("Paused", int(phone.paused)), ("PausedReason", phone.reason), ("Ringinuse", 0)]
        yield event("QueueMemberPause", "agent", h.at, words)


def _spying(h: Happening) -> Iterator[Event]:
    yield event("ChanSpyStart", "call", h.at, snapshot(h.who, "Spyer"), snapshot(h.whom, "Spyee"))


_MAKERS: dict[str, Callable[[Happening], Iterator[Event]]] = {
    "channel": _channel,
    "state": _state,
    "executed": _executed,
    "digit": _digit,
    "menu": _menu,
    "dial": _dial,
    "dialled": _dialled,
    "joined": _joined,
    "left_queue": _left_queue,
    "abandoned": _abandoned,
    "offered": _agent("AgentCalled", facts=lambda h: []),
    "connected": _agent(
        "AgentConnect", facts=lambda h: [("RingTime", h.facts["rang"]), ("HoldTime", h.facts["waited"])]
    ),
    "unanswered": _agent("AgentRingNoAnswer", facts=lambda h: [("RingTime", h.facts["rang"])]),
    "completed": _agent(
        "AgentComplete",
        facts=lambda h: [("HoldTime", 0), ("TalkTime", h.facts["talked"]), ("Reason", h.facts["reason"])],
    ),
    "bridge": _bridge_made("BridgeCreate"),
    "enter": _bridge_member("BridgeEnter"),
    "leave": _bridge_member("BridgeLeave"),
    "bridge_gone": _bridge_made("BridgeDestroy"),
    "held": _hold("Hold"),
    "resumed": _hold("Unhold"),
    "blind_transfer": _blind,
    "attended_transfer": _attended,
    "hangup": _hangup,
    "recording": _recording,
    "recorded": _recorded,
    "variable": _variable,
    "paused": _paused,
    "spying": _spying,
}
