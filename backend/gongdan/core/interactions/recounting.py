"""Whether a call's rows are what its signals add up to: the proof that everything counted can be reckoned anew."""

from __future__ import annotations

from typing import Any

from gongdan.core.interactions import readings, shaping
from gongdan.core.interactions.call_state import CallState
from gongdan.core.interactions.ledger import reckon
from gongdan.core.interactions.models import Call, CallPart, QueueEntry


def state_of(call_id: int) -> CallState | None:
    """What the call's signals add up to now; None when they are forgotten. Raises Call.DoesNotExist."""
    system_id, key = Call.objects.values_list("system_id", "key").get(pk=call_id)
    signals = readings.of_calls(system_id, [key])[key].signals
    return reckon(signals) if signals else None


def recount(call_id: int) -> bool | None:
    """Whether the call, its parts and its stays equal what its signals add up to; None when those are forgotten.

    Who sat where, which customer it is, and what people wrote does not follow from signals and is not compared.
    """
    state = state_of(call_id)
    if state is None:
        return None
    call = Call.objects.get(pk=call_id)
    parts = list(CallPart.objects.filter(call_id=call_id).order_by("seq"))
    entries = list(QueueEntry.objects.filter(call_id=call_id).order_by("seq"))
    wanted_parts = [shaping.part_columns(state, talk) for talk in state.talks]
    wanted_entries = [shaping.entry_columns(stay) for stay in state.stays]
    return (
        _is(call, shaping.call_columns(state))
        and _are(parts, wanted_parts)
        and len(entries) == len(wanted_entries)
        and all(_is(row, columns) for row, columns in zip(entries, wanted_entries, strict=True))
    )


def _is(row: Any, columns: shaping.Columns) -> bool:
    return all(getattr(row, name) == value for name, value in columns.items())


def _are(rows: list[CallPart], wanted: list[shaping.Columns]) -> bool:
    """Whether each row is one of these, in whatever order: a row keeps its place when a ring is told late."""
    left = list(rows)
    for columns in wanted:
        row = next((one for one in left if _is(one, columns)), None)
        if row is None:
            return False
        left.remove(row)
    return not left
