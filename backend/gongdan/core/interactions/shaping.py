"""What a call's state is in the columns of its rows. Pure: used to write them, and to prove that they can be reckoned anew."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from gongdan.core.interactions import call_seconds, matching
from gongdan.core.interactions.call_state import CallState, QueueStay, Talk
from gongdan.core.interactions.readings import storable

Columns = dict[str, Any]


def call_columns(state: CallState) -> Columns:
    """Of Call, all that follows from the signals alone (`talks` without their row's seq, see `talk_json`)."""
    talk, hold = call_seconds.of_call(state)
    return {
        "direction": state.direction,
        "caller_id": storable(state.caller, 80),
        "dialled": storable(state.dialled, 80),
        "line": storable(state.line, 40),
        "customer_number": matching.number_of(matching.customer_side(state)),
        "queue": storable(state.stays[-1].queue, 80) if state.stays else "",
        "menu": [{"digits": one.digits, "label": one.label, "at": _iso(one.at)} for one in state.menu],
        "stays": [_stay_json(stay) for stay in state.stays],
        "phase": state.phase,
        "outcome": state.outcome,
        "began_at": state.began_at,
        "answered_at": state.answered_at,
        "ended_at": state.ended_at,
        "ended_by": state.ended_by,
        "closed_by_us": state.closed_by_us,
        "waiting_seconds": call_seconds.waiting(state),
        "talk_seconds": talk,
        "hold_seconds": hold,
    }


def part_columns(state: CallState, talk: Talk) -> Columns:
    """Of CallPart, all that follows from the signals alone; its `seq` is the row's own."""
    return {
        "extension": storable(talk.party, 32),
        "leg": storable(talk.leg, 120),
        "direction": state.direction,
        "queue": storable(talk.queue, 80),
        "rang_at": talk.rang_at,
        "answered_at": talk.answered_at,
        "ended_at": talk.ended_at,
        "outcome": talk.outcome,
        "ring_seconds": call_seconds.ringing(talk),
        "talk_seconds": call_seconds.talking(talk),
        "hold_seconds": call_seconds.holding(talk),
        "transferred_to": storable(talk.transferred_to, 80),
        "transfer_mode": storable(talk.transfer_mode, 10),
    }


def entry_columns(stay: QueueStay) -> Columns:
    """Of QueueEntry."""
    return {
        "queue": storable(stay.queue, 80),
        "entered_at": stay.entered_at,
        "left_at": stay.left_at,
        "waited_seconds": call_seconds.between(stay.entered_at, stay.left_at),
        "outcome": stay.outcome,
    }


def talk_json(talk: Talk, seq: int) -> Columns:
    """A talk for reading; `seq` is that of its CallPart."""
    return {
        "seq": seq,
        "party": storable(talk.party, 32),
        "leg": storable(talk.leg, 120),
        "queue": talk.queue,
        "rang_at": _iso(talk.rang_at),
        "answered_at": _iso(talk.answered_at),
        "ended_at": _iso(talk.ended_at),
        "outcome": talk.outcome,
        "holds": [{"began_at": _iso(hold.began_at), "ended_at": _iso(hold.ended_at)} for hold in talk.holds],
        "transferred_to": talk.transferred_to,
        "transfer_mode": talk.transfer_mode,
        "ended_by": talk.ended_by,
    }


def _stay_json(stay: QueueStay) -> Columns:
    return {
        "queue": stay.queue,
        "entered_at": _iso(stay.entered_at),
        "left_at": _iso(stay.left_at),
        "outcome": stay.outcome,
    }


def _iso(at: datetime | None) -> str | None:
    return at.isoformat() if at else None
