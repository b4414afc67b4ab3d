"""The service catalogue: the tree to choose from, what counts for a category, and its administration."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Field, File, Form, Router, Schema
from ninja.files import UploadedFile

from gongdan.core.catalogue import actions, listing
from gongdan.core.catalogue.loading import MOST_ROWS, load_table
from gongdan.core.catalogue.resolve import CallbackMode, CategorySettings, Kind, load_tree, tree
from gongdan.core.tickets.own_fields import intake_modes
from gongdan.kernel.errors import NotFound
from gongdan.web.auth import Request
from gongdan.web.idempotency import idempotent
from gongdan.web.json_body import CONTENT_TYPE

router = Router()
ADMIN = "admin.catalogue"
Name = Annotated[str, Field(max_length=120)]
Code = Annotated[str, Field(max_length=64)]
Id = Annotated[int, Field(ge=1, le=2**63 - 1)]


class Settings(Schema):
    """null, or leaving it out, inherits from the nearest category above that has it."""

    model_config = {"extra": "forbid"}

    names: dict[str, str] | None = None
    position: Annotated[int, Field(ge=-(2**31), lt=2**31)] | None = None
    kind: Kind | None = None
    flow: Code | None = None
    entry_department: Id | None = None
    default_priority: Annotated[int, Field(ge=1, le=4)] | None = None
    callback_mode: CallbackMode | None = None
    callback_rate: Annotated[Decimal, Field(ge=0, le=1)] | None = None


class NewCategory(Settings):
    """`parent` is a code; without `code` one is made from the names."""

    name: Name
    code: Code | None = None
    parent: Code | None = None


class CategoryChange(Settings):
    """Only what is sent is changed; `parent: null` moves to the top, a setting's null opens it again."""

    name: Name | None = None
    parent: Code | None = None
    active: bool | None = None
    version: int | None = None


class NewForm(Schema):
    """The fields of the new version; each mistake is named in `errors`."""

    fields: list[Any]
    version: int | None = None


def _set(given: Settings, *left_out: str) -> dict[str, Any]:
    sent = given.model_dump(exclude_unset=True, exclude=set(left_out), mode="python")
    needed = {"name", "position", "active", "names"}  # these have no null
    return {name: value for name, value in sent.items() if value is not None or name not in needed}


@router.get("/catalogue", summary="The whole active tree, compact", response=list[dict[str, Any]])
def catalogue(request: Request) -> HttpResponse:
    """`initials` are the pinyin initials of a name, its spellings parted by spaces. Send the ETag back in
    `If-None-Match`; 304 means nothing changed."""
    found = listing.compact()
    headers = {"ETag": found.etag, "Cache-Control": "private, no-cache"}
    if found.etag in _etags(request):
        return HttpResponse(status=304, headers=headers)
    return HttpResponse(found.body, content_type=CONTENT_TYPE, headers=headers)


def _etags(request: HttpRequest) -> set[str]:
    sent = request.META.get("HTTP_IF_NONE_MATCH", "")
    return {one.strip().removeprefix("W/") for one in sent.split(",")}


@router.get("/categories", summary="Every category with its own settings, for administration")
def categories(request: Request) -> dict[str, Any]:
    request.grants.require(ADMIN)
    return {"items": listing.administered(), "next": None}


# Before /categories/{code}, which would take the word for a code.
@router.post(
    "/categories/import", summary="Load a category tree from a CSV file", response={201: dict[str, Any]}
)
def load(
    request: Request,
    file: File[UploadedFile],
    kind: Form[Kind | None] = None,
    flow: Form[Code | None] = None,
    entry_department: Form[Id | None] = None,
) -> HttpResponse:
    """One row per category, its path of names from left to right; the first row is a heading. The settings count
    for categories newly made at the top. Loading the same file again changes nothing."""
    request.grants.require(ADMIN)
    defaults = {"kind": kind, "flow": flow, "entry_department": entry_department}

    def do() -> dict[str, Any]:
        given = {name: value for name, value in defaults.items() if value is not None}
        report = load_table(file.read(), actor=request.actor, root_defaults=given)
        bad = [{"row": one.row, "reason": one.reason, "text": one.text} for one in report.bad[:MOST_ROWS]]
        return {"rows": report.rows, "created": report.created, "known": report.known, "bad": bad}

    return idempotent(request, do)


@router.get("/categories/{code}", summary="What counts for a category, and the fields of its form")
def category(request: Request, code: str) -> dict[str, Any]:
    """`intake`: which fields a new ticket asks for (optional, required) and which only a later node does (hidden)."""
    found = _visible(code)
    return {**listing.described(found, tree()), "intake": intake_modes(found)}


@router.get("/categories/{code}/forms", summary="Every version of a category's own form, the newest first")
def forms(request: Request, code: str) -> dict[str, Any]:
    request.grants.require(ADMIN)
    return {"items": actions.form_numbers(_visible(code).id), "next": None}


@router.post("/categories", summary="Create a category", response={201: dict[str, Any]})
def create(request: Request, given: NewCategory) -> HttpResponse:
    request.grants.require(ADMIN)

    def do() -> dict[str, Any]:
        settings = _set(given, "name", "code", "parent")
        made = actions.create_category(
            actor=request.actor, name=given.name, code=given.code, parent=given.parent, settings=settings
        )
        return _fresh(made.pk)

    return idempotent(request, do)


@router.patch("/categories/{code}", summary="Change, move, deactivate or activate a category")
def update(request: Request, code: str, given: CategoryChange) -> dict[str, Any]:
    request.grants.require(ADMIN)
    changes = _set(given, "version")
    made = actions.update_category(code, actor=request.actor, version=given.version, changes=changes)
    return _fresh(made.pk)


@router.delete("/categories/{code}", summary="Remove a category nothing refers to", response={204: None})
def remove(request: Request, code: str, version: int | None = None) -> HttpResponse:
    request.grants.require(ADMIN)
    actions.remove_category(code, actor=request.actor, version=version)
    return HttpResponse(status=204)


@router.post(
    "/categories/{code}/form",
    summary="Give a category the next version of its form",
    response={201: dict[str, Any]},
)
def add_form(request: Request, code: str, given: NewForm) -> HttpResponse:
    request.grants.require(ADMIN)

    def do() -> dict[str, Any]:
        form = actions.add_form_version(code, given.fields, actor=request.actor, version=given.version)
        return {"category": code, "id": form.pk, "version": form.number, "fields": form.fields}

    return idempotent(request, do)


def _visible(code: str) -> CategorySettings:
    found = tree().by_code.get(code)
    if found is None:
        raise NotFound("unknown_category", "There is no such category.", category=code[:64])
    return found


def _fresh(category_id: int) -> dict[str, Any]:
    """The category after a change, past the cache: that one is refreshed when the change is committed."""
    within = load_tree()
    return listing.described(within.by_id[category_id], within)
