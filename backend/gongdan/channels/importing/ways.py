"""The two kinds of tables there are: tickets (with their customers), and customers alone."""

from __future__ import annotations

from dataclasses import dataclass, field

from gongdan.channels.importing.customers import CustomerRow, KnownCustomers, read_customer
from gongdan.channels.importing.mapping import Mapping
from gongdan.channels.importing.running import Way
from gongdan.channels.importing.tables import Cell
from gongdan.channels.importing.tickets import TicketRow, do_ticket, read_ticket
from gongdan.channels.importing.values import bad
from gongdan.core.catalogue import resolve
from gongdan.core.tickets.external import KnownTicket, tickets_by_external_id
from gongdan.kernel.actor import Actor
from gongdan.kernel.errors import Invalid


@dataclass(slots=True)
class _Both:
    """A row's ticket and customer; `customer_id` is noted when the row has been done."""

    ticket: TicketRow
    customer: CustomerRow | None
    customer_id: int | None = None


@dataclass(slots=True)
class _Batch:
    """What the batch under way found in the database."""

    tickets: dict[str, KnownTicket] = field(default_factory=dict)


def tickets_way(mapping: Mapping, actor: Actor) -> Way[_Both]:
    """Rows become tickets. Raises Invalid invalid_mapping when the mapping does not say how."""
    if mapping.ticket is None:
        raise Invalid("invalid_mapping", "The mapping has no part `ticket:`.", field="mapping")
    customers, batch = KnownCustomers(), _Batch()
    categories = {"/".join(one.path_names): one.code for one in resolve.tree().by_id.values()}

    def read(cells: dict[str, Cell]) -> _Both:
        return _Both(read_ticket(mapping, cells, categories), read_customer(mapping, cells))

    def prepare(rows: list[_Both]) -> None:
        batch.tickets = tickets_by_external_id([row.ticket.external_id for row in rows])
        customers.learn([row.customer for row in rows if row.customer is not None])

    def do(row: _Both) -> bool:
        known = batch.tickets.get(row.ticket.external_id)
        if known is None and row.customer is not None:
            row.customer_id = customers.id_of(row.customer, actor)
        return do_ticket(row.ticket, known, row.customer_id, mapping.reply, actor)

    def keep(row: _Both) -> None:
        if row.customer is not None and row.customer_id is not None:
            customers.keep(row.customer, row.customer_id)

    return Way(read, lambda row: row.ticket.external_id, prepare, do, keep, customers.forget)


@dataclass(slots=True)
class _One:
    customer: CustomerRow
    customer_id: int | None = None


def customers_way(mapping: Mapping, actor: Actor) -> Way[_One]:
    """Rows become customers."""
    if mapping.customer is None:
        raise Invalid("invalid_mapping", "The mapping has no part `customer:`.", field="mapping")
    customers = KnownCustomers()

    def read(cells: dict[str, Cell]) -> _One:
        row = read_customer(mapping, cells)
        if row is None:
            raise bad(
                "customer.external_id",
                "external_id_missing",
                "The row has no id, so a second run would double it.",
            )
        return _One(row)

    def do(row: _One) -> bool:
        if customers.knows(row.customer.external_id):
            return False
        row.customer_id = customers.id_of(row.customer, actor)
        return True

    def keep(row: _One) -> None:
        if row.customer_id is not None:
            customers.keep(row.customer, row.customer_id)

    def prepare(rows: list[_One]) -> None:
        customers.learn([row.customer for row in rows])

    return Way(read, lambda row: row.customer.external_id, prepare, do, keep, customers.forget)
