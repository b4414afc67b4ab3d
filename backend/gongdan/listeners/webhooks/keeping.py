"""How long deliveries are kept."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings

from gongdan.kernel import clock
from gongdan.listeners.webhooks.models import Delivery

AT_A_TIME = 10_000  # rows removed by one statement


def forget_old() -> int:
    """Remove deliveries older than WEBHOOK_DAYS, whatever became of them; returns how many. For the daily job."""
    before = clock.now() - timedelta(days=settings.WEBHOOK_DAYS)
    count = 0
    while True:
        old = Delivery.objects.filter(created_at__lt=before).order_by("pk").values_list("pk", flat=True)
        ids = list(old[:AT_A_TIME])
        if not ids:
            return count
        Delivery.objects.filter(pk__in=ids).delete()
        count += len(ids)
