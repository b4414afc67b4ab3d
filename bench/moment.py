"""The day the clocks' benchmark plays on: a Wednesday in working hours, whenever it is run."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

OPENED = datetime(2026, 3, 11, 1, 0, tzinfo=UTC)  # 9 o'clock in Shanghai, when the tickets were opened
FIRST_LOOK = OPENED + timedelta(
    minutes=140
)  # past the first yellow card of the tickets' node, before anything else
BETWEEN_LOOKS = timedelta(minutes=2)


def look(number: int) -> datetime:
    """When the sweep of round `number` begins."""
    return FIRST_LOOK + number * BETWEEN_LOOKS


def play(at: datetime) -> None:
    """The product's clock shows `at` now and goes on from there."""
    from gongdan.kernel import clock

    shift = at - datetime.now(UTC)
    clock.now = lambda: datetime.now(UTC) + shift
