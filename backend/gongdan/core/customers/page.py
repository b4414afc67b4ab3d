"""Customers as people see them: rows of a list, and the page of one with accounts, subscribers, parent and children.

Numbers in rows are always masked. On the page they are clear for those with `customer.reveal`, and that it was opened
so is an event; somebody who opens the same page again within `AGAIN` is not recorded twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any

from django.conf import settings

from gongdan.core.customers.access import EDIT, REVEAL, Asker, find_visible, reaches, require_any, visible_q
from gongdan.core.customers.contacts import shown_value
from gongdan.core.customers.hierarchy import ids_above
from gongdan.core.customers.models import Account, Contact, ContactKind, Customer, Subscriber
from gongdan.core.customers.phone import mask
from gongdan.core.customers.three_accounts import shown_line
from gongdan.kernel import clock
from gongdan.kernel.actor import Actor
from gongdan.outbox.log import NewEvent, append_to
from gongdan.outbox.models import EventRecord

AGAIN = timedelta(minutes=15)
MOST = 100  # accounts, subscribers and children shown
ROW = (
    "id",
    "kind",
    "name",
    "level_id",
    "customer_class",
    "external_id",
    "parent_id",
    "parent__name",
    "updated_at",
)


def rows_of(ids: Sequence[int], asker: Asker | None) -> list[dict[str, Any]]:
    """List rows in the order of `ids`; what may not be seen is left out. Two queries."""
    visible = Customer.objects.filter(visible_q(asker), pk__in=ids).values(*ROW)
    rows = {row["id"]: row for row in visible}
    phones = _phones(rows)
    return [_row(rows[one], phones.get(one, [])) for one in ids if one in rows]


def newest(asker: Asker | None, *, level: str | None, before: int | None, limit: int) -> list[int]:
    """Ids of the customers recorded last, at most `limit`, below the id `before`."""
    require_any(asker)
    rows = Customer.objects.filter(visible_q(asker))
    if level:
        rows = rows.filter(level__code=level)
    if before is not None:
        rows = rows.filter(pk__lt=before)
    return list(rows.order_by("-pk").values_list("pk", flat=True)[:limit])


def _phones(ids: Iterable[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    contacts = Contact.objects.filter(customer_id__in=list(ids), kind=ContactKind.PHONE)
    for customer_id, value in contacts.order_by("-primary", "pk").values_list("customer_id", "value"):
        found.setdefault(customer_id, []).append(mask(value, settings.DEFAULT_REGION))
    return found


def _row(row: dict[str, Any], phones: list[str]) -> dict[str, Any]:
    parent = {"id": row["parent_id"], "name": row["parent__name"]} if row["parent_id"] else None
    return {
        "id": row["id"],
        "kind": row["kind"],
        "name": row["name"],
        "level": row["level_id"],
        "customer_class": row["customer_class"],
        "external_id": row["external_id"],
        "parent": parent,
        "phones": phones[:3],
        "updated_at": row["updated_at"],
    }


def page_of(customer_id: int, *, actor: Actor, asker: Asker | None) -> dict[str, Any]:
    """Everything about one customer. NotFound for one that may not be seen."""
    customer = find_visible(customer_id, asker)
    clear = reaches(asker, REVEAL, str(customer.level_id))
    contacts = [_contact(contact, clear=clear) for contact in _contacts_of(customer_id)]
    accounts, loose = _accounts(customer_id, clear=clear)
    if clear:
        _record_reveal(
            customer_id, [contact["id"] for contact in contacts if contact["kind"] == "phone"], actor
        )
    family = _family(customer, asker)
    return {
        "id": customer.pk,
        "kind": customer.kind,
        "name": customer.name,
        "level": customer.level_id,
        "customer_class": customer.customer_class,
        "external_id": customer.external_id,
        "note": customer.note,
        "fields": customer.fields,
        "version": customer.version,
        "created_at": customer.created_at,
        "updated_at": customer.updated_at,
        "contacts": contacts,
        "accounts": accounts,
        "subscribers": loose,
        **family,
        "can": {"edit": reaches(asker, EDIT, str(customer.level_id)), "reveal": clear},
    }


def _contacts_of(customer_id: int) -> Iterable[Contact]:
    return Contact.objects.filter(customer_id=customer_id).order_by("-primary", "pk")


def _contact(contact: Contact, *, clear: bool) -> dict[str, Any]:
    masked = contact.kind == ContactKind.PHONE and not clear
    return {
        "id": contact.pk,
        "kind": contact.kind,
        "value": shown_value(contact.kind, contact.value, clear=clear),
        "e164": None if masked else contact.e164,
        "extension": "" if masked else contact.extension,
        "label": contact.label,
        "primary": contact.primary,
        "masked": masked,
    }


def _accounts(customer_id: int, *, clear: bool) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The customer's accounts each with its subscribers (also those of customers below), and the subscribers of this
    customer that no own account pays for."""
    columns = ("id", "number", "name", "status")
    accounts = list(Account.objects.filter(customer_id=customer_id).order_by("pk").values(*columns)[:MOST])
    by_account: dict[int, list[dict[str, Any]]] = {account["id"]: [] for account in accounts}
    paid = Subscriber.objects.filter(account_id__in=list(by_account))
    loose: list[dict[str, Any]] = []
    for line in (paid | Subscriber.objects.filter(customer_id=customer_id)).order_by("pk")[:MOST]:
        by_account.get(line.account_id or 0, loose).append(_line(line, clear=clear))
    return [{**account, "subscribers": by_account[account["id"]]} for account in accounts], loose


def _line(line: Subscriber, *, clear: bool) -> dict[str, Any]:
    return {
        "id": line.pk,
        "customer_id": line.customer_id,
        "account_id": line.account_id,
        "number": shown_line(line.number, line.e164, clear=clear),
        "product": line.product,
        "address": line.address,
        "status": line.status,
    }


def _family(customer: Customer, asker: Asker | None) -> dict[str, Any]:
    above = ids_above(customer.pk)[1:]
    columns = ("id", "name", "level_id", "parent_id")
    near = Customer.objects.filter(visible_q(asker))
    found = list(near.filter(pk__in=above).values(*columns))
    children = list(near.filter(parent_id=customer.pk).order_by("pk").values(*columns)[: MOST + 1])
    parents = {row["id"]: _named(row) for row in found}
    ancestors = [parents[one] for one in reversed(above) if one in parents]
    return {
        "parent": parents.get(customer.parent_id or 0),
        "ancestors": ancestors,
        "children": [_named(row) for row in children[:MOST]],
        "more_children": len(children) > MOST,
    }


def _named(row: dict[str, Any]) -> dict[str, Any]:
    return {"id": row["id"], "name": row["name"], "level": row["level_id"]}


def _record_reveal(customer_id: int, contacts: list[int], actor: Actor) -> None:
    if not contacts:
        return
    last = (
        EventRecord.objects.filter(subject="customer", subject_id=customer_id)
        .order_by("-seq")
        .values_list("type", "actor_staff_id", "at")
        .first()
    )
    now = clock.now()
    just = last is not None and last[0] == "CustomerNumbersRevealed" and last[1] == actor.staff_id
    if just and last is not None and now - last[2] < AGAIN:
        return
    event = NewEvent("CustomerNumbersRevealed", {"contacts": contacts})
    append_to("customer", customer_id, [event], actor=actor, at=now)
