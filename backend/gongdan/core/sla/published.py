"""What policies there are: each with its current version, and every version with who made it and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from gongdan.core.sla.choose import Chosen, terms_of
from gongdan.core.sla.models import Policy, PolicyVersion
from gongdan.core.sla.publish import unknown
from gongdan.kernel.errors import NotFound


@dataclass(frozen=True, slots=True)
class PolicyLine:
    """A policy as lists show it; `number` and `terms` are of the current version, `version` is for changing it."""

    code: str
    names: dict[str, str]
    active: bool
    position: int
    number: int
    version: int
    terms: dict[str, Any]


@dataclass(frozen=True, slots=True)
class VersionLine:
    """One version. Nobody made what came with the installation."""

    number: int
    created_at: datetime
    created_by: dict[str, Any] | None
    terms: dict[str, Any]


_COLUMNS = ("code", "names", "active", "position", "current__number", "version", "current__terms")


def policies() -> list[PolicyLine]:
    """Every policy, in the order they are tried. One statement."""
    rows = Policy.objects.filter(current__isnull=False).order_by("position", "id").values_list(*_COLUMNS)
    return [PolicyLine(*row) for row in rows]


def policy_of(code: str) -> PolicyLine:
    """One policy. Raises NotFound unknown_policy."""
    row = Policy.objects.filter(code=code, current__isnull=False).values_list(*_COLUMNS).first()
    if row is None:
        raise unknown(code)
    return PolicyLine(*row)


def versions_of(code: str) -> list[VersionLine]:
    """All versions of a policy, newest first."""
    columns = ("number", "created_at", "created_by_id", "created_by__name", "terms")
    rows = PolicyVersion.objects.filter(policy__code=code).order_by("-number").values_list(*columns)
    return [
        VersionLine(number, at, {"id": staff_id, "name": name} if staff_id else None, terms)
        for number, at, staff_id, name, terms in rows
    ]


def version_of(code: str, number: int | None = None) -> Chosen:
    """A version of a policy, the current one without `number`. Raises NotFound (unknown_policy, unknown_policy_version)."""
    policy = Policy.objects.filter(code=code).values_list("id", "current_id").first()
    if policy is None or policy[1] is None:
        raise unknown(code)
    if number is None:
        return terms_of(policy[1])
    found = (
        PolicyVersion.objects.filter(policy_id=policy[0], number=number).values_list("id", flat=True).first()
    )
    if found is None:
        raise NotFound(
            "unknown_policy_version",
            "There is no such version of this policy.",
            policy=code[:64],
            number=number,
        )
    return terms_of(found)
