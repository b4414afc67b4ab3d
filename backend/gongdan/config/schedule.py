"""Every periodic call on one page. Times are UTC, as cron writes them; a call may run twice and must not mind."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import structlog

from gongdan.core.interactions import sound_proof
from gongdan.core.interactions.actions import recordings
from gongdan.core.interactions.actions.forget_old_signals import forget_old_signals
from gongdan.core.tickets.correction import correct_provisional
from gongdan.kernel import jobs
from gongdan.kernel.actor import system
from gongdan.listeners.notify import keeping
from gongdan.listeners.webhooks import keeping as deliveries
from gongdan.modules.interception import logbook
from gongdan.outbox import anchors
from gongdan.web import idempotency, sessions, sign_in

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Every:
    """`call` answers how many things it did."""

    cron: str
    name: str
    call: Callable[[], int]
    why: str


def correct_deadlines() -> int:
    """Reckon provisional deadlines anew whose table has come since (a clock may have moved into its year later)."""
    return len(correct_provisional(actor=system("schedule")))


SCHEDULE = (
    Every("5 18 * * *", "correct deadlines", correct_deadlines, "a year's table may have come"),
    Every("10 18 * * *", "anchor the trail", anchors.make_anchor, "so that cutting off a chain's end shows"),
    Every("20 18 * * *", "forget idempotency keys", idempotency.forget_old_keys, "nobody repeats that late"),
    Every("30 18 * * *", "forget sessions", sessions.forget_expired, "they are over"),
    Every(
        "35 18 * * *",
        "forget sign-in failures",
        sign_in.forget_old_failures,
        "they no longer slow anybody down",
    ),
    Every("45 18 * * *", "forget interceptors' decisions", logbook.forget_old, "the tracks keep them"),
    Every("40 18 * * *", "forget notifications", keeping.forget_old, "nobody reads them any more"),
    Every("55 18 * * *", "forget phone signals", forget_old_signals, "what they tell stands in the calls"),
    Every("50 18 * * *", "remove recordings", recordings.remove_old, "their time is over"),
    Every("0 19 * * *", "verify recordings", sound_proof.verify_some, "so that damage on the disk shows"),
    Every("45 18 * * *", "forget deliveries", deliveries.forget_old, "their time to be sent again is over"),
)


def install() -> None:
    """Tell the worker of the schedule; call once, before it starts."""
    for one in SCHEDULE:
        jobs.periodic(one.name, one.cron, partial(run, one))


def run(one: Every) -> None:
    """Make one of the calls now."""
    log.info("schedule.done", name=one.name, count=one.call())
