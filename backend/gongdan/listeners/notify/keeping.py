"""How long notifications are kept."""

from __future__ import annotations

from datetime import timedelta

from gongdan.kernel import clock
from gongdan.listeners.notify.models import Notification

KEPT = timedelta(days=180)


def forget_old() -> int:
    """Remove notifications older than KEPT; returns how many. For the daily job."""
    removed: int = Notification.objects.filter(at__lt=clock.now() - KEPT).delete()[0]
    return removed
