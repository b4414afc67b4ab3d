"""Write down what a call was about (服务小结): a category that has none below it, and a note."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from gongdan.core.catalogue import resolve
from gongdan.core.interactions import call_events
from gongdan.core.interactions.access import SUPERVISE, TAKE, may, require
from gongdan.core.interactions.models import Call, CallPart
from gongdan.core.staff.grants import StaffGrants
from gongdan.kernel import clock
from gongdan.kernel.actor import Actor
from gongdan.kernel.errors import Conflict, Forbidden, Invalid

COLUMNS = ("disposition", "disposition_note", "disposed_at", "disposed_by")


def dispose_call(
    call_id: int, category: str, note: str, *, version: int | None, grants: StaffGrants, actor: Actor
) -> None:
    """Only who talked in it, or supervises it; again changes it, with the old one in the track.

    Raises NotFound unknown_call; Forbidden not_your_call; Conflict nothing_to_dispose, stale_version (when somebody
    else wrote it down meanwhile); Invalid unknown_category, inactive_category, category_not_leaf.
    """
    facts = require(grants, call_id)
    talked = CallPart.objects.filter(call_id=call_id, staff_id=grants.staff_id, answered_at__isnull=False)
    if not may(grants, SUPERVISE, facts) and not (TAKE in grants.rights and talked.exists()):
        raise Forbidden("not_your_call", "Only who had a part in the call, or supervises it, may do this.")
    _require_leaf(category)
    with transaction.atomic():
        call = call_events.lock(call_id)
        if call.answered_at is None:
            raise Conflict("nothing_to_dispose", "Nobody talked in this call.")
        if version is not None and call.disposition and version != call.version:
            raise Conflict(
                "stale_version",
                "Somebody changed this call since your page was loaded.",
                version=call.version,
                yours=version,
            )
        _write(call, category, note, actor)


def _require_leaf(category: str) -> None:
    found = resolve.settings_of(category)
    if not found.active:
        raise Invalid("inactive_category", "This category is no longer in use.", field="category")
    if any(one.parent_id == found.id and one.active for one in resolve.tree().by_id.values()):
        raise Invalid("category_not_leaf", "Choose a category that has none below it.", field="category")


def _write(call: Call, category: str, note: str, actor: Actor) -> None:
    if (call.disposition, call.disposition_note) == (category, note):
        return
    told: dict[str, Any] = {"disposition": category}
    if note:
        told["note"] = note
    if call.disposition:
        told["old"] = {"disposition": call.disposition, "note": call.disposition_note}
    now = clock.now()
    call.disposition, call.disposition_note = category, note
    call.disposed_at, call.disposed_by_id = now, actor.staff_id
    call_events.say(call, "CallDisposed", told, actor=actor, at=now, changed=COLUMNS)
