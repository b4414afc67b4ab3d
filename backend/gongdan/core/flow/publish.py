"""Checking a flow document and publishing it as a new immutable version.

Promise: what `publish` lets through is sound (prove.py), names only departments, teams, roles and fields that exist,
and becomes the version new tickets are pinned to, in one transaction with its event. Tickets under way keep theirs.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from gongdan.core.flow import stored
from gongdan.core.flow.definition import Definition, Finding
from gongdan.core.flow.document import DocumentError, parse
from gongdan.core.flow.known import unknown_names
from gongdan.core.flow.marking import EMPTY
from gongdan.core.flow.models import Flow, FlowVersion
from gongdan.core.flow.strip import Strip, strip
from gongdan.core.staff.grants import grants_of
from gongdan.kernel.actor import Actor
from gongdan.kernel.errors import Conflict, Invalid
from gongdan.outbox.log import NewEvent, append_to

RIGHT = "admin.flows"


@dataclass(frozen=True, slots=True)
class Report:
    """What a check found: `findings` in the order of the lines; the picture and the definition only when sound."""

    findings: tuple[Finding, ...]
    definition: Definition | None
    strip: Strip | None

    @property
    def sound(self) -> bool:
        return not self.findings and self.definition is not None


@dataclass(frozen=True, slots=True)
class Published:
    """A version just published."""

    flow: str
    number: int
    version_id: int


def check(document: str, flow_code: str | None = None) -> Report:
    """Read and prove `document` without changing anything. `flow_code`: the flow it is meant for."""
    try:
        definition = parse(document)
    except DocumentError as error:
        return Report(error.findings, None, None)
    findings = [*_other_code(definition, flow_code), *unknown_names(definition, document)]
    findings.sort(key=lambda finding: finding.line or 0)
    return Report(tuple(findings), definition, strip(definition, (), EMPTY))


def _other_code(definition: Definition, flow_code: str | None) -> Iterable[Finding]:
    if flow_code is not None and definition.code != flow_code:
        message = f"the document describes the flow {definition.code!r}, not {flow_code!r}"
        yield Finding("other_flow", "flow", message, 1)


def publish(flow_code: str, document: str, *, actor: Actor) -> Published:
    """Make `document` the current version of the flow (a new flow if there is none of that code).

    Raises Forbidden right_missing, Invalid unsound_flow with `errors` [{field, code, detail, place, line}],
    Conflict flow_unchanged.
    """
    if actor.staff_id is not None:
        grants_of(actor.staff_id).require(RIGHT)
    report = check(document, flow_code)
    if report.definition is None or report.findings:
        raise _unsound(report.findings)
    with transaction.atomic():
        return _publish(report.definition, document, actor)


def _unsound(findings: Iterable[Finding]) -> Invalid:
    errors = [error_of(finding) for finding in findings]
    sentence = f"The flow is not sound: {len(errors)} finding{'s' if len(errors) != 1 else ''}."
    return Invalid("unsound_flow", sentence, field="document", errors=errors)


def error_of(finding: Finding) -> dict[str, Any]:
    """A finding as refusals carry it; `line` counts from 1."""
    return {
        "field": "document",
        "code": finding.code,
        "detail": str(finding),
        "place": finding.place,
        "line": finding.line,
    }


def _publish(definition: Definition, document: str, actor: Actor) -> Published:
    flow = _locked(definition.code)
    current = flow.current
    if current is not None and current.document.strip() == document.strip():
        raise Conflict(
            "flow_unchanged",
            f"This is version {current.number}, word for word; nothing was published.",
            number=current.number,
        )
    last = flow.versions.order_by("-number").values_list("number", flat=True).first() or 0
    version = FlowVersion.objects.create(
        flow=flow,
        number=last + 1,
        document=document,
        definition=stored.to_json(definition),
        published_by_id=actor.staff_id,
    )
    flow.current, flow.title = version, dict(definition.title)
    flow.save(update_fields=["current", "title"])
    told: Mapping[str, Any] = {
        "code": flow.code,
        "number": version.number,
        "previous": current.number if current else None,
        "title": flow.title,
    }
    append_to("flow", flow.pk, [NewEvent("FlowPublished", told)], actor=actor)
    return Published(flow.code, version.number, version.pk)


def _locked(code: str) -> Flow:
    """The flow's row, locked: two people publishing at once give two versions, one after the other."""
    Flow.objects.bulk_create([Flow(code=code)], ignore_conflicts=True)
    return Flow.objects.select_for_update(no_key=True, of=("self",)).select_related("current").get(code=code)
