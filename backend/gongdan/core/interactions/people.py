"""Who sits at an extension: whoever signed in to it, else whose it is for good."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from gongdan.kernel import sql

_SEATS = """SELECT extension.number, staff.id, staff.department_id FROM interactions_extension extension
LEFT JOIN interactions_presence presence ON presence.extension_id = extension.id
JOIN staff_staff staff ON staff.id = coalesce(presence.staff_id, extension.staff_id)
WHERE extension.system_id = %s AND extension.number = ANY(%s::text[]) AND extension.active"""


@dataclass(frozen=True, slots=True)
class Seat:
    """A person at an extension."""

    staff_id: int
    department_id: int


def seats(system_id: int, extensions: Collection[str]) -> dict[str, Seat]:
    """By extension, in upper case; those at which nobody sits are left out. One statement, none without extensions."""
    if not extensions:
        return {}
    found = sql.execute(_SEATS, [system_id, sorted(extensions)])
    return {number: Seat(staff_id, department_id) for number, staff_id, department_id in found}
