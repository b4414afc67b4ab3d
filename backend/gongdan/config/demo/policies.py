"""The demo company's policies, from policy_documents/: {names, terms}; `like` names another whose terms
count where a document leaves something out."""

from __future__ import annotations

from importlib import resources
from typing import Any

import yaml

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
    document = _read(code)
    given = _read(document["like"])["terms"] if "like" in document else {}
    return document["names"], Terms.model_validate(given | document["terms"])


def _read(code: str) -> dict[str, Any]:
    folder = resources.files("gongdan.config.demo") / "policy_documents"
    read: dict[str, Any] = yaml.safe_load((folder / f"{code}.yaml").read_text(encoding="utf-8"))
    return read
