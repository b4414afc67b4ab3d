"""FreeSWITCH's events of a call on its way to somebody: begun, chosen in a menu, queued, ringing, answered. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from gongdan.channels.phone.providers.freeswitch_legs import DIAL, Leg
from gongdan.channels.phone.providers.freeswitch_told import Happened, Told, of_party
from gongdan.core.interactions.phone_signals import Kind

# Why somebody waits no more without having been answered (CC-Cancel-Reason).
OVERFLOWED = frozenset({"TIMEOUT", "NO_AGENT_TIMEOUT", "EXIT_WITH_KEY"})


def created(h: Happened) -> Iterator[Told]:
    """A leg that comes in begins a call; one that the switch calls is told of when it rings."""
    leg = h.own
    if leg.inner or leg.spy or leg.told:
        return
    if leg.id.startswith(DIAL) and h.expected:
        yield from _began_by(h, leg, h.expected)
    elif not leg.called and leg.extension:
        yield from _began_by(h, leg, leg.dialled)
    elif not leg.called:
        h.call.began = leg.told = True
        words = {"direction": "inbound", "caller": h.get("Caller-Caller-ID-Number"), "dialled": leg.dialled}
        yield Told(Kind.BEGAN, leg.call, {**words, "line": leg.dialled})


def _began_by(h: Happened, leg: Leg, dialled: str) -> Iterator[Told]:
    """An extension calls somebody."""
    h.call.direction = h.sides.direction(dialled)
    h.call.began = True
    leg.dialled = dialled
    yield of_party(Kind.BEGAN, leg, direction=h.call.direction, caller=leg.extension, dialled=dialled)


def _unheralded(h: Happened) -> Iterator[Told]:
    """The switch calls an extension of its own accord: somebody else asked it to, to put it through afterwards."""
    if not h.call.began and h.own.call == h.own.id and h.own.called and h.own.extension:
        aim = h.expected or h.get("variable_origination_caller_id_number")
        yield from _began_by(h, h.own, aim if aim.upper() != h.own.extension else "")


def ringing(h: Happened) -> Iterator[Told]:
    leg = h.own
    if leg.inner or leg.spy or leg.up or not leg.called:
        return
    if leg.extension:
        yield from _unheralded(h)
        yield of_party(Kind.RINGING, leg, queue=leg.queue)
    elif _is_customer_called(h):
        yield of_party(Kind.RINGING, leg, dialled=leg.dialled)


def answered(h: Happened) -> Iterator[Told]:
    leg = h.own
    if leg.inner or leg.spy or leg.up:
        return
    leg.up = True
    if leg.extension:
        yield from _unheralded(h)
        h.call.talked = h.call.talked or leg.called
        yield of_party(Kind.ANSWERED, leg, queue=leg.queue)
    elif leg.called and _is_customer_called(h):
        yield of_party(Kind.ANSWERED, leg, dialled=leg.dialled)


def _is_customer_called(h: Happened) -> bool:
    """Whether the number outside is whom the call is for; in a call that came in it is a third one."""
    h.own.outside = h.call.direction == "inbound" and h.own.linked
    return not h.own.outside


def digit(h: Happened) -> Iterator[Told]:
    """Only where it was set up so, and only before anybody talks: what is pressed may be a secret number."""
    pressed = h.get("DTMF-Digit")
    if h.digits and pressed and h.own.is_customer and not h.call.talked and not h.call.queue:
        yield Told(Kind.MENU, h.own.call, {"digits": pressed[:20]})


def custom(h: Happened) -> Iterator[Told]:
    match h.get("Event-Subclass"):
        case "callcenter::info":
            yield from _queue(h)
        case "gongdan::menu" if h.leg is not None:
            words = {"digits": h.get("Menu-Digits")[:20], "label": h.get("Menu-Label")[:80]}
            if words["digits"]:
                yield Told(Kind.MENU, h.own.call, words)


def _queue(h: Happened) -> Iterator[Told]:
    member = h.get("CC-Member-Session-UUID")
    leg = h.state.legs.get(member)
    queue = h.get("CC-Queue").partition("@")[0]
    if not member or not queue:
        return
    call = leg.call if leg else member
    known = h.state.calls.get(call)
    match h.get("CC-Action"):
        case "member-queue-start":
            if known is not None:
                known.queue = queue
            yield Told(Kind.QUEUED, call, {"queue": queue})
        case "bridge-agent-start":
            yield Told(Kind.LEFT_QUEUE, call, {"queue": queue, "cause": "answered"})
        case "member-queue-end" if h.get("CC-Cause") == "Cancel":
            over = h.get("CC-Cancel-Reason") in OVERFLOWED
            yield Told(
                Kind.LEFT_QUEUE, call, {"queue": queue, "cause": "overflowed" if over else "abandoned"}
            )
