"""What policies meet among flows: the nodes a policy may name."""

from __future__ import annotations

from collections.abc import Mapping

from gongdan.core.flow.models import Flow
from gongdan.core.tickets import flows
from gongdan.kernel import reference


def known_flows() -> Mapping[str, Mapping[str, bool]]:
    """{flow: {node: whether people work there}} of the current versions. One statement when not cached."""
    return reference.get("policies.flows", _flows)


def _flows() -> Mapping[str, Mapping[str, bool]]:
    current = Flow.objects.filter(current__isnull=False).order_by("code").values_list("code", "current_id")
    return {code: _nodes(version_id) for code, version_id in current}


def _nodes(flow_version_id: int) -> Mapping[str, bool]:
    nodes = flows.pinned(flow_version_id).definition.nodes
    return {code: node.is_human for code, node in nodes.items()}
