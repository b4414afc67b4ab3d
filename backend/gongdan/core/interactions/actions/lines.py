"""Saying what the dialled numbers mean (热线号码). Needs admin.phone; each change is on the trail."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.db import transaction

from gongdan.core.interactions import line_checks
from gongdan.core.interactions.line_checks import RIGHT
from gongdan.core.interactions.models import Line
from gongdan.core.staff.administration import apply, require, usable_name
from gongdan.kernel.actor import Actor
from gongdan.kernel.errors import Conflict, NotFound
from gongdan.outbox.log import NewEvent, append_to

SUBJECT, THE_ONE = "line_settings", 1  # lines belong to how the line is run, whose row is one
MOST = 500
TOLD = ("number", "label", "category", "choices")


def create_line(given: Mapping[str, Any], *, actor: Actor) -> int:
    """Add a dialled number; `given` names any of TOLD, at least number and label. Returns its id.

    Raises number_taken, unusable_number, unusable_digits, unknown_category, too_many_lines.
    """
    require(actor, RIGHT)
    with transaction.atomic():
        if Line.objects.count() >= MOST:
            raise Conflict("too_many_lines", f"There are {MOST} numbers already.", most=MOST)
        one = Line(**_clean(given))
        _require_free(one)
        one.save()
        _tell({}, {name: getattr(one, name) for name in TOLD}, actor)
        return one.pk


def change_line(line_id: int, changes: Mapping[str, Any], *, actor: Actor) -> None:
    """Change any of TOLD. Raises unknown_line, and as `create_line` does."""
    require(actor, RIGHT)
    with transaction.atomic():
        one = _locked(line_id)
        number = one.number
        old, new = apply(one, _clean(changes))
        if not new:
            return
        _require_free(one)
        one.save(update_fields=list(new))
        _tell({"number": number, **old}, {"number": one.number, **new}, actor)


def remove_line(line_id: int, *, actor: Actor) -> None:
    """Remove it; calls keep the number. Raises unknown_line."""
    require(actor, RIGHT)
    with transaction.atomic():
        one = _locked(line_id)
        _tell({name: getattr(one, name) for name in TOLD}, {}, actor)
        one.delete()


def _clean(given: Mapping[str, Any]) -> dict[str, Any]:
    cleaners: dict[str, Callable[[Any], Any]] = {
        "number": line_checks.line_number,
        "label": lambda label: usable_name(line_checks.plain(label, "label", 120), "label"),
        "category": line_checks.category,
        "choices": line_checks.choices,
    }
    return {name: cleaners[name](value) for name, value in given.items()}


def _locked(line_id: int) -> Line:
    one = Line.objects.select_for_update().filter(pk=line_id).first()
    if one is None:
        raise NotFound("unknown_line", "There is no such number.")
    return one


def _require_free(one: Line) -> None:
    if Line.objects.filter(number=one.number).exclude(pk=one.pk).exists():
        raise Conflict("number_taken", f"“{one.number}” is there already.", field="number", number=one.number)


def _tell(old: Mapping[str, Any], new: Mapping[str, Any], actor: Actor) -> None:
    event = NewEvent("LineChanged", {"old": dict(old), "new": dict(new)})
    append_to(SUBJECT, THE_ONE, [event], actor=actor)
