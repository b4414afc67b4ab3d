"""REST for whom a call can be given to. No rules."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpResponse
from ninja import Query, Router, Schema

from gongdan.core.interactions.colleagues import colleagues
from gongdan.desk.phone import require_phone
from gongdan.desk.phone_shapes import State
from gongdan.web.auth import Request
from gongdan.web.json_body import answer

router = Router()


class Colleague(Schema):
    id: int
    name: str
    department: str
    extension: str
    presence: State
    in_call: bool


class Colleagues(Schema):
    items: list[Colleague]


@router.get("/phone/colleagues", summary="Whom a call can be given to", response=Colleagues)
def get_colleagues(request: Request, q: Annotated[str, Query(max_length=60)] = "") -> HttpResponse:
    """People at extensions of my own system, by part of a name or the beginning of an extension; signed in ones first."""
    require_phone(request)
    return answer({"items": colleagues(request.grants, q.strip())})
