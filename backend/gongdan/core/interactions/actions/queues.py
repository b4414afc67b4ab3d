"""Naming queues (队列) and saying what service they owe. Needs admin.phone; each change is on the trail."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from gongdan.core.interactions import line_checks
from gongdan.core.interactions.actions.systems import SUBJECT, locked_system
from gongdan.core.interactions.line_checks import RIGHT
from gongdan.core.interactions.models import CallQueue
from gongdan.core.staff.administration import apply, require
from gongdan.kernel.actor import Actor
from gongdan.kernel.errors import Conflict, Invalid, NotFound
from gongdan.outbox.log import NewEvent, append_to

TOLD = ("name", "title", "service_seconds")
LONGEST = 3600  # seconds of a service level


def create_queue(system: str, *, name: str, title: str = "", service_seconds: int = 20, actor: Actor) -> int:
    """Add a queue before its first call. Returns its id. Raises unknown_system, name_taken, required, unusable_line."""
    require(actor, RIGHT)
    with transaction.atomic():
        above = locked_system(system)
        name = line_checks.plain(name, "name", 80)
        if not name:
            raise Invalid("required", "A name is needed.", field="name")
        if CallQueue.objects.filter(system=above, name=name).exists():
            raise Conflict("name_taken", f"There is a queue “{name}” already.", field="name", name=name)
        title = line_checks.plain(title, "title", 120)
        one = CallQueue.objects.create(
            system=above, name=name, title=title, service_seconds=_seconds(service_seconds)
        )
        _tell(one, {}, {name: getattr(one, name) for name in TOLD}, actor)
        return one.pk


def change_queue(queue_id: int, changes: Mapping[str, Any], *, actor: Actor) -> None:
    """Change `title` or `service_seconds`. Raises unknown_queue, unusable_line, out_of_range."""
    require(actor, RIGHT)
    with transaction.atomic():
        one = CallQueue.objects.select_for_update().filter(pk=queue_id).first()
        if one is None:
            raise NotFound("unknown_queue", "There is no such queue.")
        wanted = dict(changes)
        if "title" in wanted:
            wanted["title"] = line_checks.plain(wanted["title"], "title", 120)
        if "service_seconds" in wanted:
            _seconds(wanted["service_seconds"])
        old, new = apply(one, wanted)
        if new:
            one.save(update_fields=list(new))
            _tell(one, {"name": one.name, **old}, {"name": one.name, **new}, actor)


def _seconds(seconds: int) -> int:
    if not 1 <= seconds <= LONGEST:
        raise Invalid("out_of_range", f"From 1 to {LONGEST}.", field="service_seconds", least=1, most=LONGEST)
    return seconds


def _tell(one: CallQueue, old: Mapping[str, Any], new: Mapping[str, Any], actor: Actor) -> None:
    event = NewEvent("CallQueueChanged", {"old": dict(old), "new": dict(new)})
    append_to(SUBJECT, one.system_id, [event], actor=actor)
