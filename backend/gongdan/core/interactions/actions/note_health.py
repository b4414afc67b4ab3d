"""Writing down how the connection to a telephone system stands. Only the phone process does."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from gongdan.core.interactions.models import Health, TelephoneSystem

MOST_WORDS = 500


@dataclass(frozen=True, slots=True)
class Standing:
    """`health` is a Health; `words` say why, in English. None leaves what is written."""

    health: str
    words: str = ""
    connected_at: datetime | None = None
    heard_at: datetime | None = None
    capabilities: frozenset[str] | None = None


def note_health(system_id: int, standing: Standing) -> None:
    """Write `standing` down. The version stays: nobody changed a setting. A system that is gone is not missed."""
    changes: dict[str, object] = {
        "health": standing.health,
        "health_words": standing.words[:MOST_WORDS].replace("\0", ""),
    }
    if standing.connected_at is not None:
        changes["connected_at"] = standing.connected_at
    if standing.heard_at is not None:
        changes["heard_at"] = standing.heard_at
    if standing.capabilities is not None:
        changes["capabilities"] = sorted(standing.capabilities)
    TelephoneSystem.objects.filter(pk=system_id).update(**changes)


def note_off(but: Collection[int]) -> None:
    """Systems that are not to be connected to are off; `but` these."""
    unwanted = TelephoneSystem.objects.filter(active=False).exclude(pk__in=but)
    unwanted.exclude(health=Health.OFF).update(health=Health.OFF, health_words="")
