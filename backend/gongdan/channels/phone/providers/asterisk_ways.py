"""Asterisk's events of a call on its way to somebody: begun, chosen in a menu, queued, ringing. Pure."""

from __future__ import annotations

from gongdan.channels.phone.providers.asterisk_channels import dialled_of
from gongdan.channels.phone.providers.asterisk_protocol import Message
from gongdan.channels.phone.providers.asterisk_state import Leg
from gongdan.channels.phone.providers.asterisk_view import Telling, Told, View
from gongdan.core.interactions.phone_signals import Kind

NOBODY = ("", "s", "h", "i", "t")  # extensions of the dialplan that nobody dialled
MENU, RECORDING = "gongdanmenu", "gongdanrecording"
CHOICE, DIALLED, JOINS = "GongdanChoice", "GongdanDialled", "GongdanJoins"
MIXMONITOR = "MIXMONITOR_FILENAME"
VARIABLES = {one.replace("_", "").lower(): one for one in (CHOICE, DIALLED, JOINS, MIXMONITOR)}
RINGING, UP = "5", "6"  # ChannelState
_RING_ENDS = {"BUSY": "refused", "NOANSWER": "missed", "CHANUNAVAIL": "missed", "CONGESTION": "missed"}


def new_channel(view: View, event: Message) -> Telling:
    """The first channel of a call is its beginning; one of an extension says where it calls."""
    leg = view.leg(event)
    dialled = event.get("exten")
    if leg is None or leg.inner or leg.id != leg.call:
        return
    if leg.extension:
        if dialled not in NOBODY:
            yield from began_here(view, leg, dialled)
        return
    call = view.call(leg)
    call.direction, call.told = "inbound", True
    line = "" if dialled in NOBODY else dialled
    yield view.say(
        Kind.BEGAN, leg, direction="inbound", caller=event.get("calleridnum"), dialled=line, line=line
    )


def began_here(view: View, leg: Leg, dialled: str, direction: str = "") -> Telling:
    """An extension calls `dialled`; told once, and again when it becomes known whether that is outside."""
    call = view.call(leg)
    found = direction or view.sides.direction(dialled)
    if call.told and (call.direction or not found):
        return
    call.told, call.direction, leg.began = True, found, True
    yield view.say(Kind.BEGAN, leg, direction=found, caller=leg.extension, dialled=dialled)


def new_state(view: View, event: Message) -> Telling:
    leg = view.leg(event)
    if leg is not None and event.get("channelstate") == UP and leg.rang and leg.extension:
        yield from view.answered(leg)


def dial_begin(view: View, event: Message) -> Telling:
    source, dest = view.leg(event), view.leg(event, "dest")
    if dest is None or dest.inner:
        return
    if dest.extension:
        if source is not None and source.extension:
            yield from began_here(view, source, dest.extension, "internal")
        yield from rings(view, dest)
    else:
        yield from _rings_outside(view, source, dest, event)


def rings(view: View, leg: Leg) -> Telling:
    """An agent's phone rings, if that was not told yet."""
    if leg.extension and not leg.rang and not leg.began and not leg.talks:
        leg.rang = True
        yield view.say(Kind.RINGING, leg, queue=view.call(leg).queue)


def _rings_outside(view: View, source: Leg | None, dest: Leg, event: Message) -> Telling:
    """A number outside is called: by one of ours, or for a caller who is passed on."""
    maker = source if source is not None and source.extension else None
    call = view.call(dest)
    maker = maker or next((leg for leg in call.real if leg.began), None)
    if maker is None or call.direction == "inbound":
        dest.outside = True
        return
    dialled = dialled_of(event.get("dialstring")) or event.get("destcalleridnum")
    yield from began_here(view, maker, dialled, "outbound")
    if not dest.rang:
        dest.rang = True
        yield view.say(Kind.RINGING, dest)


def dial_end(view: View, event: Message) -> Telling:
    dest = view.leg(event, "dest")
    if dest is None or dest.inner:
        return
    status = event.get("dialstatus").upper()
    if status == "ANSWER":
        yield from view.answered(dest)
    elif dest.extension and status not in ("CONTINUE", "GOTO"):
        yield from ring_ended(view, dest, _RING_ENDS.get(status, ""))


def ring_ended(view: View, leg: Leg, cause: str) -> Telling:
    """The phone rings no more; with no cause, somebody else took the call or the caller gave up."""
    if leg.rang and not leg.talks:
        leg.rang = False
        said = cause or ("elsewhere" if view.call(leg).talked else "cancelled")
        yield view.say(Kind.RING_ENDED, leg, cause=said)


def caller_joins(view: View, event: Message) -> Telling:
    leg = view.leg(event)
    if leg is None:
        return
    call = view.call(leg)
    call.queue, call.talked = event.get("queue"), False
    yield Told(Kind.QUEUED, leg.call, {"queue": call.queue})


def caller_abandons(view: View, event: Message) -> Telling:
    yield from _leaves(view, event, "abandoned")


def caller_leaves(view: View, event: Message) -> Telling:
    """Asterisk tells that a caller left the queue whatever the reason; who answered was told before."""
    leg = view.leg(event)
    if leg is not None:
        yield from _leaves(view, event, "answered" if view.call(leg).talked else "overflowed")


def agent_connects(view: View, event: Message) -> Telling:
    dest = view.leg(event, "dest")
    if dest is not None:
        yield from view.answered(dest)
    yield from _leaves(view, event, "answered")


def _leaves(view: View, event: Message, cause: str) -> Telling:
    leg = view.leg(event)
    if leg is None:
        return
    call = view.call(leg)
    if call.queue == event.get("queue") and call.queue:
        call.queue = ""
        yield Told(Kind.LEFT_QUEUE, leg.call, {"queue": event.get("queue"), "cause": cause})


def agent_called(view: View, event: Message) -> Telling:
    dest = view.leg(event, "dest")
    if dest is not None:
        yield from rings(view, dest)


def agent_missed(view: View, event: Message) -> Telling:
    dest = view.leg(event, "dest")
    if dest is not None:
        yield from ring_ended(view, dest, "missed")


def variable_set(view: View, event: Message) -> Telling:
    """GongdanChoice (`2` or `2|Repair`) of the dialplan, MixMonitor's file, and what our own commands set."""
    variable = VARIABLES.get(event.get("variable").replace("_", "").lower())  # as anybody may write it
    value = event.get("value")
    if variable is None or not value:
        return
    leg = view.leg(event)
    if leg is None:
        return
    if variable == CHOICE:
        digits, _, label = value.partition("|")
        yield Told(Kind.MENU, leg.call, {"digits": digits, "label": label})
    elif variable == MIXMONITOR:
        leg.recording = value
    elif variable == JOINS:
        view.state.join(event.get("linkedid"), value)
        view.state.move(leg, value)
    elif leg.extension:
        yield from began_here(view, leg, value)


def user_event(view: View, event: Message) -> Telling:
    """UserEvent(GongdanMenu,Digits: 2,Label: Repair) and UserEvent(GongdanRecording,File: …,Url: …,Seconds: 63)."""
    leg = view.leg(event)
    key = leg.call if leg is not None else event.get("call")
    name = event.get("userevent").lower()
    if not key:
        return
    if name == MENU:
        yield Told(Kind.MENU, key, {"digits": event.get("digits"), "label": event.get("label")})
    elif name == RECORDING and (event.get("file") or event.get("url")):
        seconds = event.get("seconds")
        words = {"ref": event.get("file") or event.get("url"), "url": event.get("url")}
        yield Told(Kind.RECORDED, key, {**words, "seconds": int(seconds[:9]) if seconds.isdecimal() else 0})
