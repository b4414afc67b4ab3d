"""One's own telephone: presence, extension, calls under way, the screen pop, and what the system is to do."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from django.http import HttpResponse
from ninja import Field, Router, Schema

from gongdan.core.interactions import commands, phone_page
from gongdan.core.interactions.access import SUPERVISE, TAKE
from gongdan.core.interactions.actions import control_call, identify, set_presence, sign_in
from gongdan.core.interactions.actions.dial import dial
from gongdan.desk import phone_number, phone_pop, phone_shapes
from gongdan.web.auth import Request
from gongdan.web.idempotency import idempotent
from gongdan.web.json_body import answer
from gongdan.web.live import bell

router = Router()
Id = Annotated[int, Field(ge=1, le=2**62)]
Digits = Annotated[str, Field(pattern=r"^[0-9A-Da-d*#]*$", max_length=40)]


class Body(Schema):
    model_config = {"extra": "forbid"}


class SignIn(Body):
    extension_id: Id


class NewPresence(Body):
    """A break needs the code of a reason."""

    state: Literal["ready", "busy", "break"]
    reason: Annotated[str, Field(max_length=32)] = ""


class More(Body):
    more: Annotated[int, Field(ge=1, le=600)]


class NewCall(Body):
    """What to dial: `number` in any form, or, when it is left out or masked, the number of a call, of a callback task one
    has taken, of a customer's contact, or of a ticket's requester."""

    number: Annotated[str, Field(max_length=80)] = ""
    customer_id: Id | None = None
    contact_id: Id | None = None
    call_id: Id | None = None
    ticket: Annotated[str | None, Field(max_length=32)] = None
    callback_task_id: Id | None = None


class Control(Body):
    """`to` for transfer and conference, `mode` for transfer, `digits` for dtmf."""

    verb: Literal[
        "answer",
        "hold",
        "resume",
        "hang_up",
        "transfer",
        "complete_transfer",
        "cancel_transfer",
        "conference",
        "dtmf",
    ]
    to: Annotated[str, Field(max_length=80)] = ""
    mode: Literal["blind", "attended"] = "blind"
    digits: Digits = ""


class Supervise(Body):
    how: Literal["listen", "whisper", "barge", "take_over"]
    staff_id: Id | None = None


class Caller(Body):
    """null: none of those we know."""

    customer_id: Id | None


@router.get("/phone/me", summary="My telephone at a glance", response=phone_shapes.Me)
def get_me(request: Request) -> HttpResponse:
    require_phone(request)
    return _me(request)


def require_phone(request: Request) -> None:
    """Whoever takes calls or supervises them has a telephone."""
    if SUPERVISE not in request.grants.rights:
        request.grants.require(TAKE)


def _me(request: Request) -> HttpResponse:
    return answer(phone_page.me(request.grants))


def _changed(request: Request) -> HttpResponse:
    """My other windows look again, and this one is told how it stands."""
    bell.ring({request.grants.staff_id}, bell.PHONE)
    return _me(request)


@router.post("/phone/sign-in", summary="Sign in to an extension", response=phone_shapes.Me)
def post_sign_in(request: Request, given: SignIn) -> HttpResponse:
    """One begins busy; sign in to another to change places."""
    require_phone(request)
    sign_in.sign_in(given.extension_id, actor=request.actor)
    return _changed(request)


@router.post("/phone/sign-out", summary="Leave the extension", response=phone_shapes.Me)
def post_sign_out(request: Request) -> HttpResponse:
    require_phone(request)
    sign_in.sign_out(actor=request.actor)
    return _changed(request)


@router.post("/phone/presence", summary="Say how I stand to the line", response=phone_shapes.Me)
def post_presence(request: Request, given: NewPresence) -> HttpResponse:
    """During after-call work, ready ends it, unless a disposition is still owed."""
    require_phone(request)
    set_presence.set_presence(given.state, given.reason, actor=request.actor)
    return _changed(request)


@router.post("/phone/wrap-up", summary="Take more after-call time", response=phone_shapes.Me)
def post_wrap_up(request: Request, given: More) -> HttpResponse:
    require_phone(request)
    set_presence.lengthen_wrap_up(given.more, actor=request.actor)
    return _changed(request)


@router.post("/phone/dial", summary="Dial", response={202: phone_shapes.Asked})
def post_dial(request: Request, given: NewCall) -> HttpResponse:
    """The system rings my phone first, then the number. A softphone dials by itself: it is told the `digits`."""
    request.grants.require(TAKE)
    text = phone_number.to_dial(
        request.grants,
        number=given.number,
        customer_id=given.customer_id,
        contact_id=given.contact_id,
        call_id=given.call_id,
        ticket=given.ticket,
        callback_task_id=given.callback_task_id,
    )

    def do() -> dict[str, Any]:
        made = dial(
            text,
            actor=request.actor,
            customer_id=given.customer_id,
            ticket=given.ticket,
            callback_task_id=given.callback_task_id,
        )
        return {"command": made.command, "digits": made.digits}

    return idempotent(request, do, status=202)


@router.post("/phone/calls/{call_id}/control", summary="Control my call", response={202: phone_shapes.Asked})
def post_control(request: Request, call_id: int, given: Control) -> HttpResponse:
    """The call changes when the telephone system says so; the command tells whether it could."""
    require_phone(request)
    wanted = control_call.Control(given.verb, given.to, given.mode, given.digits.upper())

    def do() -> dict[str, Any]:
        return {"command": control_call.control_call(call_id, wanted, actor=request.actor), "digits": None}

    return idempotent(request, do, status=202)


@router.post(
    "/phone/calls/{call_id}/supervise",
    summary="Listen in, whisper, barge or take over",
    response={202: phone_shapes.Asked},
)
def post_supervise(request: Request, call_id: int, given: Supervise) -> HttpResponse:
    """From the extension one is signed in to. It stands in the call's track."""

    def do() -> dict[str, Any]:
        asked = control_call.supervise_call(
            call_id, given.how, grants=request.grants, actor=request.actor, staff_id=given.staff_id
        )
        return {"command": asked, "digits": None}

    return idempotent(request, do, status=202)


@router.get(
    "/phone/commands/{command_id}", summary="What became of a command", response=phone_shapes.CommandState
)
def get_command(request: Request, command_id: int) -> HttpResponse:
    return answer(commands.command(command_id, request.grants.staff_id))


@router.get("/phone/calls/{call_id}/pop", summary="Who calls: the screen pop", response=phone_shapes.Pop)
def get_pop(request: Request, call_id: int) -> HttpResponse:
    """Of a call that rings, or rang, at my extension."""
    require_phone(request)
    return answer(phone_pop.page(call_id, request.grants))


@router.post("/phone/calls/{call_id}/customer", summary="Say who calls", response=phone_shapes.Pop)
def post_customer(request: Request, call_id: int, given: Caller) -> HttpResponse:
    require_phone(request)
    identify.identify_caller(call_id, given.customer_id, grants=request.grants, actor=request.actor)
    bell.ring({request.grants.staff_id}, bell.PHONE)
    return answer(phone_pop.page(call_id, request.grants))
