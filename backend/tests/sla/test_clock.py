"""How a clock counts, whatever is done to it in whatever order, with a wall clock that may jump back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongdan.core.calendar.working_time import PLAIN, WorkingTime
from gongdan.core.sla import clock as clocks
from gongdan.core.sla.clock import Segments, Stay
from tests.calendar.samples import at, compiled

HOURS = compiled()  # 09:00-12:00, 13:30-18:00 on working days of China
DAY = 24 * 3600
BEGIN = at("2026-02-10 08:30")  # before Spring Festival 2026
TIMES: list[WorkingTime] = [PLAIN, HOURS]

# What is done: (verb, seconds that pass before it). The wall clock may jump back by an hour.
passing = st.one_of(st.integers(0, 3 * DAY), st.integers(0, 90), st.just(-3600))
deeds = st.lists(st.tuples(st.sampled_from(["pause", "resume", "stop"]), passing), max_size=12)
moments = st.integers(-DAY, 30 * DAY).map(lambda seconds: BEGIN + timedelta(seconds=seconds))
times = st.sampled_from(TIMES)


def lived(done: list[tuple[str, int]]) -> tuple[Segments, datetime]:
    """A clock's segments after all that, and the wall clock's moment then."""
    now = BEGIN
    segments = clocks.started(now)
    for verb, seconds in done:
        now += timedelta(seconds=seconds)
        if verb == "pause":
            segments = clocks.paused(segments, now, "pause")
        elif verb == "resume":
            segments = clocks.resumed(segments, now)
        else:
            segments = clocks.stopped(segments, now)
    return segments, now


@given(deeds)
def test_segments_follow_each_other_without_a_gap_and_are_never_negative(
    done: list[tuple[str, int]],
) -> None:
    segments, _ = lived(done)
    assert segments[0].start == BEGIN
    for one, following in pairwise(segments):
        assert one.end == following.start
        assert one.counting != following.counting
    assert all(one.end is None or one.start <= one.end for one in segments)
    assert all(one.end is not None for one in segments[:-1])


@given(deeds, times, moments, moments)
def test_what_was_counted_is_never_negative_and_only_grows(
    done: list[tuple[str, int]], time: WorkingTime, one: datetime, other: datetime
) -> None:
    segments, _ = lived(done)
    early, late = sorted([one, other])
    assert 0 <= clocks.used(segments, time, early) <= clocks.used(segments, time, late)
    assert clocks.used(segments, time, late) <= max(0, (late - BEGIN).total_seconds())


@given(deeds, times, st.integers(0, 20 * DAY))
def test_the_moment_of_so_many_seconds_is_when_they_are_used(
    done: list[tuple[str, int]], time: WorkingTime, seconds: int
) -> None:
    segments, now = lived(done)
    moment = clocks.moment_of(segments, time, seconds)
    if moment is None:
        assert not clocks.is_running(segments)
        assert clocks.used(segments, time, now + timedelta(days=400)) < seconds
    else:
        assert clocks.used(segments, time, moment) == seconds
        if seconds:  # and not a second sooner
            assert clocks.used(segments, time, moment - timedelta(seconds=1)) == seconds - 1


@given(deeds, times, moments)
def test_the_moment_of_what_was_used_is_never_later_than_now(
    done: list[tuple[str, int]], time: WorkingTime, now: datetime
) -> None:
    segments, _ = lived(done)
    used = clocks.used(segments, time, now)
    moment = clocks.moment_of(segments, time, used)
    assert moment is not None
    assert moment <= max(now, BEGIN)


@given(deeds, times, moments)
def test_a_receipt_has_every_second_once(
    done: list[tuple[str, int]], time: WorkingTime, until: datetime
) -> None:
    segments, _ = lived(done)
    spans = clocks.receipt(segments, time, until)
    end = min(until, segments[-1].end or until)
    sums = clocks.sums(spans)
    assert sums["whole"] == max(0, (end - BEGIN).total_seconds())
    assert sums["counted"] + sums["outside"] + sums["paused"] == sums["whole"]
    assert sums["counted"] == clocks.used(segments, time, until)
    assert min(sums.values()) >= 0
    if spans:
        assert (spans[0].start, spans[-1].end) == (BEGIN, end)
    for one, following in pairwise(spans):
        assert one.end == following.start
        assert (one.counted, one.why) != (following.counted, following.why)


@given(deeds, times, st.integers(1, 10 * DAY))
def test_a_receipt_up_to_the_due_moment_counts_the_limit(
    done: list[tuple[str, int]], time: WorkingTime, limit: int
) -> None:
    segments, _ = lived(done)
    due = clocks.moment_of(segments, time, limit)
    if due is not None:
        assert clocks.sums(clocks.receipt(segments, time, due))["counted"] == limit


# -- shares -----------------------------------------------------------------------------------------------------

who = st.one_of(st.none(), st.integers(1, 3))
stays = st.lists(
    st.builds(
        lambda who, start, length: Stay(
            who, start, start + timedelta(seconds=length) if length >= 0 else None
        ),
        who,
        moments,
        st.integers(-1, 5 * DAY),
    ),
    max_size=8,
)


@given(deeds, times, moments, stays)
def test_shares_add_up_to_the_whole_whoever_had_it(
    done: list[tuple[str, int]], time: WorkingTime, until: datetime, stays: list[Stay]
) -> None:
    segments, _ = lived(done)
    shared = clocks.shares(clocks.receipt(segments, time, until), stays)
    assert sum(shared.values()) == clocks.used(segments, time, until)
    assert all(seconds > 0 for seconds in shared.values())
    assert set(shared) <= {stay.who for stay in stays} | {None}


def test_shares_are_who_had_it_and_two_at_once_share_equally() -> None:
    spans = PLAIN.spans(BEGIN, BEGIN + timedelta(seconds=101))

    def stay(who: int | None, start: int, end: int | None) -> Stay:
        ending = None if end is None else BEGIN + timedelta(seconds=end)
        return Stay(who, BEGIN + timedelta(seconds=start), ending)

    assert clocks.shares(spans, [stay(1, 0, 40), stay(2, 40, None)]) == {1: 40, 2: 61}
    assert clocks.shares(spans, [stay(1, 0, None), stay(2, 50, None)]) == {1: 50 + 26, 2: 25}
    assert clocks.shares(spans, [stay(1, 0, None), stay(1, 10, 20)]) == {1: 101}
    assert clocks.shares(spans, [stay(1, 10, 20)]) == {None: 91, 1: 10}
    assert clocks.shares(spans, []) == {None: 101}


# -- one by one -------------------------------------------------------------------------------------------------


def test_pausing_twice_keeps_the_first_pause() -> None:
    once = clocks.paused(clocks.started(BEGIN), BEGIN + timedelta(hours=1), "customer")
    assert clocks.paused(once, BEGIN + timedelta(hours=2), "pause") == once


def test_resuming_what_runs_changes_nothing() -> None:
    running = clocks.started(BEGIN)
    assert clocks.resumed(running, BEGIN + timedelta(hours=2)) == running


@pytest.mark.parametrize("verb", ["pause", "resume", "stop"])
def test_a_stopped_clock_stays_stopped(verb: str) -> None:
    stopped = clocks.stopped(clocks.started(BEGIN), BEGIN + timedelta(hours=1))
    later = BEGIN + timedelta(hours=2)
    after: dict[str, Any] = {
        "pause": clocks.paused(stopped, later, "pause"),
        "resume": clocks.resumed(stopped, later),
        "stop": clocks.stopped(stopped, later),
    }
    assert after[verb] == stopped


def test_a_wall_clock_that_jumps_back_an_hour_takes_nothing_back() -> None:
    paused = clocks.paused(clocks.started(BEGIN), BEGIN + timedelta(hours=3), "pause")
    back = clocks.resumed(paused, BEGIN + timedelta(hours=2))
    assert clocks.used(back, PLAIN, BEGIN + timedelta(hours=2)) == 2 * 3600
    assert clocks.used(back, PLAIN, BEGIN + timedelta(hours=3)) == 3 * 3600
    assert clocks.used(back, PLAIN, BEGIN + timedelta(hours=4)) == 4 * 3600
    assert clocks.sums(clocks.receipt(back, PLAIN, BEGIN + timedelta(hours=4)))["paused"] == 0


def test_a_receipt_of_spring_festival() -> None:
    """Half a day before the make-up Saturday 14 February 2026, then the holidays from the 15th to the 23rd."""
    segments = clocks.started(at("2026-02-13 17:00"))
    due = clocks.moment_of(segments, HOURS, 9 * 3600)
    assert due == at("2026-02-24 09:30").astimezone(UTC)
    whys = [(span.why, span.seconds) for span in clocks.receipt(segments, HOURS, due)]
    assert whys == [
        ("hours", 3600),
        ("outside", 15 * 3600),
        ("makeup", 3 * 3600),
        ("outside", 5400),
        ("makeup", int(4.5 * 3600)),
        ("outside", 6 * 3600),
        ("holiday", 9 * DAY),
        ("outside", 9 * 3600),
        ("hours", 1800),
    ]


@given(deeds)
def test_segments_come_back_from_json_as_they_were(done: list[tuple[str, int]]) -> None:
    segments, _ = lived(done)
    assert clocks.from_json(clocks.to_json(segments)) == segments
