"""Asterisk's events of people who talk: bridged, on hold, transferred, hung up. Pure."""

from __future__ import annotations

from gongdan.channels.phone.providers.asterisk_protocol import Message
from gongdan.channels.phone.providers.asterisk_state import Leg
from gongdan.channels.phone.providers.asterisk_view import Telling, Told, View, older
from gongdan.channels.phone.providers.asterisk_ways import ring_ended
from gongdan.core.interactions.phone_signals import Kind

REFUSED = frozenset({"17", "21"})  # Q.850: user busy, call rejected
ELSEWHERE = "26"  # answered elsewhere
MISSED = frozenset({"18", "19", "20", "27"})  # no response, no answer, absent, out of order


def enters_bridge(view: View, event: Message) -> Telling:
    """Who is in one bridge talks with one another: that is one call, the older one's."""
    leg = view.leg(event)
    if leg is None:
        return
    others = view.state.enter_bridge(leg, event.get("bridgeuniqueid"), event.get("swapuniqueid"))
    together = [leg, *others]
    key = leg.call
    for other in others:
        key = older(key, other.call)
    for one in together:
        yield from view.move(one, key)
    yield from view.answered(leg)
    real = [one for one in together if not one.inner]
    others_of_ours = [one for one in others if one.extension]
    if len(real) > 2 and not leg.inner and others_of_ours:
        yield view.say(Kind.CONFERENCED, others_of_ours[0], to=leg.extension)


def leaves_bridge(view: View, event: Message) -> Telling:
    leg = view.leg(event)
    if leg is not None and leg.bridge == event.get("bridgeuniqueid"):
        view.state.leave_bridge(leg)
    yield from ()


def held(view: View, event: Message) -> Telling:
    leg = view.leg(event)
    if leg is not None and leg.extension:
        yield view.say(Kind.HELD, leg)


def resumed(view: View, event: Message) -> Telling:
    leg = view.leg(event)
    if leg is not None and leg.extension:
        yield view.say(Kind.RESUMED, leg)


def blind_transfer(view: View, event: Message) -> Telling:
    leg = view.leg(event, "transferer")
    if leg is not None and leg.extension and event.get("result") == "Success":
        yield view.say(Kind.TRANSFERRED, leg, to=event.get("extension").upper(), mode="blind")


def attended_transfer(view: View, event: Message) -> Telling:
    """The one who transfers has one channel in each of two calls, or one in both; the older call goes on."""
    first, second = view.leg(event, "origtransferer"), view.leg(event, "secondtransferer")
    if first is None or event.get("result") != "Success":
        return
    second = second or first
    mine = first if older(first.call, second.call) == first.call else second
    target = view.leg(event, "transfertarget") or _asked_along(view, first, second, mine)
    if not mine.extension:
        return
    if target is not None and target.extension:
        yield from view.move(target, mine.call)
        yield from view.answered(target)
    to = target.extension if target is not None else event.get("desttransfererexten")
    yield view.say(Kind.TRANSFERRED, mine, to=to, mode="attended")


def _asked_along(view: View, first: Leg, second: Leg, mine: Leg) -> Leg | None:
    """Who the transferer talked to aside, when the event does not name them."""
    aside = second if mine is first else first
    around = view.state.bridges.get(aside.bridge, {}).values() if aside is not mine else view.call(mine).real
    found = [one for one in around if one.extension and one.extension != mine.extension]
    return found[-1] if found else None


def end_asked(view: View, event: Message) -> Telling:
    """A side asked for the end: of the call, if no more than two are in it."""
    leg = view.leg(event)
    if leg is None or leg.inner:
        return
    leg.hung_up = True
    call = view.call(leg)
    if not call.ended_by and len(call.real) <= 2:
        call.ended_by = side_of(leg)
    yield from ()


def agent_completes(view: View, event: Message) -> Telling:
    """A queue tells who hung up; the agent's channel may be gone by then."""
    leg = view.leg(event)
    by = {"caller": "customer", "agent": "agent"}.get(event.get("reason"), "")
    if leg is not None and by and not view.call(leg).ended_by:
        view.call(leg).ended_by = by
    yield from ()


def hangup(view: View, event: Message) -> Telling:
    """A channel is gone; with the last one the call is over. Of calls that nothing was told of nothing is told."""
    leg = view.leg(event)
    if leg is None:
        return
    call = view.call(leg)
    if call.spoken:
        yield from _leaves(view, leg, event.get("cause"))
    view.state.remove(leg)
    if call.spoken and not leg.inner and not call.real:
        call.spoken = False
        # A number of ours that led to nobody's phone: it is known now that the call never went outside.
        direction = {} if call.direction or not call.told else {"direction": "internal"}
        cause = event.get("cause-txt") or event.get("cause")
        yield Told(Kind.ENDED, call.key, {"by": call.ended_by or "system", "cause": cause, **direction})


def _leaves(view: View, leg: Leg, cause: str) -> Telling:
    if leg.rang and not leg.talks and leg.extension:
        yield from ring_ended(view, leg, _ring_end(cause))
    elif not leg.inner and not leg.outside:
        by = side_of(leg) if leg.hung_up else view.call(leg).ended_by or "system"
        yield view.say(Kind.PARTY_LEFT, leg, by=by)
    if leg.recording:
        yield Told(Kind.RECORDED, leg.call, {"ref": leg.recording})


def _ring_end(cause: str) -> str:
    if cause in REFUSED:
        return "refused"
    if cause == ELSEWHERE:
        return "elsewhere"
    return "missed" if cause in MISSED else ""


def side_of(leg: Leg) -> str:
    return "agent" if leg.extension else "customer"
