"""What happens on a clock's way, in order; and what an extension does to it."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from gongdan.core.sla import stages as staging
from gongdan.core.sla.contracts import Do, Lead, Limit, Rung
from gongdan.core.sla.stages import Stage

WORKDAY = 27_000  # seconds of a working day
HOUR = 3600
units = st.sampled_from(["minutes", "hours", "days"])
some_leads = st.builds(
    Lead, amount=st.integers(0, 300), unit=st.sampled_from(["minutes", "hours", "days", "percent"])
)
rungs = st.builds(
    Rung,
    when=st.sampled_from(["before", "at", "after"]),
    amount=st.integers(0, 300),
    unit=st.sampled_from(["minutes", "hours", "days", "percent"]),
    do=st.just((Do(what="urge"),)),
)
limits = st.builds(
    Limit,
    amount=st.integers(1, 500),
    unit=units,
    working=st.booleans(),
    yellow=st.lists(some_leads, max_size=5).map(tuple),
    ladder=st.lists(rungs, max_size=6).map(tuple),
)


@given(limits)
def test_stages_are_in_order_with_one_red_card_at_the_limit(limit: Limit) -> None:
    stages = staging.stages_of(limit, WORKDAY)
    assert [one.after for one in stages] == sorted(one.after for one in stages)
    (red,) = [one for one in stages if one.kind == "red"]
    assert red.after == staging.limit_seconds(limit, WORKDAY)
    for one, following in pairwise(stages):
        if one.after == following.after:
            assert ["yellow", "red", "step"].index(one.kind) <= ["yellow", "red", "step"].index(
                following.kind
            )
    assert all(0 <= one.after <= red.after for one in stages if one.kind == "yellow")


@given(limits)
def test_no_moment_gives_two_cards_of_a_colour(limit: Limit) -> None:
    """The database allows one card of a colour at a moment of a clock; two would hold the ticket up forever."""
    yellow = [one.after for one in staging.stages_of(limit, WORKDAY) if one.kind == "yellow"]
    assert len(yellow) == len(set(yellow))


@given(limits, st.integers(1, 10_000_000))
def test_an_extension_keeps_every_distance_to_the_limit(limit: Limit, more: int) -> None:
    stages = staging.stages_of(limit, WORKDAY)
    old = staging.limit_seconds(limit, WORKDAY)
    moved = staging.extended(stages, old, old + more)
    assert [(one.kind, one.after - more, one.do) for one in moved] == [
        (one.kind, one.after, one.do) for one in stages
    ]


@given(limits, st.integers(0, 10_000_000))
def test_the_next_stage_is_the_first_that_lies_ahead(limit: Limit, used: int) -> None:
    stages = staging.stages_of(limit, WORKDAY)
    at = staging.next_index(stages, used)
    assert all(one.after <= used for one in stages[:at])
    assert all(one.after > used for one in stages[at:])


@given(limits)
def test_stages_come_back_from_json_as_they_were(limit: Limit) -> None:
    stages = staging.stages_of(limit, WORKDAY)
    assert staging.from_json(staging.to_json(stages)) == stages


def test_a_working_day_is_as_long_as_the_calendar_says() -> None:
    working = Limit(amount=2, unit="days")
    assert staging.limit_seconds(working, WORKDAY) == 2 * WORKDAY
    assert staging.limit_seconds(Limit(amount=2, unit="days", working=False), WORKDAY) == 48 * HOUR


def test_leads_and_steps_in_per_cent_and_in_time() -> None:
    limit = Limit(
        amount=10,
        unit="hours",
        yellow=(Lead(amount=25, unit="percent"), Lead(amount=30, unit="minutes")),
        ladder=(
            Rung(when="after", amount=50, unit="percent", do=(Do(what="circulate"),)),
            Rung(when="at", do=(Do(what="supervise"),)),
            Rung(when="before", amount=1, unit="hours", do=(Do(what="notify", whom="head"),)),
        ),
    )
    assert staging.stages_of(limit, WORKDAY) == (
        Stage(int(7.5 * HOUR), "yellow"),
        Stage(9 * HOUR, "step", (("notify", "head"),)),
        Stage(int(9.5 * HOUR), "yellow"),
        Stage(10 * HOUR, "red"),
        Stage(10 * HOUR, "step", (("supervise", ""),)),
        Stage(15 * HOUR, "step", (("circulate", ""),)),
    )
