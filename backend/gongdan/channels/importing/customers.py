"""A row's customer: found again by external id, or recorded."""

from __future__ import annotations

from collections.abc import Mapping as Cells
from dataclasses import dataclass
from typing import Any

from gongdan.channels.importing.mapping import CustomerPart, Mapping
from gongdan.channels.importing.tables import Cell
from gongdan.channels.importing.values import bad, text_of
from gongdan.core.customers.actions import create_customer
from gongdan.core.customers.external import customers_by_external_id
from gongdan.kernel.actor import Actor

CONTACTS = ("phone", "email", "wechat", "address")


@dataclass(frozen=True, slots=True)
class CustomerRow:
    """`values` and `contacts` as `create_customer` takes them; `parent` is an external id."""

    external_id: str
    parent: str | None
    values: dict[str, Any]
    contacts: tuple[dict[str, Any], ...]


def read_customer(mapping: Mapping, cells: Cells[str, Cell]) -> CustomerRow | None:
    """The row's customer; None when the mapping has none or the row names none. Raises Invalid."""
    part = mapping.customer
    if part is None:
        return None
    external_id = text_of(part.external_id, cells, what="customer.external_id")
    if not external_id:
        return None
    name = text_of(part.name, cells, what="customer.name")
    if not name:
        raise bad("customer.name", "name_missing", "The customer has no name.")
    values: dict[str, Any] = {"external_id": external_id, "name": name, "note": text_of(part.note, cells)}
    optional = {"kind": part.kind, "level": part.level, "customer_class": part.customer_class}
    values |= {
        key: text
        for key, source in optional.items()
        if (text := text_of(source, cells, what=f"customer.{key}"))
    }
    parent = text_of(part.parent, cells, what="customer.parent") or None
    return CustomerRow(external_id, parent, values, _contacts(part, cells))


def _contacts(part: CustomerPart, cells: Cells[str, Cell]) -> tuple[dict[str, Any], ...]:
    read = ((kind, text_of(getattr(part, kind), cells, what=f"customer.{kind}")) for kind in CONTACTS)
    return tuple({"kind": kind, "value": value, "primary": True} for kind, value in read if value)


class KnownCustomers:
    """External ids to customers, as far as this run has met them; asked for a batch at a time."""

    def __init__(self) -> None:
        self._ids: dict[str, int] = {}

    def learn(self, rows: list[CustomerRow]) -> None:
        """Look up all customers (and parents) of a batch with one statement."""
        wanted = {
            one for row in rows for one in (row.external_id, row.parent) if one and one not in self._ids
        }
        self._ids |= customers_by_external_id(wanted)

    def knows(self, external_id: str) -> bool:
        return external_id in self._ids

    def id_of(self, row: CustomerRow, actor: Actor) -> int:
        """The customer's id; recorded now if new. The caller keeps it with `keep` once the row stands."""
        known = self._ids.get(row.external_id)
        if known is not None:
            return known
        values = dict(row.values)
        if row.parent is not None:
            if row.parent not in self._ids:
                raise bad(
                    "customer.parent",
                    "unknown_parent",
                    f"There is no customer {row.parent!r} before this row.",
                )
            values["parent_id"] = self._ids[row.parent]
        return create_customer(values, contacts=row.contacts, actor=actor).customer_id

    def keep(self, row: CustomerRow, customer_id: int) -> None:
        self._ids[row.external_id] = customer_id

    def forget(self) -> None:
        """What was recorded was rolled back."""
        self._ids.clear()
