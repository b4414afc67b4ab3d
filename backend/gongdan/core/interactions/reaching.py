"""Which people a right of the telephone reaches: for the board, and for setting somebody's presence."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from django.db.models import Q

from gongdan.core.interactions.access import compiled
from gongdan.core.staff.grants import StaffGrants
from gongdan.core.staff.models import Staff
from gongdan.kernel.errors import Forbidden, NotFound


def people_q(grants: StaffGrants, right: str) -> Q:
    """The condition on people at work that `right` reaches; narrowing by category and level is about calls only."""
    found = Q(pk__in=[])
    for reach in compiled(grants, right):
        if reach.everything:
            return Q(is_active=True)
        found |= Q(pk__in=sorted(reach.staff)) | Q(department_id__in=sorted(reach.departments))
    return found & Q(is_active=True)


def departments_of(staff_ids: Collection[int]) -> Mapping[int, int | None]:
    """Where these people belong now. One statement, none for no ids."""
    return (
        dict(Staff.objects.filter(pk__in=staff_ids).values_list("pk", "department_id")) if staff_ids else {}
    )


def reaches_person(grants: StaffGrants, right: str, staff_id: int, department_id: int | None) -> bool:
    """Whether `right` reaches this person; as `people_q`, on one."""
    return any(
        reach.everything or staff_id in reach.staff or department_id in reach.departments
        for reach in compiled(grants, right)
    )


def require_person(grants: StaffGrants, staff_id: int, right: str) -> None:
    """Raises Forbidden right_missing without the right, NotFound unknown_staff for whom it does not reach."""
    if right not in grants.rights:
        raise Forbidden("right_missing", f"You lack the right “{right}”.", right=right)
    if not Staff.objects.filter(people_q(grants, right), pk=staff_id).exists():
        raise NotFound("unknown_staff", "There is no such person.")
