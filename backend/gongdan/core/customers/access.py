"""Who may see, change and reveal which customers.

A grant that holds the right reaches every customer, or only those of the levels its role is narrowed to. Scopes
(own, department, …) and categories say nothing here: a customer belongs to no department.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, Protocol

from django.db.models import Q

from gongdan.core.customers.models import Customer
from gongdan.kernel.errors import Forbidden, NotFound

VIEW, EDIT, REVEAL, ADMIN = "customer.view", "customer.edit", "customer.reveal", "admin.customers"


class HeldGrant(Protocol):
    """What is asked of one grant: its rights, and the levels it is narrowed to (None: all)."""

    @property
    def rights(self) -> Collection[str]: ...
    @property
    def levels(self) -> Collection[str] | None: ...


class Asker(Protocol):
    """Who asks: `core.staff.grants.StaffGrants` fits. None in its place means the product itself."""

    @property
    def grants(self) -> Sequence[HeldGrant]: ...


def levels_within(asker: Asker | None, right: str = VIEW) -> frozenset[str] | None:
    """The levels `right` reaches; None means all of them, an empty set none at all."""
    if asker is None:
        return None
    found: set[str] = set()
    for grant in asker.grants:
        if right in grant.rights:
            if grant.levels is None:
                return None
            found.update(grant.levels)
    return frozenset(found)


def require_any(asker: Asker | None, right: str = VIEW) -> frozenset[str] | None:
    """`levels_within`, or Forbidden `right_missing` when the right reaches nobody."""
    levels = levels_within(asker, right)
    if levels is not None and not levels:
        raise Forbidden("right_missing", f"You lack the right “{right}”.", right=right)
    return levels


def reaches(asker: Asker | None, right: str, level: str) -> bool:
    """Whether `right` reaches customers of `level`."""
    levels = levels_within(asker, right)
    return levels is None or level in levels


def visible_q(asker: Asker | None, prefix: str = "", right: str = VIEW) -> Q:
    """The same as a condition on customers, or on rows joined to one (prefix "customer__")."""
    levels = levels_within(asker, right)
    return Q() if levels is None else Q(**{f"{prefix}level_id__in": sorted(levels)})


def find_visible(customer_id: int, asker: Asker | None, *, right: str = VIEW, lock: bool = False) -> Customer:
    """The customer. NotFound for one that may not be seen, Forbidden for one that may be seen but `right` lacks."""
    rows: Any = Customer.objects.select_for_update(no_key=True) if lock else Customer.objects.all()
    customer: Customer | None = rows.filter(pk=customer_id).first()
    if customer is None or not reaches(asker, VIEW, str(customer.level_id)):
        raise NotFound("unknown_customer", "There is no such customer.", customer=customer_id)
    require_level(asker, right, str(customer.level_id))
    return customer


def require_level(asker: Asker | None, right: str, level: str) -> None:
    """Raise Forbidden `right_missing` unless `right` reaches `level`."""
    if not reaches(asker, right, level):
        raise Forbidden(
            "right_missing", f"You lack the right “{right}” for this level.", right=right, level=level
        )
