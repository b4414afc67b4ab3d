"""Flows as documents: what is published, what a check finds, and publishing a new version."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any

from django.http import HttpResponse
from ninja import Field, Path, Router, Schema

from gongdan.core.catalogue import resolve
from gongdan.core.flow import published
from gongdan.core.flow.definition import Definition
from gongdan.core.flow.marking import EMPTY
from gongdan.core.flow.publish import RIGHT, check, error_of, publish
from gongdan.core.flow.strip import strip
from gongdan.core.tickets.flow_use import open_tickets_on
from gongdan.web.auth import Request
from gongdan.web.idempotency import idempotent
from gongdan.web.json_body import answer

router = Router()
Code = Annotated[str, Path(max_length=64)]
Number = Annotated[int, Path(ge=1, le=2**31 - 1)]


class Document(Schema):
    """YAML, as docs/flows.md describes; at most 256 KiB."""

    model_config = {"extra": "forbid"}
    document: Annotated[str, Field(min_length=1, max_length=256 * 1024)]


@router.get("/flows", summary="Every flow and its current version")
def get_flows(request: Request) -> HttpResponse:
    """{items: [{code, title, current: {number, published_at, published_by}, categories: how many use it}]}"""
    used = [one.flow_code for one in resolve.tree().by_id.values() if one.active]
    return answer(
        {"items": [asdict(line) | {"categories": used.count(line.code)} for line in published.flows()]}
    )


@router.get(
    "/flows/{code}", summary="A flow: its versions, its document, its picture, what publishing touches"
)
def get_flow(request: Request, code: Code) -> HttpResponse:
    """404 unknown_flow. `document`, `definition` and `strip` are those of the current version."""
    request.grants.require(RIGHT)
    line = published.flow_of(code)
    shown = _version(code, line.current.number) if line.current else {}
    touches = {"touches": touches_of(code), "versions": [asdict(one) for one in published.versions_of(code)]}
    return answer(asdict(line) | {**shown, **touches})


@router.get("/flows/{code}/versions/{number}", summary="One version of a flow")
def get_version(request: Request, code: Code, number: Number) -> HttpResponse:
    """404 unknown_flow_version."""
    request.grants.require(RIGHT)
    return answer(_version(code, number))


@router.post("/flows/{code}/check", summary="Prove a document without publishing it")
def post_check(request: Request, code: Code, sent: Document) -> HttpResponse:
    """{sound, findings: [{code, place, detail, line}], strip, touches}. `strip` is null when it cannot be read."""
    request.grants.require(RIGHT)
    report = check(sent.document, code)
    return answer(
        {
            "sound": report.sound,
            "findings": [error_of(finding) for finding in report.findings],
            "strip": _drawn(report.strip) if report.strip else None,
            "touches": touches_of(code),
        }
    )


@router.post("/flows/{code}/versions", response={201: dict[str, Any]}, summary="Publish a new version")
def post_version(request: Request, code: Code, sent: Document) -> HttpResponse:
    """422 unsound_flow with every finding; 409 flow_unchanged."""

    def act() -> dict[str, Any]:
        made = publish(code, sent.document, actor=request.actor)
        return {"flow": made.flow, "number": made.number}

    return idempotent(request, act)


def touches_of(code: str) -> dict[str, Any]:
    """What another version would touch: categories whose new tickets take it, tickets that stay with theirs."""
    using = [one for one in resolve.tree().by_id.values() if one.flow_code == code and one.active]
    return {
        "open_tickets": asdict(open_tickets_on(code)),
        "categories": [{"code": one.code, "name": one.name} for one in using],
    }


def _version(code: str, number: int) -> dict[str, Any]:
    line, document, definition = published.version_of(code, number)
    return asdict(line) | {"document": document, **_pictured(definition)}


def _pictured(definition: Definition) -> dict[str, Any]:
    return {"title": definition.title, "strip": _drawn(strip(definition, (), EMPTY))}


def _drawn(picture: Any) -> dict[str, Any]:
    """The picture as the track gives it: edges say `from` and `to`."""
    edges = [
        {**edge, "from": edge.pop("source"), "to": edge.pop("target")} for edge in map(asdict, picture.edges)
    ]
    nodes = [asdict(node) for node in picture.nodes]
    return {"nodes": nodes, "edges": edges, "columns": picture.columns, "lanes": picture.lanes}
