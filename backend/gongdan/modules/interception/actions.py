"""Registering, changing, ordering and removing interceptors, and rotating their keys; each with its event.

Promise: what is registered makes sense (definition.py) and is asked from the commit on, by every process. A key is
answered once, when it is made.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import transaction

from gongdan.core.staff.grants import grants_of
from gongdan.kernel import clock, signing
from gongdan.kernel.actor import Actor
from gongdan.kernel.errors import Conflict, Invalid, NotFound
from gongdan.modules.interception.definition import MOST, InterceptorDefinition, sound
from gongdan.modules.interception.models import Interceptor, Rest
from gongdan.outbox.log import NewEvent, append_to

RIGHT = "admin.integrations"
ORDER = 1  # the one subject that events about the order belong to


@dataclass(frozen=True, slots=True)
class Registered:
    """An interceptor just made, or with a fresh key; `secret` is "" for kind python, which needs none."""

    id: int
    secret: str


def create_interceptor(definition: InterceptorDefinition, *, actor: Actor) -> Registered:
    """Register it after all others. Raises Forbidden right_missing, what `sound` raises, Conflict (name_taken,
    too_many_interceptors)."""
    _require(actor)
    plain = sound(definition)
    with transaction.atomic():
        others = _all_locked()
        if len(others) >= MOST:
            raise Conflict("too_many_interceptors", f"There are {MOST} interceptors already.", most=MOST)
        _require_free_name(plain.name, others)
        made = Interceptor.objects.create(
            **plain.model_dump(),
            position=max((one.position for one in others), default=-1) + 1,
            keys=signing.new_ring() if plain.kind == "http" else [],
            created_at=clock.now(),
            created_by_id=actor.staff_id,
        )
        told = {"name": made.name, "definition": plain.model_dump()}
        append_to("interceptor", made.pk, [NewEvent("InterceptorCreated", told)], actor=actor)
    return Registered(made.pk, _secret(made))


def change_interceptor(
    interceptor_id: int, sent: Mapping[str, Any], *, actor: Actor, version: int | None = None
) -> None:
    """Change what `sent` names (of InterceptorDefinition, but not `kind`). It is asked at once even if it was resting.

    Raises Forbidden right_missing, NotFound unknown_interceptor, Conflict (stale_version, name_taken), and what `sound`
    raises. Changing nothing writes no event.
    """
    _require(actor)
    with transaction.atomic():
        others = _all_locked()
        row = _one(others, interceptor_id, version)
        before = definition_of(row)
        wanted = sound(before.model_copy(update=dict(sent)), before)
        if wanted.name != before.name:
            _require_free_name(wanted.name, others)
        old, new = before.model_dump(), wanted.model_dump()
        changed = [key for key in new if new[key] != old[key]]
        if not changed:
            return
        for key in changed:
            setattr(row, key, new[key])
        row.version += 1
        row.save(update_fields=[*changed, "version"])
        Rest.objects.filter(pk=row.pk).delete()
        told = {
            "name": row.name,
            "old": {key: old[key] for key in changed},
            "new": {key: new[key] for key in changed},
        }
        append_to("interceptor", row.pk, [NewEvent("InterceptorChanged", told)], actor=actor)


def remove_interceptor(interceptor_id: int, *, actor: Actor) -> None:
    """Nobody asks it any more; what it decided stays in the log. Raises Forbidden right_missing, NotFound."""
    _require(actor)
    with transaction.atomic():
        row = _one(_all_locked(), interceptor_id, None)
        told = {"name": row.name, "definition": definition_of(row).model_dump()}
        append_to("interceptor", row.pk, [NewEvent("InterceptorRemoved", told)], actor=actor)
        row.delete()


def order_interceptors(ids: Sequence[int], *, actor: Actor) -> None:
    """Put all interceptors in the order they are asked. Raises Forbidden right_missing, Invalid incomplete_order."""
    _require(actor)
    with transaction.atomic():
        rows = {one.pk: one for one in _all_locked()}
        if sorted(ids) != sorted(rows):
            raise Invalid("incomplete_order", "Name every interceptor once.", field="ids", known=sorted(rows))
        before = sorted(rows, key=lambda one: (rows[one].position, one))
        if list(ids) == before:
            return
        for position, identity in enumerate(ids):
            rows[identity].position = position
        Interceptor.objects.bulk_update(rows.values(), ["position"])
        told = {"old": [rows[one].name for one in before], "new": [rows[one].name for one in ids]}
        append_to("interceptors", ORDER, [NewEvent("InterceptorsOrdered", told)], actor=actor)


def rotate_key(interceptor_id: int, overlap: timedelta, *, actor: Actor) -> Registered:
    """A fresh key; the one before it signs along for `overlap`. Raises Forbidden right_missing, NotFound, Conflict
    no_key for kind python."""
    _require(actor)
    with transaction.atomic():
        row = _one(_all_locked(), interceptor_id, None)
        if row.kind != "http":
            raise Conflict("no_key", "An entry point is called without a signature.")
        until = clock.now() + overlap
        row.keys = signing.rotated(row.keys, until)
        row.save(update_fields=["keys"])
        told = {"name": row.name, "old_valid_until": until.isoformat()}
        append_to("interceptor", row.pk, [NewEvent("InterceptorKeyRotated", told)], actor=actor)
    return Registered(row.pk, _secret(row))


def definition_of(row: Interceptor) -> InterceptorDefinition:
    """What an administrator said of it; not checked again, for what was sound may be so no longer."""
    return InterceptorDefinition.model_construct(
        **{name: getattr(row, name) for name in InterceptorDefinition.model_fields}
    )


def _secret(row: Interceptor) -> str:
    return signing.newest(row.keys) if row.keys else ""


def _all_locked() -> list[Interceptor]:
    """Every one: there are few, and their order and names concern all."""
    return list(Interceptor.objects.select_for_update(no_key=True).order_by("id"))


def _one(rows: Sequence[Interceptor], interceptor_id: int, version: int | None) -> Interceptor:
    row = next((one for one in rows if one.pk == interceptor_id), None)
    if row is None:
        raise unknown(interceptor_id)
    if version is not None and version != row.version:
        raise Conflict(
            "stale_version",
            "Somebody changed this interceptor since your page was loaded.",
            version=row.version,
            yours=version,
        )
    return row


def unknown(interceptor_id: int) -> NotFound:
    return NotFound("unknown_interceptor", "There is no such interceptor.", id=interceptor_id)


def _require_free_name(name: str, others: Sequence[Interceptor]) -> None:
    if any(one.name == name for one in others):
        raise Conflict("name_taken", "Another interceptor has this name.", field="name", name=name)


def _require(actor: Actor) -> None:
    if actor.staff_id is not None:
        grants_of(actor.staff_id).require(RIGHT)
