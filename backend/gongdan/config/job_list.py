"""Every job the worker knows, on one page. A job may run more than once and must not mind."""

from __future__ import annotations

from datetime import datetime

import structlog
from django.db import connections

from gongdan.core.tickets.policy_use import apply_version
from gongdan.kernel import jobs, reference
from gongdan.kernel.actor import system
from gongdan.outbox import dead_letters
from gongdan.outbox.parked import Which

log = structlog.get_logger(__name__)


APPLY_POLICY = "policies.apply"
DEAD_LETTERS = "dead_letters.range"
NAMES = (APPLY_POLICY, DEAD_LETTERS)


@jobs.job(APPLY_POLICY)
def apply_policy(code: str, number: int, asked_by: int | None = None) -> None:
    """Bring a policy's version to the open tickets it touches; `asked_by` is the administrator's id."""
    try:
        reference.refresh()
        count = apply_version(code, number, actor=system("policies"))
        log.info("policies.applied", policy=code, number=number, count=count, asked_by=asked_by)
    finally:
        connections.close_all()


@jobs.job(DEAD_LETTERS)
def dead_letters_range(act: str, consumer: str | None, since: str, until: str) -> None:
    """Replay or dismiss (`act`) the dead letters of a range; the moments are ISO 8601."""
    which = Which(consumer, datetime.fromisoformat(since), datetime.fromisoformat(until))
    try:
        count = dead_letters.replay(which) if act == "replay" else dead_letters.dismiss(which)
        log.info("dead_letters.done", act=act, consumer=consumer, count=count)
    finally:
        connections.close_all()
