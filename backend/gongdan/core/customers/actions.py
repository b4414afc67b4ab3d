"""Recording and changing customers. Each change and its events are one transaction."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import IntegrityError, transaction

from gongdan.core.customers.access import EDIT, Asker, find_visible, require_any, require_level
from gongdan.core.customers.contacts import contacts_of, save_contacts, told, warnings_about
from gongdan.core.customers.hierarchy import require_place
from gongdan.core.customers.levels import require_level_code
from gongdan.core.customers.models import Customer, CustomerClass, CustomerKind
from gongdan.core.customers.terms import kept_of
from gongdan.kernel.actor import Actor
from gongdan.kernel.errors import Conflict, Invalid
from gongdan.kernel.text import unusable_text
from gongdan.outbox.log import NewEvent, append_to

CHANGEABLE = ("kind", "name", "level", "customer_class", "parent_id", "external_id", "note", "fields")
LONGEST_NOTE = 10_000
LARGEST_FIELDS = 20_000  # bytes of JSON


@dataclass(frozen=True, slots=True)
class Recorded:
    """A new customer, and what the person who recorded it should look at."""

    customer_id: int
    warnings: list[dict[str, Any]] = field(default_factory=list)


def create_customer(
    values: Mapping[str, Any],
    *,
    contacts: Sequence[Mapping[str, Any]] = (),
    actor: Actor,
    asker: Asker | None = None,
) -> Recorded:
    """Record a customer. `values` as in CHANGEABLE, `name` is needed; contacts are {kind, value, label?, primary?}.

    A number that another customer has is a warning, never a refusal. Raises Forbidden, Conflict external_id_taken and
    Invalid (name_missing, unknown_level, unknown_parent, invalid_phone, …).
    """
    require_any(asker, EDIT)
    wanted = {"level": "ordinary", **{name: value for name, value in values.items() if value is not None}}
    with transaction.atomic():
        columns = _columns({"name": "", **wanted}, None, asker)
        require_level(asker, EDIT, columns["level_id"])
        made = [contact for written in contacts for contact in contacts_of(written)]
        customer = Customer(**columns)
        _save(customer)
        for contact in made:
            contact.customer_id = customer.pk
        save_contacts(customer.pk, made)
        data = {**_told({name: value for name, value in columns.items() if value not in (None, "", {})})}
        data = {"kind": customer.kind, "customer_class": customer.customer_class, **data}
        if made:
            data["contacts"] = [told(contact) for contact in made]
        append_to("customer", customer.pk, [NewEvent("CustomerCreated", data)], actor=actor)
    return Recorded(customer.pk, warnings_about(customer.pk, made, asker))


def update_customer(
    customer_id: int,
    changes: Mapping[str, Any],
    *,
    version: int | None,
    actor: Actor,
    asker: Asker | None = None,
) -> None:
    """Change what is named (CHANGEABLE). Changing nothing writes nothing.

    Raises NotFound unknown_customer, Forbidden, Conflict (stale_version, external_id_taken) and Invalid as above.
    """
    with transaction.atomic():
        customer = find_visible(customer_id, asker, right=EDIT, lock=True)
        if version is not None and version != customer.version:
            raise Conflict(
                "stale_version",
                "Somebody changed this customer since your page was loaded.",
                version=customer.version,
                yours=version,
            )
        columns = _columns(changes, customer.pk, asker)
        new = {name: value for name, value in columns.items() if getattr(customer, name) != value}
        if not new:
            return
        if "level_id" in new:
            require_level(asker, EDIT, new["level_id"])
        old = {name: getattr(customer, name) for name in new}
        for name, value in new.items():
            setattr(customer, name, value)
        customer.version += 1
        _save(customer)
        if told_new := _told(new):
            event = NewEvent("CustomerChanged", {"old": _told(old), "new": told_new})
            append_to("customer", customer.pk, [event], actor=actor)


def _save(customer: Customer) -> None:
    try:
        with transaction.atomic():
            customer.save()
    except IntegrityError as error:
        if "external_id" in str(error):
            raise Conflict(
                "external_id_taken", "Another customer has this external id.", field="external_id"
            ) from error
        raise


def _columns(changes: Mapping[str, Any], own: int | None, asker: Asker | None) -> dict[str, Any]:
    columns: dict[str, Any] = {}
    if "name" in changes:
        columns |= _name(changes["name"])
    if changes.get("kind") is not None:
        columns["kind"] = _one_of(CustomerKind.values, changes["kind"], "kind", "unknown_customer_kind")
    if changes.get("customer_class") is not None:
        columns["customer_class"] = _one_of(
            CustomerClass.values, changes["customer_class"], "customer_class", "unknown_customer_class"
        )
    if changes.get("level") is not None:
        require_level_code(changes["level"])
        columns["level_id"] = changes["level"]
    if "parent_id" in changes:
        columns["parent_id"] = _parent(changes["parent_id"], own, asker)
    if "external_id" in changes:
        columns["external_id"] = _text(changes["external_id"], "external_id", 120) or None
    if "note" in changes:
        columns["note"] = _text(changes["note"], "note", LONGEST_NOTE)
    if "fields" in changes:
        columns["fields"] = _fields(changes["fields"])
    return columns


def _name(value: Any) -> dict[str, Any]:
    name = " ".join(_text(value, "name", 200).split())
    if not name:
        raise Invalid("name_missing", "A customer has a name.", field="name")
    kept = kept_of(name)
    return {"name": name, "folded": kept.folded, "initials": kept.initials, "search_terms": kept.terms}


def _text(value: Any, field_name: str, longest: int) -> str:
    text = str(value or "").strip()
    if len(text) > longest or unusable_text(text):
        raise Invalid(
            "too_long", f"It has at most {longest} usable characters.", field=field_name, longest=longest
        )
    return text


def _one_of(known: Sequence[str], value: Any, field_name: str, code: str) -> str:
    if value not in known:
        raise Invalid(code, f"It is one of {', '.join(known)}.", field=field_name)
    return str(value)


def _parent(parent_id: Any, own: int | None, asker: Asker | None) -> int | None:
    if parent_id is None:
        return None
    visible = Customer.objects.filter(pk=parent_id).values_list("level__code", flat=True).first()
    if visible is None or not _sees(asker, visible):
        raise Invalid("unknown_parent", "There is no such customer to be below.", field="parent_id")
    require_place(own, parent_id)
    return int(parent_id)


def _sees(asker: Asker | None, level: str) -> bool:
    levels = require_any(asker)
    return levels is None or level in levels


def _fields(value: Any) -> dict[str, Any]:
    fields = value or {}
    if not isinstance(fields, dict) or len(json.dumps(fields)) > LARGEST_FIELDS:
        raise Invalid(
            "invalid_fields", f"Own fields are an object of at most {LARGEST_FIELDS} bytes.", field="fields"
        )
    return fields


def _told(columns: Mapping[str, Any]) -> dict[str, Any]:
    """Columns as an event tells them: without what only serves searching."""
    hidden = {"folded", "initials", "search_terms"}
    return {
        ("level" if name == "level_id" else name): value
        for name, value in columns.items()
        if name not in hidden
    }
