"""Commands on their way to the telephone system: claimed by one phone process, carried out once, told of.

A command that has waited longer than STALE seconds is not carried out any more: the call has gone on, and a phone that
is hung up ten seconds after the click hangs up on somebody else.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q

from gongdan.core.interactions.models import PhoneCommand

STALE = 10  # seconds
LOST = 30  # seconds after which a command under way has lost its process
MOST = 50  # claimed at a time
MOST_WORDS = 300
# Our own faults; any other is in the telephone system's words.
TOO_OLD, UNKNOWN, NOT_CONNECTED, NO_ANSWER, NOT_ABLE = (
    "stale", "unknown", "not_connected", "no_answer", "not_able",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Asked:
    """A claimed command. `staff_id`: who waits for it."""

    id: int
    system_id: int
    verb: str
    args: Mapping[str, Any]
    staff_id: int | None


def claim_commands(system_ids: Collection[int], now: datetime) -> list[Asked]:
    """Take what these systems are asked to do, oldest first; nobody else has it then."""
    with transaction.atomic():
        waiting = PhoneCommand.objects.filter(system_id__in=system_ids, state="asked")
        fresh = waiting.filter(asked_at__gt=now - timedelta(seconds=STALE)).order_by("id")
        found = list(fresh.select_for_update(skip_locked=True)[:MOST])
        PhoneCommand.objects.filter(pk__in=[one.pk for one in found]).update(state="doing")
    return [Asked(one.pk, one.system_id, one.verb, one.args, one.staff_id) for one in found]


def finish_command(command_id: int, fault: str, now: datetime) -> None:
    """It was done, or was not because of `fault`. What was given up meanwhile stays so."""
    PhoneCommand.objects.filter(pk=command_id, state="doing").update(
        state="failed" if fault else "done", fault=fault[:MOST_WORDS].replace("\0", ""), done_at=now
    )


def give_up_commands(now: datetime) -> set[int]:
    """Fail what is too old to be begun (of any system) and what a process that died had begun. Answers who waits."""
    told: set[int] = set()
    asked = PhoneCommand.objects.filter(state="asked", asked_at__lte=now - timedelta(seconds=STALE))
    doing = PhoneCommand.objects.filter(state="doing", asked_at__lte=now - timedelta(seconds=LOST))
    for found, fault in ((asked, TOO_OLD), (doing, UNKNOWN)):
        some = dict(found.values_list("pk", "staff_id")[:1000])
        still = Q(pk__in=some, state__in=["asked", "doing"])
        if some and PhoneCommand.objects.filter(still).update(state="failed", fault=fault, done_at=now):
            told |= {staff_id for staff_id in some.values() if staff_id}
    return told
