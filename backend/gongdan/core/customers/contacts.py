"""The ways to reach a customer: reading what was entered, adding and removing, and the warning about known numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.conf import settings
from django.db import transaction

from gongdan.core.customers.access import EDIT, Asker, find_visible
from gongdan.core.customers.find import folded_value, same_number
from gongdan.core.customers.models import Contact, ContactKind
from gongdan.core.customers.phone import mask, parse_numbers
from gongdan.kernel.actor import Actor
from gongdan.kernel.errors import Invalid, NotFound
from gongdan.kernel.text import unusable_text
from gongdan.outbox.log import NewEvent, append_to

MOST = 50
_EMAIL = re.compile(r"[^\s@<>]{1,64}@[^\s@<>]{3,190}")
Warning_ = dict[str, Any]


def contacts_of(written: Mapping[str, Any], customer_id: int | None = None) -> list[Contact]:
    """Unsaved contacts for one entry {kind, value, label?, primary?}; a list of numbers ("a/b") gives several.

    Raises Invalid (unknown_contact_kind, invalid_phone, invalid_email, unusable_text).
    """
    kind, value = written.get("kind"), str(written.get("value") or "").strip()
    if kind not in ContactKind.values:
        raise Invalid(
            "unknown_contact_kind", "A contact is a phone, email, wechat or address.", field="contacts"
        )
    label = str(written.get("label") or "").strip()
    if not value or len(value) > 300 or len(label) > 60 or unusable_text(value + label):
        raise Invalid(
            "unusable_contact", "A contact has a value up to 300 long and a label up to 60.", field="contacts"
        )
    common = {
        "customer_id": customer_id,
        "kind": kind,
        "label": label,
        "primary": bool(written.get("primary")),
    }
    if kind == ContactKind.PHONE:
        return _phones(value, common)
    if kind == ContactKind.EMAIL and not _EMAIL.fullmatch(value):
        raise Invalid("invalid_email", "It is not an e-mail address.", field="contacts")
    return [Contact(value=value, folded=folded_value(kind, value), **common)]


def _phones(value: str, common: Mapping[str, Any]) -> list[Contact]:
    numbers = parse_numbers(value, settings.DEFAULT_REGION)
    if not numbers or any(len(number.digits) > 20 for number in numbers):
        raise Invalid("invalid_phone", "It is not a telephone number.", field="contacts")
    return [
        Contact(
            **{**common, "primary": common["primary"] and place == 0},
            value=number.display,
            e164=number.e164,
            extension=number.extension,
            reversed=number.digits[::-1],
        )
        for place, number in enumerate(numbers)
    ]


def add_contact(
    customer_id: int, written: Mapping[str, Any], *, actor: Actor, asker: Asker | None
) -> tuple[list[int], list[Warning_]]:
    """Add what was entered; answers the new contacts' ids and warnings about numbers others have too."""
    with transaction.atomic():
        find_visible(customer_id, asker, right=EDIT, lock=True)
        made = contacts_of(written, customer_id)
        save_contacts(customer_id, made)
        append_to("customer", customer_id, [NewEvent("ContactAdded", told(one)) for one in made], actor=actor)
    return [one.pk for one in made], warnings_about(customer_id, made, asker)


def save_contacts(customer_id: int, made: Sequence[Contact]) -> None:
    """Write new contacts of a customer whose row is locked; one primary per kind remains."""
    if Contact.objects.filter(customer_id=customer_id).count() + len(made) > MOST:
        raise Invalid(
            "too_many_contacts", f"A customer has at most {MOST} contacts.", field="contacts", most=MOST
        )
    first: set[str] = set()
    for one in made:
        one.primary = one.primary and one.kind not in first
        if one.primary:
            first.add(one.kind)
    if first:
        Contact.objects.filter(customer_id=customer_id, kind__in=first, primary=True).update(primary=False)
    Contact.objects.bulk_create(made)


def remove_contact(customer_id: int, contact_id: int, *, actor: Actor, asker: Asker | None) -> None:
    """Remove a contact. NotFound `unknown_contact` unless it is this customer's."""
    with transaction.atomic():
        find_visible(customer_id, asker, right=EDIT, lock=True)
        contact = Contact.objects.filter(customer_id=customer_id, pk=contact_id).first()
        if contact is None:
            raise NotFound("unknown_contact", "There is no such contact.", contact=contact_id)
        data = told(contact)
        del data["primary"]
        contact.delete()
        append_to("customer", customer_id, [NewEvent("ContactRemoved", data)], actor=actor)


def told(contact: Contact) -> dict[str, Any]:
    """A contact as an event tells it: numbers masked, because events are read without the right to reveal."""
    return {
        "contact_id": contact.pk,
        "kind": str(contact.kind),
        "value": shown_value(contact.kind, contact.value, clear=False),
        "label": contact.label,
        "primary": contact.primary,
    }


def shown_value(kind: str, value: str, *, clear: bool) -> str:
    """A contact's value for somebody who may (`clear`) or may not see numbers."""
    return value if clear or kind != ContactKind.PHONE else mask(value, settings.DEFAULT_REGION)


def warnings_about(customer_id: int, made: Iterable[Contact], asker: Asker | None) -> list[Warning_]:
    """One {code: "number_known", number (masked), customer_id, customer} per other customer with the same number."""
    known = same_number([one.e164 or "" for one in made], other_than=customer_id, asker=asker)
    return [
        {
            "code": "number_known",
            "number": mask(e164, settings.DEFAULT_REGION),
            "customer_id": other,
            "customer": name,
        }
        for e164, other, name in known
    ]
