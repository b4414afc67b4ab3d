"""Reasons for a break (小休原因): a few from the start, and those a company adds. Needs admin.phone.

A reason is never removed, for people's past breaks name it; it is put out of use.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from gongdan.core.interactions import line_checks
from gongdan.core.interactions.actions.lines import SUBJECT, THE_ONE
from gongdan.core.interactions.line_checks import RIGHT
from gongdan.core.interactions.models import BreakReason
from gongdan.core.staff.administration import apply, require, require_free, usable_code, usable_name
from gongdan.kernel.actor import Actor
from gongdan.kernel.errors import Conflict, Invalid, NotFound
from gongdan.outbox.log import NewEvent, append_to

FIRST = (("meal", "用餐"), ("training", "培训"), ("meeting", "会议"), ("other", "其他"))
MOST = 50
TOLD = ("code", "name", "position", "active")


def ensure_break_reasons(**_: Any) -> None:
    """Make the usual reasons in a database that has none. Called after migrations."""
    if not BreakReason.objects.exists():
        BreakReason.objects.bulk_create(
            BreakReason(code=code, name=name, position=place * 10) for place, (code, name) in enumerate(FIRST)
        )


def create_break_reason(*, code: str, name: str, position: int | None = None, actor: Actor) -> int:
    """Add a reason, after all others if no `position` is given. Returns its id.

    Raises code_taken, invalid_code, required, too_many_reasons."""
    require(actor, RIGHT)
    with transaction.atomic():
        others = list(BreakReason.objects.select_for_update().order_by("id"))
        if len(others) >= MOST:
            raise Conflict("too_many_reasons", f"There are {MOST} reasons already.", most=MOST)
        require_free(BreakReason.objects.filter(code=usable_code(code)), code)
        if len(code) > 32:
            raise Invalid("too_long", "At most 32 characters.", field="code", longest=32)
        after = max((one.position for one in others), default=-10) + 10
        place = after if position is None else position
        one = BreakReason.objects.create(code=code, name=_name(name), position=place)
        _tell({}, {name: getattr(one, name) for name in TOLD}, actor)
        return one.pk


def change_break_reason(reason_id: int, changes: Mapping[str, Any], *, actor: Actor) -> None:
    """Change `name`, `position` or `active`. Raises unknown_break_reason, required."""
    require(actor, RIGHT)
    with transaction.atomic():
        one = BreakReason.objects.select_for_update().filter(pk=reason_id).first()
        if one is None:
            raise NotFound("unknown_break_reason", "There is no such reason for a break.")
        wanted = dict(changes)
        if "name" in wanted:
            wanted["name"] = _name(wanted["name"])
        old, new = apply(one, wanted)
        if new:
            one.save(update_fields=list(new))
            _tell({"code": one.code, **old}, {"code": one.code, **new}, actor)


def _name(name: str) -> str:
    return usable_name(line_checks.plain(name, "name", 60))


def _tell(old: Mapping[str, Any], new: Mapping[str, Any], actor: Actor) -> None:
    event = NewEvent("BreakReasonChanged", {"old": dict(old), "new": dict(new)})
    append_to(SUBJECT, THE_ONE, [event], actor=actor)
