"""Changing how the line is run. Needs admin.phone; each change is on the trail."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from gongdan.core.interactions.actions.lines import SUBJECT, THE_ONE
from gongdan.core.interactions.line_checks import RIGHT
from gongdan.core.interactions.models import LineSettings
from gongdan.core.staff.administration import apply, require
from gongdan.kernel.actor import Actor
from gongdan.kernel.errors import Conflict, Invalid
from gongdan.outbox.log import NewEvent, append_to

# What each may be, from and to.
RANGES: Mapping[str, tuple[int, int]] = {
    "wrap_up_seconds": (0, 3600),
    "daily_target": (1, 1000),
    "long_call_seconds": (30, 7200),
    "short_abandon_seconds": (0, 60),
    "repeat_days": (1, 90),
    "repeat_calls": (2, 50),
    "merge_days": (1, 30),
    "recording_days": (1, 3650),
    "signal_days": (7, 3650),
}


def change_line_settings(changes: Mapping[str, Any], *, version: int | None, actor: Actor) -> None:
    """Change what `changes` names of RANGES, and `disposition_required`. Changing nothing writes nothing.

    Raises stale_version, out_of_range.
    """
    require(actor, RIGHT)
    for name, value in changes.items():
        _require_within(name, value)
    with transaction.atomic():
        LineSettings.objects.bulk_create([LineSettings(pk=THE_ONE)], ignore_conflicts=True)
        one = LineSettings.objects.select_for_update().get(pk=THE_ONE)
        if version is not None and version != one.version:
            sentence = "Somebody changed these settings since your page was loaded."
            raise Conflict("stale_version", sentence, version=one.version, yours=version)
        old, new = apply(one, changes)
        if not new:
            return
        one.version += 1
        one.save(update_fields=[*new, "version"])
        event = NewEvent("LineSettingsChanged", {"old": old, "new": new})
        append_to(SUBJECT, THE_ONE, [event], actor=actor)


def _require_within(name: str, value: Any) -> None:
    least, most = RANGES.get(name, (0, 1))
    if not least <= value <= most:
        raise Invalid("out_of_range", f"From {least} to {most}.", field=name, least=least, most=most)
