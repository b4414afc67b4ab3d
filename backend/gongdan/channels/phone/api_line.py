"""How the line is run, over HTTP: queues, dialled numbers, reasons for a break, and the line's own settings.

Everything here needs admin.phone.
"""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpResponse
from ninja import Field, Path, Router, Schema

from gongdan.core.interactions import line_selectors
from gongdan.core.interactions.actions import break_reasons, line_settings, lines, queues
from gongdan.core.interactions.line_checks import RIGHT
from gongdan.web import paging
from gongdan.web.auth import Request
from gongdan.web.idempotency import idempotent
from gongdan.web.json_body import answer

router = Router()
Identity = Annotated[int, Path(ge=1, le=paging.BIGGEST)]
Version = Annotated[int, Field(ge=1, le=2**31 - 1)]
Text = Annotated[str, Field(max_length=120)]
Code = Annotated[str, Field(max_length=64)]
Number = Annotated[str, Field(min_length=1, max_length=40)]
Position = Annotated[int, Field(ge=0, le=100_000)]
Whole = Annotated[int, Field(ge=0, le=2**31 - 1)]


class Input(Schema):
    """What a client sends: a field it invents is an error, not silence."""

    model_config = {"extra": "forbid"}


class QueueChange(Input):
    """`service_seconds` is the X of the service level: so many are answered within X seconds."""

    title: Text = ""
    service_seconds: Annotated[int, Field(ge=1, le=3600)] = 20


class NewQueue(QueueChange):
    """A queue that no call has come to yet; `name` as the exchange calls it."""

    system: Code
    name: Annotated[str, Field(min_length=1, max_length=80)]


class ChoiceMeaning(Input):
    """What a digit of the voice menu means, and the category a ticket then begins with."""

    label: Annotated[str, Field(max_length=80)] = ""
    category: Code = ""


Choices = Annotated[dict[str, ChoiceMeaning], Field(max_length=100)]


class LineChange(Input):
    """Only what is sent is changed. `choices`: {"2": {"label", "category"}}."""

    number: Number = ""
    label: Text = ""
    category: Code = ""
    choices: Choices = {}


class NewLine(LineChange):
    """A number that customers dial, as the exchange tells it."""

    number: Number
    label: Annotated[str, Field(min_length=1, max_length=120)]


class BreakReasonChange(Input):
    """Only what is sent is changed; a reason that is not `active` can no longer be chosen."""

    name: Annotated[str, Field(min_length=1, max_length=60)] = ""
    position: Position = 0
    active: bool = True


class NewBreakReason(Input):
    """A reason for a break; no `position`: after all others."""

    code: Annotated[str, Field(min_length=1, max_length=32)]
    name: Annotated[str, Field(min_length=1, max_length=60)]
    position: Position | None = None


class LineSettingsChange(Input):
    """Only what is sent is changed; seconds and days. `version` is what the page showed."""

    wrap_up_seconds: Whole = 30
    daily_target: Whole = 70
    long_call_seconds: Whole = 300
    short_abandon_seconds: Whole = 5
    repeat_days: Whole = 7
    repeat_calls: Whole = 2
    merge_days: Whole = 2
    recording_days: Whole = 180
    signal_days: Whole = 90
    disposition_required: bool = True
    version: Version | None = None


@router.get("/phone/queues", summary="Every queue", response=dict[str, Any])
def get_queues(request: Request) -> HttpResponse:
    """{items: [{id, system, name, title, service_seconds}]}; met in a signal or set up by hand."""
    request.grants.require(RIGHT)
    return answer({"items": line_selectors.queues()})


@router.post("/phone/queues", summary="Add a queue", response={201: dict[str, Any]})
def post_queue(request: Request, new: NewQueue) -> HttpResponse:
    """404 unknown_system; 409 name_taken."""

    def do() -> dict[str, Any]:
        return line_selectors.queue(queues.create_queue(**new.dict(), actor=request.actor))

    return idempotent(request, do)


@router.patch(
    "/phone/queues/{queue_id}", summary="Name a queue, set its service level", response=dict[str, Any]
)
def patch_queue(request: Request, queue_id: Identity, sent: QueueChange) -> HttpResponse:
    """404 unknown_queue."""
    queues.change_queue(queue_id, sent.dict(exclude_unset=True), actor=request.actor)
    return answer(line_selectors.queue(queue_id))


@router.get("/phone/lines", summary="Every dialled number and what it means", response=dict[str, Any])
def get_lines(request: Request) -> HttpResponse:
    """{items: [{id, number, label, category, category_name, choices}]}, by number."""
    request.grants.require(RIGHT)
    return answer({"items": line_selectors.lines()})


@router.post("/phone/lines", summary="Add a dialled number", response={201: dict[str, Any]})
def post_line(request: Request, new: NewLine) -> HttpResponse:
    """409 number_taken, too_many_lines; 422 unusable_number, unusable_digits, unknown_category."""

    def do() -> dict[str, Any]:
        return line_selectors.line(lines.create_line(new.dict(), actor=request.actor))

    return idempotent(request, do)


@router.patch("/phone/lines/{line_id}", summary="Change a dialled number's meaning", response=dict[str, Any])
def patch_line(request: Request, line_id: Identity, sent: LineChange) -> HttpResponse:
    """404 unknown_line; as when it is added."""
    lines.change_line(line_id, sent.dict(include=sent.model_fields_set), actor=request.actor)
    return answer(line_selectors.line(line_id))


@router.delete("/phone/lines/{line_id}", summary="Remove a dialled number", response={204: None})
def delete_line(request: Request, line_id: Identity) -> HttpResponse:
    """Calls keep the number. 404 unknown_line."""
    lines.remove_line(line_id, actor=request.actor)
    return HttpResponse(status=204)


@router.get("/phone/break-reasons", summary="Every reason for a break", response=dict[str, Any])
def get_break_reasons(request: Request) -> HttpResponse:
    """{items: [{id, code, name, position, active}]}, also those out of use."""
    request.grants.require(RIGHT)
    return answer({"items": line_selectors.break_reasons()})


@router.post("/phone/break-reasons", summary="Add a reason for a break", response={201: dict[str, Any]})
def post_break_reason(request: Request, new: NewBreakReason) -> HttpResponse:
    """409 code_taken, too_many_reasons; 422 invalid_code."""

    def do() -> dict[str, Any]:
        made = break_reasons.create_break_reason(**new.dict(), actor=request.actor)
        return line_selectors.break_reason(made)

    return idempotent(request, do)


@router.patch(
    "/phone/break-reasons/{reason_id}", summary="Change a reason for a break", response=dict[str, Any]
)
def patch_break_reason(request: Request, reason_id: Identity, sent: BreakReasonChange) -> HttpResponse:
    """404 unknown_break_reason."""
    break_reasons.change_break_reason(reason_id, sent.dict(exclude_unset=True), actor=request.actor)
    return answer(line_selectors.break_reason(reason_id))


@router.get("/phone/line-settings", summary="How the line is run", response=dict[str, Any])
def get_line_settings(request: Request) -> HttpResponse:
    """{wrap_up_seconds, daily_target, long_call_seconds, short_abandon_seconds, repeat_days, repeat_calls, merge_days,
    recording_days, signal_days, disposition_required, version}."""
    request.grants.require(RIGHT)
    return answer(line_selectors.line_settings())


@router.patch("/phone/line-settings", summary="Change how the line is run", response=dict[str, Any])
def patch_line_settings(request: Request, sent: LineSettingsChange) -> HttpResponse:
    """409 stale_version; 422 out_of_range."""
    changes = sent.dict(exclude_unset=True, exclude={"version"})
    line_settings.change_line_settings(changes, version=sent.version, actor=request.actor)
    return answer(line_selectors.line_settings())
