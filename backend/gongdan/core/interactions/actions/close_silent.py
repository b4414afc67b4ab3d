"""Calls that no telephone system speaks of any more are closed: an end may be lost, and nobody talks for ever."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from gongdan.core.interactions.actions.take_in import take_in
from gongdan.core.interactions.contracts import RawSignal
from gongdan.core.interactions.phone_signals import Kind, Signal
from gongdan.kernel import sql

SILENCE = timedelta(hours=4)
OFF = timedelta(minutes=2)  # the same of a system that is switched off: it will tell no end
MOST = 500  # calls at a time
ROUNDS = 50  # a flood of one system does not keep the calls of others waiting
# When something was last told of the call: by our clock or by the system's, whichever is ahead.
_SILENT = """SELECT call.system_id, call.key, last.at FROM interactions_call call CROSS JOIN LATERAL (
SELECT greatest(max(received_at), max((reading->-1->>'at')::timestamptz)) AS at FROM interactions_phonesignal one
WHERE one.system_id = call.system_id AND one.call = call.key AND one.call <> '') AS last
JOIN interactions_telephonesystem system ON system.id = call.system_id
WHERE call.phase <> 'ended' AND last.at < CASE WHEN system.active THEN %s ELSE %s END ORDER BY call.id LIMIT %s"""


def close_silent(now: datetime) -> frozenset[int]:
    """Tell the ledger that calls without a signal for SILENCE have vanished, of systems that are switched off for OFF;
    answers whose pages must look anew.

    Should the end be told after all, it counts.
    """
    staff: frozenset[int] = frozenset()
    for _ in range(ROUNDS):
        found = sql.execute(_SILENT, [now - SILENCE, now - OFF, MOST])
        staff |= _close(found, now)
        if len(found) < MOST:
            break
    return staff


def _close(found: Sequence[Any], now: datetime) -> frozenset[int]:
    told: dict[int, list[RawSignal]] = {}
    for system_id, key, last in found:
        told.setdefault(system_id, []).append(_vanished(key, last, now))
    return frozenset().union(*(take_in(system_id, batch).staff for system_id, batch in told.items()))


def _vanished(call: str, last: datetime, now: datetime) -> RawSignal:
    """It ended when it was last heard of, as far as anybody knows."""
    key = f"silent:{call}:{last.isoformat()}"
    at = last + timedelta(milliseconds=1)
    signal = Signal(kind=Kind.VANISHED, call=call, key=key, at=at, by="system")
    return RawSignal(key=key, raw="silent", received_at=now, call=call, signals=(signal,))
