"""REST for to-do lists and one's own record of work."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal, cast

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router
from pydantic import AwareDatetime

from gongdan.core.tickets import record, todo
from gongdan.web import paging
from gongdan.web.auth import Request
from gongdan.web.json_body import answer

router = Router()
Kind = Annotated[str | None, Query(max_length=20)]


@router.get(
    "/todo/counts", summary="How many wait in each to-do list, up to a hundred", response=dict[str, Any]
)
def get_counts(request: HttpRequest) -> HttpResponse:
    return answer(todo.counts(cast(Request, request).grants))


@router.get("/todo/{name}", summary="A to-do list, by due time", response=dict[str, Any])
def get_list(
    request: HttpRequest,
    name: Literal["mine", "department", "callbacks"],
    kind: Kind = None,
    limit: paging.Limit = paging.DEFAULT_LIMIT,
    after: paging.After = None,
) -> HttpResponse:
    key = cast(todo.Key, paging.decode(after, datetime, int)) if after else None
    found = todo.page(cast(Request, request).grants, name, after=key, limit=limit + 1, kind=kind)
    items, following = paging.page(found, limit, lambda row: (row["sort_at"], row["item_id"]))
    return answer({"items": items, "next": following})


@router.get("/records/mine", summary="What I did, newest first", response=dict[str, Any])
def get_record(
    request: HttpRequest,
    since: Annotated[AwareDatetime | None, Query(alias="from")] = None,
    until: Annotated[AwareDatetime | None, Query(alias="to")] = None,
    limit: paging.Limit = paging.DEFAULT_LIMIT,
    after: paging.After = None,
) -> HttpResponse:
    before_id = paging.decode(after, int)[0] if after else None
    grants = cast(Request, request).grants
    found = record.record(grants, before_id=before_id, since=since, until=until, limit=limit + 1)
    items, following = paging.page(found, limit, lambda row: (row["id"],))
    return answer({"items": items, "next": following})
