"""How often something may come: so many at once, so many per second, each key for itself."""

from __future__ import annotations

import pytest

from gongdan.kernel.errors import TooMany
from gongdan.web import rates
from gongdan.web.rates import Rate


class Clock:
    now = 1000.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(rates, "time", made)
    return made


def is_refused(rate: Rate, key: str) -> bool:
    try:
        rate.take(key)
    except TooMany as refused:
        return refused.params == {"retry_after": 1}
    return False


def taken(rate: Rate, key: str = "a") -> int:
    """How many may come now."""
    return next(count for count in range(100) if is_refused(rate, key))


def test_a_burst_is_let_through_and_then_so_many_per_second(clock: Clock) -> None:
    rate = Rate(per_second=2, burst=5)
    assert taken(rate) == 5
    clock.now += 1.5
    assert taken(rate) == 3
    clock.now += 3600
    assert taken(rate) == 5


def test_keys_do_not_count_for_each_other(clock: Clock) -> None:
    rate = Rate(per_second=1, burst=1)
    assert (taken(rate, "a"), taken(rate, "b"), taken(rate, "a")) == (1, 1, 0)


def test_all_is_forgotten(clock: Clock) -> None:
    rate = Rate(per_second=1, burst=1)
    assert (taken(rate), taken(rate)) == (1, 0)
    rate.forget()
    assert taken(rate) == 1


def test_memory_does_not_grow_with_strangers(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rates, "MOST_KEYS", 3)
    rate = Rate(per_second=1, burst=1)
    for number in range(10):
        rate.take(str(number))
    assert len(rate._left) == 3
