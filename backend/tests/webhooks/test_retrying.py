"""Pauses grow, with jitter, and end after three days."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from gongdan.listeners.webhooks.retrying import LASTING, LONGEST_ASKED, PAUSES, next_try

NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)
chances = st.floats(min_value=0, max_value=1)


@given(st.lists(chances, min_size=60, max_size=60))
def test_every_delivery_is_tried_for_three_days(chance: list[float]) -> None:
    at, give_up_at, tries = NOW, NOW + LASTING, 1
    while (following := next_try(tries, at, give_up_at, chance[tries], None)) is not None:
        assert following > at
        at, tries = following, tries + 1
    assert at >= give_up_at
    assert 13 <= tries <= 20


@given(st.integers(min_value=1, max_value=40), chances)
def test_a_pause_is_what_the_table_says_within_its_jitter(attempts: int, chance: float) -> None:
    following = next_try(attempts, NOW, NOW + timedelta(days=90), chance)
    assert following is not None
    pause = PAUSES[min(attempts, len(PAUSES)) - 1]
    assert 0.79 * pause <= (following - NOW).total_seconds() <= 1.21 * pause


@given(st.timedeltas(min_value=timedelta(), max_value=timedelta(days=999)))
def test_a_receiver_may_ask_for_more_time_but_not_for_ever(asked: timedelta) -> None:
    following = next_try(1, NOW, NOW + LASTING, 0.5, asked)
    assert following is not None
    assert following - NOW == max(timedelta(seconds=PAUSES[0]), min(asked, LONGEST_ASKED))


def test_pauses_grow() -> None:
    assert list(PAUSES) == sorted(PAUSES)
    assert timedelta(days=2) < timedelta(seconds=sum(PAUSES)) < timedelta(days=3)
