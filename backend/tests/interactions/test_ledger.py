"""The ledger: the same from whatever order, however often told; and whatever was never told, a sensible end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from gongdan.core.interactions import call_seconds
from gongdan.core.interactions.call_state import CallState, Talk
from gongdan.core.interactions.ledger import reckon
from gongdan.core.interactions.phone_signals import Kind, Signal, from_json, to_json
from tests.interactions.plays import Play, plays
from tests.interactions.telling import at, told

OVER = {"answered", "missed", "refused", "elsewhere", "cancelled"}


@given(plays())
def test_a_call_told_whole_is_what_it_was(play: Play) -> None:
    state = reckon(play.signals)
    assert (state.phase, state.outcome, state.ended_by) == ("ended", play.outcome, play.ended_by)
    assert not state.closed_by_us
    assert [one.digits for one in state.menu] == play.menu
    assert [stay.queue for stay in state.stays] == play.queues
    assert {talk.party for talk in state.talks if talk.answered_at} == set(play.talked)
    given_on = [
        (one.party, one.transferred_to, one.transfer_mode) for one in state.talks if one.transferred_to
    ]
    assert given_on == play.transfers
    rings = [one for one in play.signals if one.kind == Kind.RINGING and one.party]
    began = [one for one in play.signals if one.kind == Kind.BEGAN and one.party]
    assert len(state.talks) == len(rings) + len(began)
    sensible(state)


@given(plays(), st.data())
def test_order_and_repeats_do_not_matter(play: Play, data: st.DataObject) -> None:
    state = reckon(play.signals)
    repeats = data.draw(st.lists(st.sampled_from(play.signals), max_size=8))
    mixed = data.draw(st.permutations([*play.signals, *repeats]))
    assert reckon(mixed) == state
    assert reckon(from_json(to_json(one)) for one in mixed) == state


@given(plays(), st.data())
def test_whatever_is_not_told_the_rest_makes_sense(play: Play, data: st.DataObject) -> None:
    left = data.draw(some_of(play.signals))
    state = reckon(left)
    sensible(state)
    ended = any(one.kind == Kind.ENDED for one in left)
    assert state.phase == "ended" or not ended


@given(plays(), st.data())
def test_a_call_that_vanished_is_closed(play: Play, data: st.DataObject) -> None:
    left = [one for one in data.draw(some_of(play.signals)) if one.kind != Kind.ENDED]
    vanished = told("vanished", 10_000, by="system")
    state = reckon([*left, vanished])
    sensible(state)
    assert (state.phase, state.closed_by_us) == ("ended", True)
    spoke = any(talk.answered_at for talk in state.talks)
    assert state.outcome in (["answered"] if spoke else ["answered", "lost"])
    picked_up = any(one.kind == Kind.ANSWERED and one.party for one in left)
    assert spoke or not picked_up or state.direction != "inbound"


@given(plays(), st.data())
def test_signals_that_come_when_the_call_is_over_reopen_nothing(play: Play, data: st.DataObject) -> None:
    late = [replace(one, at=at(20_000)) if data.draw(st.booleans()) else one for one in play.signals[:-1]]
    ended = next(one for one in play.signals if one.kind == Kind.ENDED)
    state = reckon([*(one for one in late if one.kind != Kind.ENDED), ended])
    sensible(state)
    assert (state.phase, state.ended_at) == ("ended", ended.at)


@given(plays())
def test_a_part_keeps_its_number_when_more_is_told(play: Play) -> None:
    before: dict[tuple[str, str], int] = {}
    for count in range(1, len(play.signals) + 1):
        now = {(talk.party, talk.leg): talk.seq for talk in reckon(play.signals[:count]).talks}
        assert before.items() <= now.items()
        before = now


def some_of(signals: Sequence[Signal]) -> st.SearchStrategy[list[Signal]]:
    return st.lists(st.sampled_from(signals), min_size=1, unique_by=lambda one: one.key)


def sensible(state: CallState) -> None:
    """What holds for every state, whatever was told."""
    ended = state.phase == "ended"
    assert ended == (state.ended_at is not None) == bool(state.outcome)
    for talk in state.talks:
        assert talk.outcome in OVER or not ended
        assert (talk.outcome in OVER) == (talk.ended_at is not None)
        in_order(state.began_at, talk.rang_at, talk.answered_at, talk.ended_at, state.ended_at)
        for hold in talk.holds:
            in_order(talk.answered_at, hold.began_at, hold.ended_at, talk.ended_at)
            assert hold.ended_at or talk.live
        durations(talk)
    for stay in state.stays:
        in_order(state.began_at, stay.entered_at, stay.left_at, state.ended_at)
        assert stay.left_at or not ended
    whole = call_seconds.between(state.began_at, state.ended_at)
    spoken, held = call_seconds.of_call(state)
    assert 0 <= spoken + held <= whole
    assert 0 <= call_seconds.waiting(state) <= whole or not ended
    assert [talk.seq for talk in state.talks] == list(range(1, len(state.talks) + 1))


def durations(talk: Talk) -> None:
    rang, spoke, held = call_seconds.ringing(talk), call_seconds.talking(talk), call_seconds.holding(talk)
    assert min(rang, spoke, held) >= 0
    if talk.ended_at:
        assert rang + spoke + held <= call_seconds.between(talk.rang_at, talk.ended_at) + 1


def in_order(*moments: Any) -> None:
    known = [one for one in moments if one is not None]
    assert known == sorted(known)
