"""Ending after-call work (话后处理) whose time is over. Called every second or so; costs one statement when nothing is due."""

from __future__ import annotations

from datetime import datetime

from gongdan.core.interactions import wrap_up
from gongdan.core.interactions.models import Presence
from gongdan.kernel.actor import system
from gongdan.kernel.unit import unit

ACTOR = system("phone")


def end_wrap_ups(now: datetime) -> frozenset[int]:
    """End what is due by `now`; answers whose pages must look anew. Two workers do not meet."""
    if not Presence.objects.filter(until__lte=now).exists():
        return frozenset()
    with unit():
        return frozenset(wrap_up.end_due(now, actor=ACTOR))
