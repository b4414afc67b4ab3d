"""Setting up the telephone over HTTP: systems with their keys and health, and extensions.

Everything here needs admin.phone. A secret is never answered: `has_secret` says that there is one, “…” stands for it.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Any, Literal

from django.http import HttpResponse
from ninja import Field, Path, Query, Router, Schema

from gongdan.core.interactions import line_selectors
from gongdan.core.interactions.actions import extensions, systems
from gongdan.core.interactions.line_checks import RIGHT
from gongdan.web import paging
from gongdan.web.auth import Request
from gongdan.web.idempotency import idempotent
from gongdan.web.json_body import answer

router = Router()
Code = Annotated[str, Path(max_length=64)]
Identity = Annotated[int, Path(ge=1, le=paging.BIGGEST)]
Staff = Annotated[int, Field(ge=1, le=paging.BIGGEST)]
Version = Annotated[int, Field(ge=1, le=2**31 - 1)]
Text = Annotated[str, Field(max_length=120)]
Address = Annotated[str, Field(max_length=2000)]
Networks = Annotated[list[Annotated[str, Field(max_length=64)]], Field(max_length=50)]
Secret = Annotated[str, Field(max_length=500)]
Kind = Literal["desk_phone", "softphone"]


class Input(Schema):
    """What a client sends: a field it invents is an error, not silence."""

    model_config = {"extra": "forbid"}


class IceServer(Input):
    """A STUN or TURN server for softphones; a credential “…” leaves it as it is."""

    urls: Annotated[list[Annotated[str, Field(max_length=250)]], Field(min_length=1, max_length=8)]
    username: Annotated[str, Field(max_length=200)] = ""
    credential: Annotated[str, Field(max_length=300)] = ""


class SystemChange(Input):
    """Only what is sent is changed; `secret` “…” leaves it as it is, "" forgets it. `version`: what the page showed."""

    name: Annotated[str, Field(min_length=1, max_length=120)] = ""
    host: Annotated[str, Field(max_length=255)] = ""
    port: Annotated[int, Field(ge=1, le=65535)] | None = None
    username: Text = ""
    secret: Secret = ""
    control_address: Address = ""
    recording_address: Address = ""
    allowed_networks: Networks = []
    settings: Annotated[dict[str, Any], Field(max_length=50)] = {}
    sip_address: Annotated[str, Field(max_length=255)] = ""
    sip_domain: Annotated[str, Field(max_length=255)] = ""
    ice_servers: Annotated[list[IceServer], Field(max_length=10)] = []
    active: bool = True
    version: Version | None = None


class NewSystem(SystemChange):
    """A telephone system to be; no `port`: the dialect's usual one. An HTTP system has neither host nor password."""

    code: Annotated[str, Field(min_length=1, max_length=63)]
    dialect: Literal["asterisk", "freeswitch", "http"]


class ExtensionChange(Input):
    """Only what is sent is changed; `secret` (a softphone's SIP password) “…” leaves it as it is."""

    number: Annotated[str, Field(min_length=1, max_length=32)] = ""
    kind: Kind = "desk_phone"
    channel: Text = ""
    secret: Annotated[str, Field(max_length=200)] = ""
    staff_id: Staff | None = None
    active: bool = True


class NewExtension(ExtensionChange):
    """An extension of `system` (its code); `staff_id`: whose it is for good, null: whoever signs in to it."""

    system: Annotated[str, Field(max_length=64)]
    number: Annotated[str, Field(min_length=1, max_length=32)]


@router.get("/phone/systems", summary="Every telephone system and how it fares", response=dict[str, Any])
def get_systems(request: Request) -> HttpResponse:
    """{items}, by name. `health` is off, connecting, connected or refused; `capabilities` what its calls can be told."""
    request.grants.require(RIGHT)
    return answer({"items": [_addressed(one) for one in line_selectors.systems()]})


@router.post("/phone/systems", summary="Set up a telephone system", response={201: dict[str, Any]})
def post_system(request: Request, new: NewSystem) -> HttpResponse:
    """For an HTTP system the answer holds its signing key as `key`, this once; a repeated Idempotency-Key answers
    without it. 409 code_taken, too_many_systems; 422 unusable_host, address_refused, unusable_network and others."""
    given = new.dict(exclude_unset=True, exclude={"code", "dialect", "version"})

    def do() -> dict[str, Any]:
        key = systems.create_system(code=new.code, dialect=new.dialect, given=given, actor=request.actor)
        return _addressed(line_selectors.system(new.code)) | ({"key": key} if key else {})

    return idempotent(request, do, kept=_without_key)


def _without_key(made: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in made.items() if name != "key"}


@router.get("/phone/systems/{code}", summary="A telephone system", response=dict[str, Any])
def get_system(request: Request, code: Code) -> HttpResponse:
    """As in the list. 404 unknown_system."""
    request.grants.require(RIGHT)
    return answer(_addressed(line_selectors.system(code)))


@router.patch("/phone/systems/{code}", summary="Change a telephone system", response=dict[str, Any])
def patch_system(request: Request, code: Code, sent: SystemChange) -> HttpResponse:
    """It is connected to anew. 409 stale_version; 422 as when it is set up, and secret_needed when it moved."""
    changes = sent.dict(exclude_unset=True, exclude={"version"})
    systems.change_system(code, changes, version=sent.version, actor=request.actor)
    return answer(_addressed(line_selectors.system(code)))


@router.delete(
    "/phone/systems/{code}", summary="Remove a telephone system nothing refers to", response={204: None}
)
def delete_system(request: Request, code: Code) -> HttpResponse:
    """With its extensions and queues. 409 system_in_use: calls came in by it; switch it off instead."""
    systems.remove_system(code, actor=request.actor)
    return HttpResponse(status=204)


@router.post("/phone/systems/{code}/key", summary="A new key for an HTTP system", response=dict[str, Any])
def post_system_key(
    request: Request, code: Code, overlap_hours: Annotated[int, Query(ge=0, le=720)] = 24
) -> HttpResponse:
    """{key}, this once. For so many hours the key before counts too. 409 system_has_no_key."""

    def do() -> dict[str, Any]:
        overlap = timedelta(hours=overlap_hours)
        return {"key": systems.rotate_system_key(code, overlap, actor=request.actor)}

    return idempotent(request, do, status=200, kept=lambda made: {"key": None})


@router.get("/phone/extensions", summary="Every extension and whose it is", response=dict[str, Any])
def get_extensions(
    request: Request, system: Annotated[str | None, Query(max_length=64)] = None
) -> HttpResponse:
    """{items: [{id, system, number, kind, channel, has_secret, staff, taken_by, active}]}; `taken_by`: signed in to it."""
    request.grants.require(RIGHT)
    return answer({"items": line_selectors.extensions(system)})


@router.post("/phone/extensions", summary="Add an extension", response={201: dict[str, Any]})
def post_extension(request: Request, new: NewExtension) -> HttpResponse:
    """404 unknown_system, unknown_staff; 409 number_taken; 422 unusable_extension, unusable_channel."""

    def do() -> dict[str, Any]:
        given = new.dict(exclude_unset=True, exclude={"system"})
        return line_selectors.extension(extensions.create_extension(new.system, given, actor=request.actor))

    return idempotent(request, do)


@router.patch("/phone/extensions/{extension_id}", summary="Change an extension", response=dict[str, Any])
def patch_extension(request: Request, extension_id: Identity, sent: ExtensionChange) -> HttpResponse:
    """404 unknown_extension; 409 number_taken, extension_in_use."""
    extensions.change_extension(extension_id, sent.dict(exclude_unset=True), actor=request.actor)
    return answer(line_selectors.extension(extension_id))


@router.delete("/phone/extensions/{extension_id}", summary="Remove an extension", response={204: None})
def delete_extension(request: Request, extension_id: Identity) -> HttpResponse:
    """Calls keep its number. 409 extension_in_use while somebody is signed in to it."""
    extensions.remove_extension(extension_id, actor=request.actor)
    return HttpResponse(status=204)


def _addressed(system: dict[str, Any]) -> dict[str, Any]:
    """With the path that an HTTP system sends its signals to."""
    path = f"/api/v1/phone/systems/{system['code']}/signals" if system["dialect"] == "http" else ""
    return {**system, "signals_address": path}
