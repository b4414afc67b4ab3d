"""The one permission rule of calls: compiled once, used as SQL (`visible_q`) and on a single call (`may`).

A grant that holds the right reaches a call if it reaches everything, or if somebody who had a part in the call is
among its people, teams or departments, and its narrowing by category (the disposition's, and below) and customer
level fits. Beside that, whoever takes calls sees the calls they had a part in. A call nobody had a part in yet (it waits,
or was abandoned) is reached only by grants that reach everything. Nothing else lets anyone see or do anything.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

from gongdan.core.catalogue import resolve
from gongdan.core.interactions.models import Call, CallPart
from gongdan.core.staff.grants import Grant, StaffGrants
from gongdan.core.staff.models import Staff
from gongdan.kernel import reference
from gongdan.kernel.errors import Forbidden, NotFound

VIEW, TAKE, LISTEN, DOWNLOAD, SUPERVISE = (
    "call.view",
    "call.take",
    "call.listen",
    "call.download",
    "call.supervise",
)


@dataclass(frozen=True, slots=True)
class CallFacts:
    """All the rule looks at: who had a part, their departments then, what it was about, and the customer's level."""

    staff: frozenset[int] = frozenset()
    departments: frozenset[int] = frozenset()
    disposition: str = ""
    level: str = ""


@dataclass(frozen=True, slots=True)
class Reach:
    """One grant, ready to compare. None narrows nothing; `categories` are codes."""

    everything: bool
    staff: frozenset[int]
    departments: frozenset[int]
    categories: frozenset[str] | None = None
    levels: frozenset[str] | None = None

    def narrowed(self, prefix: str) -> Q:
        """The narrowing alone, as a condition on calls."""
        condition = Q()
        if self.categories is not None:
            condition &= Q(**{f"{prefix}disposition__in": sorted(self.categories)})
        if self.levels is not None:
            condition &= Q(**{f"{prefix}customer__level_id__in": sorted(self.levels)})
        return condition


def visible_q(grants: StaffGrants, right: str = VIEW, prefix: str = "") -> Q:
    """The condition on calls (or on rows joined to one, e.g. prefix "call__") that `right` reaches."""
    found = Q(pk__in=[])
    for reach in compiled(grants, right):
        condition = _condition(reach, prefix)
        if not condition:
            return Q()
        found |= condition
    return found


def _condition(reach: Reach, prefix: str) -> Q:
    condition = Q()
    if not reach.everything:
        concerned = Q(staff_id__in=sorted(reach.staff)) | Q(department_id__in=sorted(reach.departments))
        condition &= Q(Exists(CallPart.objects.filter(concerned, call_id=OuterRef(f"{prefix}pk"))))
    return condition & reach.narrowed(prefix)


def may(grants: StaffGrants, right: str, facts: CallFacts) -> bool:
    """Whether `right` reaches the call."""
    return any(_fits(reach, facts) for reach in compiled(grants, right))


def _fits(reach: Reach, facts: CallFacts) -> bool:
    if reach.categories is not None and facts.disposition not in reach.categories:
        return False
    if reach.levels is not None and facts.level not in reach.levels:
        return False
    return reach.everything or bool(reach.staff & facts.staff or reach.departments & facts.departments)


def reaches_all(grants: StaffGrants, right: str) -> bool:
    """Whether `right` reaches every call there is, also those nobody had a part in."""
    return any(not _condition(reach, "") for reach in compiled(grants, right))


def compiled(grants: StaffGrants, right: str) -> tuple[Reach, ...]:
    """The rule: the grants that hold `right`; for seeing, also one's own calls. Worked out once for each person."""
    known = reference.get(("calls.reach", grants.staff_id, right), lambda: (grants, _compile(grants, right)))
    return known[1] if known[0] is grants else _compile(grants, right)


def _compile(grants: StaffGrants, right: str) -> tuple[Reach, ...]:
    found = [_reach(grant) for grant in grants.grants if right in grant.rights]
    if right == VIEW and TAKE in grants.rights:
        found.append(Reach(False, frozenset({grants.staff_id}), frozenset()))
    return tuple(found)


def _reach(grant: Grant) -> Reach:
    named: dict[str, set[str]] = {}
    for token in grant.tokens:
        kind, _, value = token.partition(":")
        named.setdefault(kind, set()).add(value)
    staff = {int(value) for value in named.get("p", ())}
    teams = frozenset(int(value) for value in named.get("t", ()))
    departments = frozenset(int(value) for value in named.get("d", ()))
    categories = None if grant.category_ids is None else _codes(grant.category_ids)
    return Reach(grant.everything, frozenset(staff) | members(teams), departments, categories, grant.levels)


def members(teams: frozenset[int]) -> frozenset[int]:
    """Who is in these teams, cached until the organisation changes."""
    if not teams:
        return frozenset()
    rows = Staff.teams.through.objects.filter(team_id__in=teams)
    return reference.get(("calls.members", teams), lambda: frozenset(rows.values_list("staff_id", flat=True)))


def _codes(category_ids: Collection[int]) -> frozenset[str]:
    every = resolve.tree().by_id.values()
    return frozenset(one.code for one in every if not set(one.path_ids).isdisjoint(category_ids))


def facts_of(call_ids: Collection[int]) -> Mapping[int, CallFacts]:
    """What the rule looks at, by call id, as it is now. Two statements, none for no ids."""
    if not call_ids:
        return {}
    staff: dict[int, set[int]] = {}
    departments: dict[int, set[int]] = {}
    parts = CallPart.objects.filter(call_id__in=call_ids, staff_id__isnull=False)
    for call_id, staff_id, department_id in parts.values_list("call_id", "staff_id", "department_id"):
        staff.setdefault(call_id, set()).add(staff_id or 0)
        departments.setdefault(call_id, set()).update([department_id] if department_id else [])
    rows = Call.objects.filter(pk__in=call_ids).values_list("pk", "disposition", "customer__level_id")
    return {
        pk: CallFacts(
            frozenset(staff.get(pk, ())), frozenset(departments.get(pk, ())), disposition, str(level or "")
        )
        for pk, disposition, level in rows
    }


def require(grants: StaffGrants, call_id: int, right: str = VIEW) -> CallFacts:
    """The call's facts. NotFound for a call one may not see, Forbidden for one that may be seen but `right` lacks."""
    facts = facts_of([call_id]).get(call_id)
    if facts is None or not (may(grants, VIEW, facts) or may(grants, right, facts)):
        raise unknown_call()
    if not may(grants, right, facts):
        raise Forbidden("right_missing", f"You lack the right “{right}” for this call.", right=right)
    return facts


def unknown_call() -> NotFound:
    return NotFound("unknown_call", "There is no such call, or it is not yours to see.")
