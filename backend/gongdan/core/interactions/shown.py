"""How numbers and customers of calls are shown: a number in clear only to whom it concerns, a customer only to whom
the customers' own rule shows them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django.conf import settings

from gongdan.core.customers.access import REVEAL, VIEW, reaches
from gongdan.core.customers.levels import levels
from gongdan.core.customers.phone import mask, parse_number
from gongdan.core.staff.grants import StaffGrants

Shown = dict[str, Any]
OUTSIDE = 7  # digits: as many have numbers outside, and no extension
# Of a row joined to a customer; `prefix` is put before each.
CUSTOMER = ("customer_id", "customer__name", "customer__kind", "customer__level_id")


def number(text: str, *, clear: bool) -> Shown:
    """{shown, masked, digits}: `digits` is what one may dial or copy, null when masked; a withheld number is ""."""
    if not text:
        return {"shown": "", "masked": False, "digits": None}
    if not clear:
        return {"shown": mask(text, settings.DEFAULT_REGION), "masked": True, "digits": None}
    read = parse_number(text, settings.DEFAULT_REGION)
    return {"shown": read.display or text, "masked": False, "digits": read.e164 or read.digits or text}


def party(text: str, *, clear: bool) -> str:
    """Who took part, or where a call was given to: an extension as it is, a number from outside as numbers are shown."""
    return text if len(re.sub(r"\D", "", text)) < OUTSIDE else number(text, clear=clear)["shown"]


def may_reveal(grants: StaffGrants, level: str | None) -> bool:
    """Whether numbers of customers of this level (None: nobody knows whose) are shown in clear."""
    return REVEAL in grants.rights if level is None else reaches(grants, REVEAL, level)


def customer(row: Mapping[str, Any], grants: StaffGrants, prefix: str = "") -> Shown | None:
    """{id, name, kind, level, level_name} of a row with CUSTOMER; None for none, or one that may not be seen."""
    customer_id, level = row[f"{prefix}customer_id"], row[f"{prefix}customer__level_id"]
    if customer_id is None or not reaches(grants, VIEW, str(level)):
        return None
    return brief(customer_id, row[f"{prefix}customer__name"], row[f"{prefix}customer__kind"], str(level))


def brief(customer_id: int, name: str, kind: str, level: str) -> Shown:
    """A customer in short."""
    return {"id": customer_id, "name": name, "kind": kind, "level": level, "level_name": level_name(level)}


def level_name(level: str) -> str:
    return next((str(one["name"]) for one in levels() if one["code"] == level), level)


def person(staff_id: int | None, name: str | None) -> Shown | None:
    return {"id": staff_id, "name": name or ""} if staff_id else None
