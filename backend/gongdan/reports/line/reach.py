"""Whose work a person may see in figures: the right `report.view`, as far as its scope reaches.

A grant that is narrowed by category or customer level gives no figures: they count calls of every kind together.
"""

from __future__ import annotations

from collections.abc import Collection

from gongdan.core.interactions.access import compiled
from gongdan.core.staff import tree
from gongdan.core.staff.grants import StaffGrants
from gongdan.kernel import sql
from gongdan.kernel.errors import NotFound

RIGHT = "report.view"
_PEOPLE = "SELECT id FROM staff_staff WHERE id = ANY(%s::bigint[]) OR department_id = ANY(%s::bigint[])"
_NAMES = "SELECT id, name FROM staff_staff WHERE id = ANY(%s::bigint[])"


def seen(grants: StaffGrants) -> frozenset[int] | None:
    """The people whose work may be seen, those who left included; None: everybody's. Raises right_missing."""
    grants.require(RIGHT)
    reaches = [one for one in compiled(grants, RIGHT) if one.categories is None and one.levels is None]
    if any(one.everything for one in reaches):
        return None
    staff = {staff_id for one in reaches for staff_id in one.staff}
    departments = {department_id for one in reaches for department_id in one.departments}
    return _people(staff, departments)


def narrowed(
    people: frozenset[int] | None, staff_id: int | None, department_id: int | None
) -> frozenset[int] | None:
    """Of these people, one person or a department with all below it, as it stands now. Raises NotFound."""
    found = people
    if staff_id is not None:
        if not _people([staff_id], ()) or (people is not None and staff_id not in people):
            raise NotFound("unknown_staff", "There is no such person.", staff_id=staff_id)
        found = frozenset({staff_id})
    if department_id is not None:
        if department_id not in tree.places():
            raise NotFound("unknown_department", "There is no such department.", department_id=department_id)
        members = _people((), tree.and_below(department_id))
        found = members if found is None else found & members
    return found


def _people(staff: Collection[int], departments: Collection[int]) -> frozenset[int]:
    return frozenset(row[0] for row in sql.execute(_PEOPLE, [sorted(staff), sorted(departments)]))


def names(staff_ids: Collection[int]) -> dict[int, str]:
    """What these people are called."""
    return dict(sql.execute(_NAMES, [sorted(staff_ids)])) if staff_ids else {}
