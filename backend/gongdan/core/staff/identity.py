"""Who a person is, for the plumbing that signs people in: the few facts it needs, never the row itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from gongdan.core.staff.models import Staff


@dataclass(frozen=True, slots=True)
class Identity:
    """`password` is the encoded hash, to be compared and never shown."""

    id: int
    username: str
    password: str
    active: bool


COLUMNS = ("id", "username", "password", "is_active")


def by_username(username: str) -> Identity | None:
    """The person who signs in with this name, active or not."""
    row = Staff.objects.filter(username=username).values_list(*COLUMNS).first()
    return Identity(*row) if row else None


def username_of(staff_id: int) -> str:
    """Raises Staff.DoesNotExist."""
    return Staff.objects.values_list("username", flat=True).get(pk=staff_id)


def lock_active(staff_id: int) -> bool:
    """Lock the person's row until the transaction ends; False if there is no such active person."""
    rows = Staff.objects.select_for_update(no_key=True).filter(pk=staff_id, is_active=True)
    return rows.values_list("pk").first() is not None


def introduced(staff_id: int) -> dict[str, Any] | None:
    """A person as their own desk shows them."""
    person = Staff.objects.select_related("department").filter(pk=staff_id).first()
    if person is None:
        return None
    return {
        "id": person.pk,
        "name": person.name,
        "username": person.username,
        "department": {"id": person.department_id, "name": person.department.name},
        "teams": list(person.teams.order_by("name").values("id", "name")),
        "preferences": person.preferences,
    }
