"""The demo company's policies, from policy_documents/."""

from __future__ import annotations

from importlib import resources

from gongdan.config.policy_files import read_policy
from gongdan.core.sla.contracts import Terms
from gongdan.core.sla.publish import create_policy
from gongdan.core.tickets.policy_use import known_flows
from gongdan.kernel.actor import Actor

# In the order they are tried.
POLICIES = (
    *("warning_simple", "warning", "complaint", "repair_vip", "repair_contract", "repair"),
    *("daily_service", "consultation", "rest"),
)


def make_policies(actor: Actor) -> None:
    """Every policy of `POLICIES`, checked as anybody's would be."""
    for code in POLICIES:
        names, terms = policy_document(code)
        create_policy(code, names, terms, flows=known_flows(), actor=actor)


def policy_document(code: str) -> tuple[dict[str, str], Terms]:
    """The names and terms of a ready policy."""
    return read_policy(resources.files("gongdan.config.demo") / "policy_documents", code)
