"""How everybody who listens is doing, and what they could not handle: /listeners and /dead-letters."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from django.http import HttpResponse
from ninja import Path, Query, Router, Schema
from pydantic import AwareDatetime, ConfigDict, Field

from gongdan.kernel import jobs
from gongdan.outbox import health, parked
from gongdan.outbox.parked import Which
from gongdan.web import groups
from gongdan.web.auth import Request
from gongdan.web.feed_groups import LagOut
from gongdan.web.idempotency import idempotent
from gongdan.web.json_body import answer
from gongdan.web.paging import BIGGEST, Limit

router = Router()
RIGHT = "admin.integrations"
TRAIL = "admin.trail"
JOB = "dead_letters.range"  # the same name as in config/job_list
LetterId = Annotated[int, Path(ge=1, le=BIGGEST)]
Name = Annotated[str, Path(max_length=120)]


class ListenerOut(Schema):
    """`kind` is listener (in the worker) or group. For groups `alive`, `parked` and `dead` are null."""

    kind: str
    name: str
    lag: LagOut
    moved_at: datetime | None
    alive: bool | None
    orphaned: bool
    parked: int | None
    dead: int | None


class ListenersOut(Schema):
    items: list[ListenerOut]


class LetterOut(Schema):
    id: int
    consumer: str
    subject: str
    subject_id: int
    event_id: int
    type: str
    attempts: int
    error: str
    parked_at: datetime
    waiting: int


class LettersOut(Schema):
    items: list[LetterOut]
    next: int | None


class LettersQuery(Schema):
    """Which dead letters: of one consumer, parked not before `since` and before `until`."""

    consumer: str | None = Field(None, max_length=120)
    since: AwareDatetime | None = None
    until: AwareDatetime | None = None


class RangeIn(Schema):
    """The same, where the range must be said."""

    model_config = ConfigDict(extra="forbid")
    consumer: str | None = Field(None, max_length=120)
    since: AwareDatetime
    until: AwareDatetime


class QueuedOut(Schema):
    queued: bool


@router.get("/listeners", response=ListenersOut, summary="Who listens, and how far they are")
def get_listeners(request: Request) -> HttpResponse:
    """Every consumer in the worker, then every consumer group. Needs admin.integrations."""
    request.grants.require(RIGHT)
    return answer(
        {"items": [*map(_consumer, health.consumers()), *map(_group, groups.groups_of(request.grants))]}
    )


@router.delete("/listeners/{name}", response={204: None}, summary="Forget a listener nobody runs any more")
def delete_listener(request: Request, name: Name) -> HttpResponse:
    """With its place and what it parked. 409 listener_in_use; 404 unknown_listener. Needs admin.integrations."""
    request.grants.require(RIGHT)
    health.remove(name)
    return HttpResponse(status=204)


@router.get("/dead-letters", response=LettersOut, summary="Events a listener gave up on")
def get_dead_letters(
    request: Request,
    which: Query[LettersQuery],
    after: Annotated[int | None, Query(ge=1, le=BIGGEST)] = None,
    limit: Limit = 50,
) -> HttpResponse:
    """{items, next}, newest first. Needs admin.integrations or admin.trail."""
    _require(request)
    items = parked.dead_letters(Which(which.consumer, which.since, which.until), before=after, limit=limit)
    return answer({"items": items, "next": items[-1].id if len(items) == limit else None})


@router.post("/dead-letters/replay", response={202: QueuedOut}, summary="Try a range of dead letters again")
def replay_dead_letters(request: Request, sent: RangeIn) -> HttpResponse:
    """A job does it, a letter at a time. Needs admin.integrations or admin.trail."""
    return _queued(request, sent, "replay")


@router.post("/dead-letters/dismiss", response={202: QueuedOut}, summary="Give a range of dead letters up")
def dismiss_dead_letters(request: Request, sent: RangeIn) -> HttpResponse:
    """A job does it, a letter at a time. Needs admin.integrations or admin.trail."""
    return _queued(request, sent, "dismiss")


@router.post("/dead-letters/{letter_id}/replay", response={204: None}, summary="Try a dead letter again")
def replay_dead_letter(request: Request, letter_id: LetterId) -> HttpResponse:
    """What waits behind it follows when it succeeds. Needs admin.integrations or admin.trail."""
    _require(request)
    parked.replay(letter_id)
    return HttpResponse(status=204)


@router.post(
    "/dead-letters/{letter_id}/dismiss", response={204: None}, summary="Give a dead letter up for good"
)
def dismiss_dead_letter(request: Request, letter_id: LetterId) -> HttpResponse:
    """What waits behind it goes on. Needs admin.integrations or admin.trail."""
    _require(request)
    parked.dismiss(letter_id)
    return HttpResponse(status=204)


def _require(request: Request) -> None:
    if TRAIL not in request.grants.rights:
        request.grants.require(RIGHT)


def _queued(request: Request, sent: RangeIn, act: str) -> HttpResponse:
    _require(request)

    def enqueue() -> dict[str, bool]:
        since, until = sent.since.isoformat(), sent.until.isoformat()
        jobs.enqueue(JOB, act=act, consumer=sent.consumer, since=since, until=until)
        return {"queued": True}

    return idempotent(request, enqueue, status=202)


def _consumer(one: health.Health) -> dict[str, Any]:
    return {
        "kind": "listener", "name": one.name, "lag": one.lag, "moved_at": one.moved_at, "alive": one.alive,
        "orphaned": one.orphaned, "parked": one.parked, "dead": one.dead,
    }  # fmt: skip


def _group(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "kind": "group", "name": row["name"], "lag": row["lag"], "moved_at": row["moved_at"], "alive": None,
        "orphaned": False, "parked": None, "dead": None,
    }  # fmt: skip
