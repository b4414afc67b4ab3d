"""Edit: corrects what was recorded. Old and new values stay in the track; numbers are masked there."""

from __future__ import annotations

from typing import Any

from gongdan.core.customers.models import Customer
from gongdan.core.tickets import contracts, own_fields
from gongdan.core.tickets.actions.messages import TALKING
from gongdan.core.tickets.actions.registry import verb
from gongdan.core.tickets.actions.work import Work
from gongdan.core.tickets.models import Ticket
from gongdan.core.tickets.requester import normalised_phone
from gongdan.kernel.errors import Invalid
from gongdan.kernel.phone import mask

PLAIN = ("subject", "body", "priority", "expected_end")


@verb("edit", contracts.Edit, order=97, states=TALKING)
def edit(work: Work, args: contracts.Edit) -> None:
    changed = {**_plain(work.ticket, args), **_people(work.ticket, args), **_fields(work, args)}
    if not changed:
        raise Invalid("nothing_changed", "Nothing would change.")
    work.say("TicketEdited", changed=changed)


def _put(ticket: Ticket, name: str, value: Any) -> dict[str, list[Any]]:
    old = getattr(ticket, name)
    if old == value:
        return {}
    setattr(ticket, name, value)
    return {name: [_plain_value(old), _plain_value(value)]}


def _plain_value(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value


def _plain(ticket: Ticket, args: contracts.Edit) -> dict[str, list[Any]]:
    changed: dict[str, list[Any]] = {}
    for name in PLAIN:
        value = getattr(args, name)
        if value is not None:
            changed |= _put(ticket, name, value)
    if args.tags is not None:
        changed |= _put(ticket, "tags", list(dict.fromkeys(args.tags)))
    return changed


def _people(ticket: Ticket, args: contracts.Edit) -> dict[str, list[Any]]:
    changed: dict[str, list[Any]] = {}
    if args.requester is not None and "name" in args.requester.model_fields_set:
        changed |= _put(ticket, "requester_name", args.requester.name)
    if args.requester is not None and "phone" in args.requester.model_fields_set:
        phone = _put(ticket, "requester_phone", normalised_phone(args.requester.phone))
        changed |= {name: [mask(one) if one else "" for one in values] for name, values in phone.items()}
    if args.customer_id is not None:
        customer = Customer.objects.filter(pk=args.customer_id).only("id", "level_id").first()
        if customer is None:
            raise Invalid("unknown_customer", "There is no such customer.", field="customer_id")
        changed |= _put(ticket, "customer_id", customer.pk)
        changed |= _put(ticket, "customer_level", customer.level_id)
    return changed


def _fields(work: Work, args: contracts.Edit) -> dict[str, list[Any]]:
    if not args.fields:
        return {}
    before = work.ticket.fields
    start = work.definition.nodes[work.definition.start]
    own_fields.fill(work, start, args.fields, complete=False)
    after = work.ticket.fields
    codes = sorted(before.keys() | after.keys())
    return {
        f"fields.{code}": [before.get(code), after.get(code)]
        for code in codes
        if before.get(code) != after.get(code)
    }
