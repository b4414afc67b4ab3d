"""A call's own events, said by people's verbs: the row is locked, the chain goes on from its head."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from gongdan.core.interactions.access import unknown_call
from gongdan.core.interactions.models import Call
from gongdan.kernel.actor import Actor
from gongdan.outbox import log


def lock(call_id: int) -> Call:
    """The call's row, locked, in the caller's transaction. Raises unknown_call."""
    call = Call.objects.select_for_update(no_key=True).filter(pk=call_id).first()
    if call is None:
        raise unknown_call()
    return call


def say(
    call: Call,
    type_: str,
    data: Mapping[str, Any],
    *,
    actor: Actor,
    at: datetime,
    changed: tuple[str, ...] = (),
) -> None:
    """Append one event to a locked call and write it with the columns that `changed`; its version moves by one."""
    head = log.Head(call.event_seq, bytes(call.head_hash))
    head = log.append("call", call.pk, head, [log.NewEvent(type_, data)], actor=actor, at=at)
    call.event_seq, call.head_hash = head.seq, head.hash
    call.version += 1
    call.save(update_fields=["event_seq", "head_hash", "version", *changed])
