"""What is told of a call when its rows have changed. Numbers of customers are told masked, as all events tell them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from gongdan.core.interactions import call_seconds, shown
from gongdan.core.interactions.models import Call, CallPart
from gongdan.core.interactions.taken_call import TakenCall
from gongdan.outbox.log import NewEvent


def events_of(taken: TakenCall, system: str) -> list[NewEvent]:
    """The events, in the order in which things happen. `system` is the telephone system's code."""
    return list(_events(taken, system))


def _events(taken: TakenCall, system: str) -> Iterator[NewEvent]:
    call = taken.call
    if taken.new:
        began = {"system": system, "direction": call.direction, "began_at": call.began_at}
        yield NewEvent("CallBegan", began | _sides(call) | _told(call, "line", "customer_id"))
    for entry in taken.new_entries:
        yield NewEvent("CallQueued", {"queue": entry.queue, "entered_at": entry.entered_at})
    for part in taken.answered:
        yield NewEvent("CallAnswered", _answered(taken, part))
    for part in taken.given_on:
        data = {"to": shown.party(part.transferred_to, clear=False), "mode": part.transfer_mode}
        yield NewEvent("CallTransferred", data | _told(part, "extension", "staff_id"))
    if call.phase == "ended" and (call.phase, call.outcome, call.ended_at) != taken.before:
        yield NewEvent("CallEnded", _ended(taken))


def _sides(call: Call) -> dict[str, str]:
    """Who called whom; a number of ours that was called stands as it is."""
    dialled = call.dialled if call.direction == "inbound" else shown.party(call.dialled, clear=False)
    sides = {"caller_id": shown.party(call.caller_id, clear=False), "dialled": dialled}
    return {name: words for name, words in sides.items() if words}


def _answered(taken: TakenCall, part: CallPart) -> dict[str, Any]:
    waited = call_seconds.waiting(taken.state)
    return {"answered_at": part.answered_at, "waited": waited} | _told(part, "extension", "staff_id", "queue")


def _ended(taken: TakenCall) -> dict[str, Any]:
    call = taken.call
    return {
        "outcome": call.outcome,
        "ended_at": call.ended_at,
        "waiting": call.waiting_seconds,
        "talk": call.talk_seconds,
        "hold": call.hold_seconds,
        "closed_by_us": call.closed_by_us,
        **_told(call, "ended_by", "queue", "customer_id"),
        **({"staff_id": call.agent_id} if call.agent_id else {}),
    }


def _told(row: object, *names: str) -> dict[str, Any]:
    """What the row has to say of these; what is empty is left out."""
    return {name: value for name in names if (value := getattr(row, name))}
