"""Writing down that a system without a lasting connection was heard of, now and then."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Q

from gongdan.core.interactions.models import TelephoneSystem

EVERY = timedelta(seconds=5)


def note_heard(system_id: int, now: datetime) -> None:
    """`heard_at` of the system is now, to within EVERY. The version stays: nobody changed a setting."""
    late = Q(heard_at=None) | Q(heard_at__lt=now - EVERY)
    TelephoneSystem.objects.filter(late, pk=system_id).update(heard_at=now)
