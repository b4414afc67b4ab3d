"""The log of decisions: written with each asking, searched by administrators, forgotten after KEPT."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import structlog
from django.db import DatabaseError

from gongdan.core.ports import Decision, Proposal
from gongdan.kernel import clock
from gongdan.modules.interception.book import Entry
from gongdan.modules.interception.models import LoggedDecision

KEPT = timedelta(days=90)
EXCERPT = 500  # characters
BATCH = 10_000

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Line:
    """A decision about to be logged."""

    one: Entry
    decision: Decision
    passed: bool
    excerpt: str


@dataclass(frozen=True, slots=True)
class Search:
    """What is looked for; None and "" look for everything."""

    interceptor: int | None = None
    verb: str = ""
    ticket: str = ""
    decision: str = ""
    since: datetime | None = None
    until: datetime | None = None


def keep(proposal_id: str, proposal: Proposal, lines: Sequence[Line]) -> None:
    """Write what was decided, with one statement. A database that refuses is told to the process's log only."""
    if not lines:
        return
    now = clock.now()
    number = str(proposal.ticket["number"]) if proposal.ticket else ""
    rows = [
        LoggedDecision(
            at=now,
            proposal_id=proposal_id,
            interceptor_id=line.one.id,
            name=line.one.name,
            verb=proposal.verb,
            ticket_number=number,
            actor_name=str(proposal.actor.get("name", ""))[:200],
            decision=line.decision.decision,
            passed=line.passed,
            sentence=line.decision.sentence[:500],
            changed=list(line.decision.changed),
            milliseconds=line.decision.milliseconds,
            excerpt=line.excerpt[:EXCERPT],
        )
        for line in lines
    ]
    try:
        LoggedDecision.objects.bulk_create(rows)
    except DatabaseError:
        log.exception("interception.not_logged", proposal=proposal_id)


def found(wanted: Search, *, before_id: int, limit: int) -> list[Mapping[str, Any]]:
    """Decisions, newest first, with ids below `before_id`. One statement."""
    rows = LoggedDecision.objects.filter(pk__lt=before_id).order_by("-pk")
    chosen = {
        "interceptor_id": wanted.interceptor,
        "verb": wanted.verb,
        "ticket_number": wanted.ticket,
        "decision": wanted.decision,
        "at__gte": wanted.since,
        "at__lt": wanted.until,
    }
    rows = rows.filter(**{name: value for name, value in chosen.items() if value not in (None, "")})
    return list(
        rows[:limit].values(
            "id",
            "at",
            "proposal_id",
            "interceptor_id",
            "name",
            "verb",
            "ticket_number",
            "actor_name",
            "decision",
            "passed",
            "sentence",
            "changed",
            "milliseconds",
            "excerpt",
        )
    )


def last_failures() -> dict[int, dict[str, Any]]:
    """The last failure of each interceptor within the last day: {id: {at, reason}}. One statement."""
    rows = (
        LoggedDecision.objects.filter(decision="failed", at__gte=clock.now() - timedelta(days=1))
        .exclude(interceptor=None)
        .order_by("interceptor_id", "-id")
        .distinct("interceptor_id")
        .values_list("interceptor_id", "at", "sentence")
    )
    return {identity: {"at": at, "reason": sentence} for identity, at, sentence in rows}


def forget_old() -> int:
    """Remove what is older than 90 days, in batches; returns how many. For the daily job."""
    count = 0
    while True:
        some = LoggedDecision.objects.filter(at__lt=clock.now() - KEPT).values("pk")[:BATCH]
        removed = LoggedDecision.objects.filter(pk__in=some).delete()[0]
        count += removed
        if removed < BATCH:
            return count
