"""FreeSWITCH's events of a talk: held, given on, taken into a conference, recorded, ended. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from gongdan.channels.phone.providers.freeswitch_legs import Conversation, Leg
from gongdan.channels.phone.providers.freeswitch_told import Happened, Told, of_party
from gongdan.core.interactions.phone_signals import Kind

JUST_NOW = 2.5  # seconds
REFUSED = frozenset({"CALL_REJECTED", "USER_BUSY"})
ELSEWHERE = frozenset({"LOSE_RACE", "PICKED_OFF"})


def held(h: Happened) -> Iterator[Told]:
    if h.own.extension and not h.own.spy:
        yield of_party(Kind.HELD, h.own)


def resumed(h: Happened) -> Iterator[Told]:
    if h.own.extension and not h.own.spy:
        yield of_party(Kind.RESUMED, h.own)


def given_on(h: Happened) -> Iterator[Told]:
    """transfer_source (time:id:bl_xfer:8002/default/XML) shows that the other side sent this leg somewhere."""
    source = h.get("variable_transfer_source")
    if h.leg is None or not source or h.leg.transfer_source == source:
        return
    h.leg.transfer_source = source
    how, _, rest = source.partition(":bl_xfer:")
    to = rest.partition("/")[0].upper()
    if not how or not to or not h.leg.is_customer:
        return
    partner, left = h.state.partner(h.leg), h.call.left
    if partner is not None and partner.extension and partner.up:
        giver, at = partner, h.at
    elif left is not None and abs(left[1].timestamp() - _stamp(how)) <= JUST_NOW:
        giver, at = left
    else:
        return
    if not giver.given_on:
        giver.given_on = True
        yield transfer(giver, to, "blind", at)


def transfer(giver: Leg, to: str, mode: str, at: datetime | None = None) -> Told:
    return of_party(Kind.TRANSFERRED, giver, at=at, to=to, mode=mode)


def _stamp(how: str) -> float:
    """The time at the beginning of a transfer_source, in seconds."""
    digits = how.partition(":")[0]
    return float(digits) if digits.isascii() and digits.isdecimal() else 0.0


def bridged(h: Happened) -> Iterator[Told]:
    """Two legs hear each other."""
    first = h.state.legs.get(h.get("Bridge-A-Unique-ID") or h.own.id, h.own)
    second = h.state.legs.get(h.get("Bridge-B-Unique-ID") or h.get("Other-Leg-Unique-ID"))
    if second is None or first is second or first.spy or second.spy:
        return
    if first.call != second.call:
        yield from _joined(h, first, second)
    first.partner, second.partner = second.id, first.id
    for leg in (first, second):
        if leg.extension and not leg.inner and not leg.up:
            leg.up = True
            yield of_party(Kind.ANSWERED, leg, queue=leg.queue)
    customer = next((leg for leg in (first, second) if leg.is_customer), None)
    if customer is not None:
        other = second if customer is first else first
        yield from _taken_over(h, other)


def _joined(h: Happened, first: Leg, second: Leg) -> Iterator[Told]:
    """Two calls become one: the one with the customer, else the one that is bridged into."""
    one, two = h.state.call_of(first), h.state.call_of(second)
    stays, goes = (two, second) if two.customer is not None and one.customer is None else (one, first)
    moved = first if goes is second else second
    if moved.extension and moved.told:
        yield of_party(Kind.PARTY_LEFT, moved, by="system")
    old = h.state.call_of(moved)
    h.state.move(moved, stays.key)
    if old.began and not old.real:
        yield Told(Kind.ENDED, old.key, {"cause": "ATTENDED_TRANSFER"})
    if moved.extension and not moved.inner:
        stays.talked = moved.up = True
        yield of_party(Kind.ANSWERED, moved)


def _taken_over(h: Happened, other: Leg) -> Iterator[Told]:
    """The customer talks to somebody else than before: who talked to them asked that one first."""
    call = h.state.call_of(other)
    to = other.extension or other.dialled
    if call.conference or not to or other.inner:
        return
    for agent in call.agents:
        if agent is not other and not agent.given_on:
            agent.given_on = True
            yield transfer(agent, to, "attended")


def executed(h: Happened) -> Iterator[Told]:
    """three_way takes a leg into the talk of another; eavesdrop only hears it."""
    application, data = h.get("Application"), h.get("Application-Data")
    if application == "eavesdrop" and not h.own.told:
        h.own.spy = True
    if application != "three_way":
        return
    target = h.state.legs.get(data.strip())
    if target is None or target is h.own:
        return
    call = h.state.call_of(target)
    agents = [leg for leg in call.agents if leg is not h.own]
    host = target if target.extension else next(iter(agents), None)
    call.conference = True
    if host is not None and (h.own.extension or h.own.dialled):
        yield of_party(Kind.CONFERENCED, host, to=(h.own.extension or h.own.dialled)[:80])


def recorded(h: Happened) -> Iterator[Told]:
    path = h.get("Record-File-Path")
    if path:
        within = (path.removeprefix(one) for one in h.folders if path.startswith(one))
        name = next(within, path.rpartition("/")[2])
        seconds = h.get("variable_record_seconds")
        length = int(seconds) if seconds.isascii() and seconds.isdecimal() and len(seconds) < 7 else 0
        yield Told(Kind.RECORDED, h.own.call, {"ref": name[:300], "seconds": length})


def gone(h: Happened) -> Iterator[Told]:
    """A leg is over; and perhaps the call with it."""
    leg, call = h.own, h.call
    h.state.remove(leg)
    if leg.inner or leg.spy or leg.outside:
        return
    cause = h.get("Hangup-Cause")[:80]
    asked = h.get("variable_sip_hangup_disposition").startswith("recv_")
    if leg.extension:
        yield from _agent_gone(h, call, cause, asked=asked)
    elif call.direction == "inbound" and (call.began or not leg.called):
        call.ended = True
        call.ended_by = "customer" if asked else ""
        by = "customer" if asked else call.left_by if call.talked and not call.agents else ""
        by = by or ("" if call.talked else "system")
        yield Told(Kind.ENDED, call.key, {"by": by, "cause": cause})
    elif leg.told:
        call.ended_by = call.ended_by or ("customer" if asked else "")
        yield Told(Kind.PARTY_LEFT, call.key, {"by": "customer" if asked else "", "cause": cause})
    if call.direction != "inbound" and not call.real and call.began:
        yield Told(Kind.ENDED, call.key, {"cause": cause})


def _agent_gone(h: Happened, call: Conversation, cause: str, *, asked: bool) -> Iterator[Told]:
    leg = h.own
    by = "agent" if asked or leg.given_on else call.ended_by or "system"
    if leg.up or not leg.called or leg.id == call.key:
        if leg.up:
            call.left, call.left_by = (leg, h.at), by
        yield of_party(Kind.PARTY_LEFT, leg, by=by, cause=cause)
    elif leg.told:
        yield of_party(Kind.RING_ENDED, leg, cause=_why_not(call, cause), by=by)


def _why_not(call: Conversation, cause: str) -> str:
    """Why it rings no more."""
    if cause in REFUSED:
        return "refused"
    if cause in ELSEWHERE:
        return "elsewhere"
    if cause == "ORIGINATOR_CANCEL":
        return "elsewhere" if call.agents else "cancelled"
    return "missed"
