"""When things happen in the demo company: most of its people work from half past eight to half past seven."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from django.utils import timezone

OPENS, SHUTS = time(8, 30), time(19, 30)


def forward(at: datetime) -> datetime:
    """`at`, or the next morning when nobody is at work."""
    local = timezone.localtime(at)
    if local.time() > SHUTS:
        return _on(local + timedelta(days=1), OPENS, local.minute)
    return _on(local, OPENS, local.minute) if local.time() < OPENS else at


def backward(at: datetime) -> datetime:
    """`at`, or the evening before when nobody was at work."""
    local = timezone.localtime(at)
    if local.time() < OPENS:
        return _on(local - timedelta(days=1), SHUTS, -local.minute)
    return _on(local, SHUTS, -local.minute) if local.time() > SHUTS else at


def _on(day: datetime, hour: time, minutes: int) -> datetime:
    moment = day.replace(hour=hour.hour, minute=hour.minute, second=0, microsecond=0)
    return moment + timedelta(minutes=minutes)
