"""Adding, changing and removing extensions (分机); each change is on the trail of their telephone system.

Needs admin.phone. A softphone's SIP password is sealed, and told to nobody but the page of who is signed in to it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from gongdan.core.interactions import line_checks
from gongdan.core.interactions.actions.systems import SUBJECT, locked_system
from gongdan.core.interactions.line_checks import HIDDEN, RIGHT
from gongdan.core.interactions.models import Extension, ExtensionKind, Presence
from gongdan.core.staff import identity
from gongdan.core.staff.administration import require
from gongdan.kernel.actor import Actor
from gongdan.kernel.errors import Conflict, Invalid, NotFound
from gongdan.kernel.sealing import seal
from gongdan.outbox.log import NewEvent, append_to

MOST = 5000  # of a system
TOLD = ("number", "kind", "channel", "staff_id", "active")


def create_extension(system: str, given: Mapping[str, Any], *, actor: Actor) -> int:
    """Add an extension; `given` names any of TOLD and `secret`, at least `number`. Returns its id.

    Raises unknown_system, number_taken, unknown_staff, unusable_extension, unusable_channel, too_many_extensions.
    """
    require(actor, RIGHT)
    with transaction.atomic():
        above = locked_system(system)
        if above.extensions.count() >= MOST:
            raise Conflict("too_many_extensions", f"The system has {MOST} extensions already.", most=MOST)
        one = Extension(system=above)
        _set(one, given)
        _require_free(one)
        one.save()
        _tell(one, {}, {name: getattr(one, name) for name in TOLD}, actor)
        return one.pk


def change_extension(extension_id: int, changes: Mapping[str, Any], *, actor: Actor) -> None:
    """Change what `changes` names. Raises unknown_extension, extension_in_use (somebody is signed in to it and it
    would be another one or none), and as `create_extension` does."""
    require(actor, RIGHT)
    with transaction.atomic():
        one = _locked(extension_id)
        old = {name: getattr(one, name) for name in TOLD} | {"secret": one.secret}
        _set(one, changes)
        changed = [name for name in old if getattr(one, name) != old[name]]
        if not changed:
            return
        if {"number", "kind"} & set(changed) or not one.active:
            _require_unused(one)
        if "number" in changed:
            _require_free(one)
        one.save(update_fields=changed)
        new = {name: getattr(one, name) for name in changed}
        _tell(one, {"number": old["number"]} | {name: old[name] for name in changed}, new, actor)


def remove_extension(extension_id: int, *, actor: Actor) -> None:
    """Remove it; calls keep its number. Raises unknown_extension, extension_in_use."""
    require(actor, RIGHT)
    with transaction.atomic():
        one = _locked(extension_id)
        _require_unused(one)
        _tell(one, {name: getattr(one, name) for name in TOLD}, {}, actor)
        one.delete()


def _locked(extension_id: int) -> Extension:
    one = (
        Extension.objects.select_for_update(of=["self"])
        .select_related("system")
        .filter(pk=extension_id)
        .first()
    )
    if one is None:
        raise NotFound("unknown_extension", "There is no such extension.")
    return one


def _set(one: Extension, given: Mapping[str, Any]) -> None:
    if "number" in given:
        one.number = line_checks.extension(given["number"])
    if "kind" in given:
        one.kind = given["kind"]
    if "channel" in given:
        one.channel = line_checks.channel(given["channel"])
    if "active" in given:
        one.active = given["active"]
    if "staff_id" in given and given["staff_id"] != one.staff_id:
        if given["staff_id"] is not None and not identity.lock_active(given["staff_id"]):
            raise NotFound("unknown_staff", "There is no such person.")
        one.staff_id = given["staff_id"]
    if given.get("secret", HIDDEN) != HIDDEN:
        one.secret = seal(line_checks.plain(given["secret"], "secret", 200))
    if one.kind not in ExtensionKind.values:
        raise Invalid("unknown_extension_kind", "An extension is a desk phone or a softphone.", field="kind")


def _require_free(one: Extension) -> None:
    if Extension.objects.filter(system=one.system, number=one.number).exclude(pk=one.pk).exists():
        raise Conflict("number_taken", f"“{one.number}” is there already.", field="number", number=one.number)


def _require_unused(one: Extension) -> None:
    if Presence.objects.filter(extension=one).exists():
        raise Conflict("extension_in_use", "Somebody is signed in to this extension.")


def _tell(one: Extension, old: Mapping[str, Any], new: Mapping[str, Any], actor: Actor) -> None:
    data = {"old": _marked(old), "new": _marked(new) | ({"number": one.number} if new else {})}
    append_to(SUBJECT, one.system_id, [NewEvent("ExtensionChanged", data)], actor=actor)


def _marked(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: (HIDDEN if value else "") if name == "secret" else value for name, value in values.items()}
