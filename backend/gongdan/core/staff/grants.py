"""What a person may do, and how far it reaches: their roles worked out into tokens the permission rule compares.

A grant reaches the tickets whose parties hold one of its tokens: "p:<staff>", "t:<team>", "d:<department>",
"r:<role code>". Scopes: own = p:me; team = that and my teams; department = that and d:mine (or the department the
role was given for); department_below = that and everything below; all = everything. Every scope but "all" also
reaches what was addressed to one of my roles. Narrowing by category or customer level applies to the whole grant.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from gongdan.core.staff import tree
from gongdan.core.staff.models import Role, RoleGrant, Scope, Staff
from gongdan.kernel import reference
from gongdan.kernel.errors import Forbidden, NotFound


@dataclass(frozen=True, slots=True)
class Grant:
    """One role of a person. `category_ids` are the narrowing as written: each means itself and everything below
    (`tickets.access` works that out, for staff and catalogue do not know each other); None narrows nothing."""

    role: str
    rights: frozenset[str]
    everything: bool
    tokens: frozenset[str]
    category_ids: frozenset[int] | None = None
    levels: frozenset[str] | None = None
    scope: str = Scope.OWN.value
    role_name: str = ""


@dataclass(frozen=True, slots=True)
class StaffGrants:
    """A person and everything they were granted. An inactive person has no grants."""

    staff_id: int
    name: str
    department_id: int
    team_ids: frozenset[int]
    role_codes: frozenset[str]
    grants: tuple[Grant, ...]
    rights: frozenset[str] = field(default=frozenset())

    def require(self, right: str) -> None:
        """Raise Forbidden("right_missing") unless some role gives `right`."""
        if right not in self.rights:
            raise Forbidden("right_missing", f"You lack the right “{right}”.", right=right)


def grants_of(staff_id: int) -> StaffGrants:
    """The person's grants, cached until the organisation changes. Raises NotFound("unknown_staff")."""
    return reference.get(("staff.grants", staff_id), lambda: _load(staff_id, tree.places))


def grants_now(staff_id: int) -> StaffGrants:
    """The same, read anew: for a transaction that has just changed them."""
    return _load(staff_id, tree.places_now)


def _load(staff_id: int, places: Callable[[], Mapping[int, tree.Place]]) -> StaffGrants:
    columns = ("name", "department_id", "is_active")
    person = Staff.objects.filter(pk=staff_id).values_list(*columns).first()
    if person is None:
        raise NotFound("unknown_staff", "There is no such person.", staff_id=staff_id)
    name, department_id, active = person
    teams = frozenset(Staff.teams.through.objects.filter(staff_id=staff_id).values_list("team_id", flat=True))
    held = (
        list(RoleGrant.objects.filter(staff_id=staff_id).select_related("role").order_by("id"))
        if active
        else []
    )
    codes = frozenset(grant.role.code for grant in held)
    who = _Who(staff_id, department_id, teams, codes)
    below = any(row.role.scope == Scope.DEPARTMENT_BELOW for row in held)
    every = places() if below else {}
    grants = tuple(_grant(row.role, row.department_id, who, every) for row in held)
    return StaffGrants(staff_id, name, department_id, teams, codes, grants, rights_in(grants))


def rights_in(grants: Iterable[Grant]) -> frozenset[str]:
    """All rights of several grants together."""
    return frozenset(right for grant in grants for right in grant.rights)


@dataclass(frozen=True, slots=True)
class _Who:
    staff_id: int
    department_id: int
    team_ids: frozenset[int]
    role_codes: frozenset[str]


def _grant(role: Role, given_for: int | None, who: _Who, places: Mapping[int, tree.Place]) -> Grant:
    everything = role.scope == Scope.ALL
    department_id = given_for or who.department_id
    return Grant(
        role=role.code,
        rights=frozenset(role.rights),
        everything=everything,
        tokens=frozenset() if everything else _tokens(role.scope, department_id, who, places),
        category_ids=frozenset(role.category_ids) or None,
        levels=frozenset(role.customer_levels) or None,
        scope=role.scope,
        role_name=role.name,
    )


def _tokens(scope: str, department_id: int, who: _Who, places: Mapping[int, tree.Place]) -> frozenset[str]:
    tokens = {f"p:{who.staff_id}", *(f"r:{code}" for code in who.role_codes)}
    if scope != Scope.OWN:
        tokens |= {f"t:{team}" for team in who.team_ids}
    if scope == Scope.DEPARTMENT:
        tokens.add(f"d:{department_id}")
    if scope == Scope.DEPARTMENT_BELOW:
        tokens |= {f"d:{below}" for below in tree.and_below(department_id, places)}
    return frozenset(tokens)
