"""Taking in a batch of a system's messages: kept raw, read into calls, all in one transaction."""

from __future__ import annotations

from collections.abc import Sequence

import structlog
from django.db import InterfaceError, OperationalError, transaction

from gongdan.core.interactions import readings, taking
from gongdan.core.interactions.contracts import RawSignal, Taken
from gongdan.core.interactions.taken_call import TakenCall
from gongdan.kernel import clock, reference
from gongdan.kernel.actor import system
from gongdan.kernel.unit import unit

ACTOR = system("phone")
NOTHING = Taken(frozenset(), frozenset(), 0)

log = structlog.get_logger(__name__)


def take_in(system_id: int, batch: Sequence[RawSignal]) -> Taken:
    """Keep `batch` and bring every call it touches up to date. What came before changes nothing.

    A call that cannot be reckoned or written (a defect, or a message nobody thought of) holds up no other: its messages
    are kept with the fault. Raises OperationalError or InterfaceError when the database cannot be used.
    """
    if not batch:
        return NOTHING
    reference.refresh()
    with unit():
        kept = readings.keep(system_id, batch)
        taken = _bring_up(system_id, kept) if kept.calls else []
    calls = frozenset(one.call.pk for one in taken)
    return Taken(calls, frozenset().union(*(one.staff for one in taken)), kept.repeated)


def _bring_up(system_id: int, kept: readings.Kept) -> list[TakenCall]:
    try:
        with transaction.atomic():
            return taking.bring_up(system_id, kept.calls, now=clock.now(), actor=ACTOR)
    except (OperationalError, InterfaceError):
        raise
    except Exception:
        log.exception("calls.batch_failed", system=system_id, calls=len(kept.calls))
        return [one for call, keys in sorted(kept.calls.items()) for one in _alone(system_id, call, keys)]


def _alone(system_id: int, call: str, keys: Sequence[str]) -> list[TakenCall]:
    """After a batch failed: each call by itself, so that one defect stops one call."""
    try:
        with transaction.atomic():
            return taking.bring_up(system_id, {call: keys}, now=clock.now(), actor=ACTOR)
    except (OperationalError, InterfaceError):
        raise
    except Exception as fault:
        log.exception("calls.call_failed", system=system_id, call=call)
        readings.note_fault(system_id, call, keys, f"{type(fault).__name__}: {fault}")
        return []
