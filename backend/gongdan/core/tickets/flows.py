"""The flow versions tickets run on: the current one of a flow for new tickets, and any pinned one, parsed once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from gongdan.core.flow import stored
from gongdan.core.flow.definition import Definition
from gongdan.core.flow.models import Flow, FlowVersion
from gongdan.kernel import reference
from gongdan.kernel.errors import Invalid


@dataclass(frozen=True, slots=True)
class PinnedFlow:
    """An immutable version of a flow."""

    id: int
    code: str
    number: int
    definition: Definition


@lru_cache(maxsize=512)
def pinned(flow_version_id: int) -> PinnedFlow:
    """A version by id; versions never change, so a process parses each once."""
    version = FlowVersion.objects.select_related("flow").get(pk=flow_version_id)
    return PinnedFlow(version.pk, version.flow.code, version.number, stored.from_json(version.definition))


def current(flow_code: str) -> PinnedFlow:
    """The version new tickets of a flow are pinned to; Invalid `flow_not_published` when there is none."""
    current_ids = reference.get("flows.current", lambda: dict(Flow.objects.values_list("code", "current_id")))
    version_id = current_ids.get(flow_code)
    if version_id is None:
        raise Invalid(
            "flow_not_published", f"The flow {flow_code!r} has no published version.", field="category"
        )
    return pinned(version_id)
