"""REST for the live board of the line, and for setting somebody's presence from it. No rules."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from django.http import HttpResponse
from ninja import Field, Router, Schema

from gongdan.core.interactions import board
from gongdan.core.interactions.access import SUPERVISE
from gongdan.core.interactions.actions import set_presence
from gongdan.core.interactions.board_people import people
from gongdan.desk.phone_shapes import CustomerBrief, Direction, Number, Person, State
from gongdan.kernel import clock
from gongdan.web.auth import Request
from gongdan.web.json_body import answer
from gongdan.web.live import bell

router = Router()


class BoardQueue(Schema):
    """`service_level` is 0 to 1; `agents_ready` are the free people of the queue's system."""

    queue: str
    title: str
    system: str
    waiting: int
    longest_since: datetime | None
    agents_ready: int
    agents_talking: int
    offered_today: int
    answered_today: int
    abandoned_today: int
    service_level: float | None
    service_seconds: int
    asa_seconds: int | None
    longest_today: int


class BoardPresence(Schema):
    state: State
    reason: str
    since: datetime


class BoardCall(Schema):
    id: int
    number: Number
    customer: CustomerBrief | None
    direction: Direction
    phase: Literal["ringing", "talking", "held"]
    since: datetime
    queue: str
    queue_title: str


class BoardPerson(Schema):
    staff: Person
    department: str
    team_names: list[str]
    presence: BoardPresence
    extension: str
    call: BoardCall | None
    answered_today: int
    target: int


class CallWaiting(Schema):
    call_id: int
    number: Number
    queue: str
    queue_title: str
    since: datetime
    customer: CustomerBrief | None
    level_name: str


class SystemHealth(Schema):
    code: str
    name: str
    health: str
    health_words: str
    heard_at: datetime | None


class Board(Schema):
    at: datetime
    queues: list[BoardQueue]
    people: list[BoardPerson]
    calls_waiting: list[CallWaiting]
    systems: list[SystemHealth]


class PresenceOfOther(Schema):
    """offline also signs the person out of their extension. A break needs the code of a reason."""

    model_config = {"extra": "forbid"}

    state: Literal["ready", "busy", "break", "offline"]
    reason: Annotated[str, Field(max_length=32)] = ""


@router.get("/phone/board", summary="The live board of queues and people", response=Board)
def get_board(request: Request) -> HttpResponse:
    request.grants.require(SUPERVISE)
    return answer(board.board(request.grants))


@router.post("/phone/people/{staff_id}/presence", summary="Set somebody's presence", response=BoardPerson)
def post_presence(request: Request, staff_id: int, given: PresenceOfOther) -> HttpResponse:
    set_presence.set_presence_of(
        staff_id, given.state, given.reason, grants=request.grants, actor=request.actor
    )
    bell.ring({staff_id, request.grants.staff_id}, bell.PHONE)
    return answer(_person(request, staff_id))


def _person(request: Request, staff_id: int) -> dict[str, Any]:
    return people(request.grants, clock.now(), staff_id)[0]
