"""Levels of customers: ordinary, silver, gold, vip from the start, and those a company adds."""

from __future__ import annotations

import re
from typing import Any

from django.db import transaction

from gongdan.core.customers.models import CustomerLevel
from gongdan.kernel import reference
from gongdan.kernel.actor import Actor
from gongdan.kernel.errors import Conflict, Invalid, NotFound
from gongdan.kernel.text import unusable_text
from gongdan.outbox.log import NewEvent, append_to

FIRST = (("ordinary", "普通", 0), ("silver", "银卡", 10), ("gold", "金卡", 20), ("vip", "VIP", 30))
CODE = re.compile(r"[a-z][a-z0-9_]{0,31}")


def ensure_levels(**_: Any) -> None:
    """Make the four usual levels in a database that has none. Called after migrations."""
    if not CustomerLevel.objects.exists():
        CustomerLevel.objects.bulk_create(
            CustomerLevel(code=code, name=name, rank=rank) for code, name, rank in FIRST
        )


def levels() -> list[dict[str, Any]]:
    """Every level, the highest rank first: {code, name, rank}. Cached."""
    return reference.get("customers.levels", _load)


def _load() -> list[dict[str, Any]]:
    rows = CustomerLevel.objects.order_by("-rank", "code").values_list("code", "name", "rank")
    return [{"code": code, "name": name, "rank": rank} for code, name, rank in rows]


def require_level_code(code: str) -> None:
    """Raise Invalid `unknown_level` unless there is such a level."""
    if not CustomerLevel.objects.filter(code=code).exists():
        raise Invalid("unknown_level", "There is no such customer level.", field="level", level=code[:32])


def create_level(*, actor: Actor, code: str, name: str, rank: int) -> dict[str, Any]:
    """A new level. Raises Invalid (unusable_code, unusable_name) and Conflict code_taken."""
    if not CODE.fullmatch(code):
        raise Invalid(
            "unusable_code",
            "A code is small letters, digits and _, from a letter on.",
            field="code",
            category=code[:32],
        )
    with transaction.atomic():
        made, created = CustomerLevel.objects.get_or_create(
            code=code, defaults={"name": _name(name), "rank": rank}
        )
        if not created:
            raise Conflict("code_taken", "Another level has this code.", field="code", category=code)
        row = {"code": code, "name": made.name, "rank": rank}
        append_to("customer_level", made.pk, [NewEvent("CustomerLevelCreated", row)], actor=actor)
    return row


def update_level(code: str, *, actor: Actor, name: str | None, rank: int | None) -> dict[str, Any]:
    """Rename a level or give it another rank. Raises NotFound unknown_level."""
    with transaction.atomic():
        level = CustomerLevel.objects.select_for_update().filter(code=code).first()
        if level is None:
            raise NotFound("unknown_level", "There is no such customer level.", level=code[:32])
        wanted = {"name": None if name is None else _name(name), "rank": rank}
        new = {
            key: value for key, value in wanted.items() if value is not None and value != getattr(level, key)
        }
        old = {key: getattr(level, key) for key in new}
        if new:
            for key, value in new.items():
                setattr(level, key, value)
            level.save()
            event = NewEvent("CustomerLevelChanged", {"code": code, "old": old, "new": new})
            append_to("customer_level", level.pk, [event], actor=actor)
    return {"code": code, "name": level.name, "rank": level.rank}


def _name(name: str) -> str:
    text = name.strip()
    if not text or len(text) > 60 or unusable_text(text):
        raise Invalid("unusable_name", "A name has 1 to 60 characters.", field="name", longest=60)
    return text
