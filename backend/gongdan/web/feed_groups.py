"""Consumer groups over HTTP: /events/groups."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from django.http import HttpResponse
from ninja import Path, Router, Schema
from pydantic import ConfigDict, Field

from gongdan.outbox.feed import Cursor
from gongdan.web import event_filter, groups
from gongdan.web.auth import Request
from gongdan.web.json_body import answer

router = Router()
Name = Annotated[str, Path(max_length=64)]


class GroupIn(Schema):
    """What a group is to read. `after` is where a new one begins: a cursor, "" for the beginning, "now" by default."""

    model_config = ConfigDict(extra="forbid")
    types: list[Annotated[str, Field(max_length=64)]] = Field(default=[], max_length=50)
    subject: str = Field("", max_length=16)
    ticket: str = Field("", max_length=32)
    condition: str = Field("", max_length=event_filter.LONGEST)
    after: str | None = Field(None, max_length=40)


class CommitIn(Schema):
    """Everything up to `cursor` was dealt with; `force` also moves back."""

    model_config = ConfigDict(extra="forbid")
    cursor: str = Field(max_length=40)
    force: bool = False


class LagOut(Schema):
    """Events not read yet (1000 at most, then `more`), and seconds since the oldest of them happened."""

    events: int
    more: bool
    seconds: float


class OwnerOut(Schema):
    id: int
    name: str


class GroupOut(Schema):
    name: str
    owner: OwnerOut
    types: list[str]
    subject: str
    ticket: str
    condition: str
    cursor: str
    lag: LagOut
    moved_at: datetime
    created_at: datetime


class GroupsOut(Schema):
    items: list[GroupOut]


class PlaceOut(Schema):
    cursor: str


@router.get("/events/groups", response=GroupsOut, summary="Consumer groups")
def get_groups(request: Request) -> HttpResponse:
    """{items}: one's own, or all with admin.integrations."""
    return answer({"items": groups.groups_of(request.grants)})


@router.get("/events/groups/{name}", response=GroupOut, summary="A consumer group")
def get_group(request: Request, name: Name) -> HttpResponse:
    """404 unknown_group."""
    return answer(_one(groups.group_of(name, request.grants)))


@router.put(
    "/events/groups/{name}", response={200: GroupOut, 201: GroupOut}, summary="Make or change a group"
)
def put_group(request: Request, name: Name, sent: GroupIn) -> HttpResponse:
    """A new one begins at `after`; one that is there keeps its place and gets this filter. 409 name_taken,
    too_many_groups."""
    wanted = event_filter.made(sent.types, sent.subject, sent.ticket, sent.condition)
    group, new = groups.put(name, wanted, sent.after, request.grants)
    return answer(_one(group), 201 if new else 200)


@router.post("/events/groups/{name}/cursor", response=PlaceOut, summary="Commit a group's place")
def post_group_cursor(request: Request, name: Name, sent: CommitIn) -> HttpResponse:
    """Answers the place kept. 409 cursor_backwards unless `force`; 422 invalid_cursor beyond the end."""
    place = groups.commit(name, Cursor.parse(sent.cursor), force=sent.force, asker=request.grants)
    return answer({"cursor": str(place)})


@router.delete("/events/groups/{name}", response={204: None}, summary="Remove a group")
def delete_group(request: Request, name: Name) -> HttpResponse:
    """Its streams end within seconds."""
    groups.remove(name, request.grants)
    return HttpResponse(status=204)


def _one(group: Any) -> dict[str, Any]:
    (row,) = groups.shown([group])
    return row
