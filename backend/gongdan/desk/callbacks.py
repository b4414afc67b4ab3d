"""REST for callback tasks: whom nobody answered, and who calls them back. No rules."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from django.http import HttpResponse
from ninja import Field, Router, Schema
from pydantic import AwareDatetime

from gongdan.core.interactions import callback_list
from gongdan.core.interactions.access import TAKE
from gongdan.core.interactions.actions import callback_task
from gongdan.desk.phone_shapes import CustomerBrief, Number, Person
from gongdan.web import paging
from gongdan.web.auth import Request
from gongdan.web.json_body import answer
from gongdan.web.live import bell

router = Router()


class CallOfTask(Schema):
    call_id: int
    at: datetime
    outcome: str


class CallbackTask(Schema):
    """The number is in clear for who has taken it. `missed` are the calls nobody answered, `tried` those made since."""

    id: int
    number: Number
    customer: CustomerBrief | None
    queue_title: str
    line_label: str
    calls: int
    first_call_at: datetime
    last_call_at: datetime
    state: Literal["open", "taken", "done", "given_up"]
    taken_by: Person | None
    taken_at: datetime | None
    tries: int
    not_before: datetime | None
    result: str
    note: str
    done_at: datetime | None
    missed: list[CallOfTask]
    tried: list[CallOfTask]
    version: int


class CallbackTasks(Schema):
    items: list[CallbackTask]
    next: str | None
    open: int


class Result(Schema):
    """`next_try_at` is for not_reached: when it is worth trying again."""

    model_config = {"extra": "forbid"}

    result: Literal["reached", "not_reached", "wrong_number"]
    note: Annotated[str, Field(max_length=2_000)] = ""
    next_try_at: AwareDatetime | None = None


@router.get("/phone/callbacks", summary="Callback tasks", response=CallbackTasks)
def get_callbacks(
    request: Request,
    state: Literal["open", "later", "mine", "done"] = "open",
    limit: paging.Limit = paging.DEFAULT_LIMIT,
    after: paging.After = None,
) -> HttpResponse:
    """open: who waits longest first; later: to be tried again another time; done: newest first. `open` counts up to 100."""
    request.grants.require(TAKE)
    key = paging.decode(after, datetime, int) if after else None
    found = callback_list.page(
        request.grants, state, after=(key[0], key[1]) if key else None, limit=limit + 1
    )
    items, following = paging.page(found, limit, lambda row: (row["last_call_at"], row["id"]))
    return answer({"items": items, "next": following, "open": callback_list.open_count()})


@router.post("/phone/callbacks/{task_id}/take", summary="Take a callback task", response=CallbackTask)
def post_take(request: Request, task_id: int) -> HttpResponse:
    request.grants.require(TAKE)
    callback_task.take_task(task_id, actor=request.actor)
    return _told(request, task_id)


@router.post(
    "/phone/callbacks/{task_id}/give-back", summary="Give a callback task back", response=CallbackTask
)
def post_give_back(request: Request, task_id: int) -> HttpResponse:
    request.grants.require(TAKE)
    callback_task.give_back_task(task_id, actor=request.actor)
    return _told(request, task_id)


@router.post("/phone/callbacks/{task_id}/result", summary="What came of calling back", response=CallbackTask)
def post_result(request: Request, task_id: int, given: Result) -> HttpResponse:
    """reached ends it, wrong_number gives it up, not_reached lets anybody try again."""
    request.grants.require(TAKE)
    callback_task.tell_result(
        task_id, given.result, given.note.strip(), actor=request.actor, next_try_at=given.next_try_at
    )
    return _told(request, task_id)


def _told(request: Request, task_id: int) -> HttpResponse:
    bell.ring({request.grants.staff_id}, bell.PHONE)
    return answer(callback_list.one(task_id, request.grants))
