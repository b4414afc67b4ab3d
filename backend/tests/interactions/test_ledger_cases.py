"""What the ledger concludes, case by case: what docs/calls.md says of each."""

from __future__ import annotations

import pytest

from gongdan.core.interactions import call_seconds
from gongdan.core.interactions.call_state import CallState
from gongdan.core.interactions.ledger import reckon
from gongdan.core.interactions.phone_signals import Signal
from tests.interactions.telling import abandoned_call, answered_call, at, told

BEGAN = told("began", 0, direction="inbound", caller="13800138000", dialled="95598", line="95598")
OURS = told("began", 0, direction="outbound", caller="801", dialled="13900139000", party="801", leg="a")


def without(signals: list[Signal], *kinds: str) -> list[Signal]:
    return [one for one in signals if one.kind not in kinds]


def parts(state: CallState) -> list[tuple[str, str]]:
    return [(talk.party, talk.outcome) for talk in state.talks]


def test_no_signals_are_no_call() -> None:
    with pytest.raises(ValueError, match="at least one"):
        reckon([])


@pytest.mark.parametrize(
    "kind", ["began", "menu", "queued", "ringing", "left_queue", "answered", "party_left", "ended"]
)
def test_of_an_answered_call_one_signal_of_any_kind_may_be_missing(kind: str) -> None:
    state = reckon([*without(answered_call(), kind), told("vanished", 500)])
    assert (state.outcome, state.phase) == ("answered", "ended")
    assert parts(state) == [("801", "answered")]
    assert state.closed_by_us == (kind == "ended")
    assert [stay.outcome for stay in state.stays] == ["answered"]


def test_a_call_whose_beginning_is_missing_is_made_of_what_is_known() -> None:
    state = reckon([told("ringing", 3, party="801", leg="a", caller="13800138000"), told("ended", 9)])
    assert (state.direction, state.caller, state.began_at) == ("inbound", "13800138000", at(3))
    assert state.outcome == "missed"


def test_a_call_that_was_resumed_was_answered() -> None:
    state = reckon(
        [BEGAN, told("ringing", 2, party="801"), told("resumed", 20, party="801"), told("ended", 30)]
    )
    assert (state.outcome, state.answered_at) == ("answered", at(20))
    assert state.talks[0].holds == ()


def test_a_hold_nobody_ended_ends_with_the_call() -> None:
    state = reckon([*without(answered_call(), "party_left"), told("held", 44, party="801")])
    assert [hold.ended_at for hold in state.talks[0].holds] == [at(74)]
    assert call_seconds.of_call(state) == (30, 30)
    assert (call_seconds.talking(state.talks[0]), call_seconds.holding(state.talks[0])) == (30, 30)


def test_while_all_who_talk_hold_the_call_is_held() -> None:
    told_so_far = [*without(answered_call(), "party_left", "ended"), told("held", 40, party="801")]
    assert reckon(told_so_far).phase == "held"
    assert reckon([*told_so_far, told("resumed", 41, party="801")]).phase == "talking"


def test_when_one_answers_the_others_rang_elsewhere_whether_told_or_not() -> None:
    rings = [told("ringing", 5, party=party, leg=party) for party in ("801", "802", "803")]
    state = reckon(
        [
            BEGAN,
            *rings,
            told("answered", 9, party="802", leg="802"),
            told("ring_ended", 9.5, party="803", leg="803", cause="missed"),
        ]
    )
    assert parts(state) == [("801", "elsewhere"), ("802", "talking"), ("803", "elsewhere")]
    assert state.talks[0].ended_at == at(9)


def test_who_gave_up_before_another_answered_missed_it() -> None:
    state = reckon(
        [BEGAN, told("ringing", 1, party="801"), told("ring_ended", 9, party="801"),
         told("ringing", 10, party="802"), told("answered", 12, party="802")]
    )  # fmt: skip
    assert parts(state) == [("801", "missed"), ("802", "talking")]


def test_a_party_rung_twice_has_two_parts() -> None:
    rung = [
        told("ringing", 1, party="801", leg="a"), told("ring_ended", 9, party="801", leg="a", cause="missed"),
        told("ringing", 20, party="801", leg="b"), told("answered", 25, party="801", leg="b"),
    ]  # fmt: skip
    assert parts(reckon([BEGAN, *rung])) == [("801", "missed"), ("801", "talking")]


@pytest.mark.parametrize(
    ("causes", "outcome"), [("refused refused", "refused"), ("refused missed", "missed")]
)
def test_a_call_is_refused_when_everybody_refuses(causes: str, outcome: str) -> None:
    rung = [
        told(kind, second, party=party, cause=cause if kind == "ring_ended" else "")
        for party, cause in zip(("801", "802"), causes.split(), strict=True)
        for kind, second in (("ringing", 1), ("ring_ended", 5))
    ]
    assert reckon([BEGAN, *rung, told("ended", 9, by="system")]).outcome == outcome


def test_who_waits_in_a_queue_and_hangs_up_abandoned_it() -> None:
    state = reckon(abandoned_call(waits=30))
    assert (state.outcome, [stay.outcome for stay in state.stays]) == ("abandoned", ["abandoned"])
    assert call_seconds.waiting(state) == 30
    ringing = told("ringing", 20, party="801", queue="service")
    state = reckon([*abandoned_call(waits=30), ringing])
    assert (state.outcome, parts(state)) == ("abandoned", [("801", "cancelled")])


def test_a_queue_overflows_into_another() -> None:
    state = reckon([BEGAN, told("queued", 1, queue="service"), told("queued", 31, queue="night")])
    assert [(stay.queue, stay.outcome) for stay in state.stays] == [("service", "overflowed"), ("night", "")]
    assert state.phase == "waiting"


def test_an_answer_that_was_told_when_the_call_was_over_counts() -> None:
    late = told("answered", 100, party="801", leg="c1-801")
    state = reckon([*without(answered_call(), "answered", "left_queue"), late])
    assert (state.outcome, state.ended_at) == ("answered", at(74))


def test_a_blind_transfer_goes_from_one_to_another() -> None:
    given = told("transferred", 40, party="801", to="802", mode="blind")
    rest = [
        told("ringing", 41, party="802"),
        told("answered", 45, party="802"),
        told("ended", 60, by="customer"),
    ]
    state = reckon([*without(answered_call(), "party_left", "ended"), given, *rest])
    first, second = state.talks
    assert (first.transferred_to, first.transfer_mode, first.ended_at, first.ended_by) == (
        "802",
        "blind",
        at(40),
        "agent",
    )
    assert (second.answered_at, second.ended_by, state.ended_by) == (at(45), "customer", "customer")
    assert call_seconds.of_call(state) == (41, 0)


def test_an_attended_transfer_means_that_the_other_talks() -> None:
    told_so_far = [
        *without(answered_call(), "party_left", "ended"),
        told("held", 20, party="801"), told("ringing", 21, party="802", leg="x"),
        told("transferred", 40, party="801", to="802", mode="attended"),
    ]  # fmt: skip
    state = reckon(told_so_far)
    assert parts(state) == [("801", "answered"), ("802", "talking")]
    assert state.phase == "talking"


def test_a_conference_has_several_who_talk_at_once() -> None:
    told_so_far = [
        *without(answered_call(), "party_left", "ended"),
        told("ringing", 21, party="802", leg="x"), told("answered", 24, party="802", leg="x"),
        told("conferenced", 25, party="801", to="802"), told("party_left", 44, party="801", by="agent"),
    ]  # fmt: skip
    state = reckon(told_so_far)
    assert (state.conferenced_at, parts(state)) == (at(25), [("801", "answered"), ("802", "talking")])
    state = reckon([*told_so_far, told("ended", 54, by="customer")])
    assert call_seconds.of_call(state) == (40, 0)


def test_when_the_caller_has_gone_and_nobody_talks_it_is_over() -> None:
    left = told("party_left", 74, by="customer")
    state = reckon([*without(answered_call(), "ended"), left])
    assert (state.phase, state.outcome, state.closed_by_us) == ("ended", "answered", True)
    still = reckon([*without(answered_call(), "ended", "party_left"), left])
    assert still.phase == "talking"


def test_a_call_the_system_forgot_is_lost_and_one_it_remembers_again_lives() -> None:
    waiting = without(abandoned_call(), "left_queue", "ended")
    forgotten = [*waiting, told("vanished", 60)]
    state = reckon(forgotten)
    assert (state.outcome, state.ended_at, state.closed_by_us) == ("lost", at(60), True)
    assert [(stay.left_at, stay.outcome) for stay in state.stays] == [(at(60), "")]
    assert reckon([*forgotten, told("ringing", 70, party="801")]).phase == "ringing"
    assert not reckon([*forgotten, told("ended", 80, by="customer")]).closed_by_us


def test_our_own_call_is_answered_when_the_customer_is_there() -> None:
    picked_up, rings = told("answered", 2, party="801", leg="a"), told("ringing", 3)
    state = reckon([OURS, picked_up, rings])
    assert (state.phase, parts(state)) == ("ringing", [("801", "ringing")])
    state = reckon([OURS, rings, told("answered", 12), told("ended", 42, by="agent")])
    assert (state.outcome, state.answered_at, call_seconds.talking(state.talks[0])) == (
        "answered",
        at(12),
        30,
    )
    assert (call_seconds.ringing(state.talks[0]), call_seconds.waiting(state)) == (12, 0)


@pytest.mark.parametrize(
    ("rings", "by", "cause", "outcome"),
    [(True, "agent", "", "unanswered"), (False, "agent", "", "unanswered"), (True, "system", "", "unanswered"),
     (False, "system", "", "failed"), (False, "system", "USER_BUSY", "unanswered")],
)  # fmt: skip
def test_our_own_call_that_nobody_answered(rings: bool, by: str, cause: str, outcome: str) -> None:
    ringing = [told("ringing", 3)] if rings else []
    state = reckon([OURS, *ringing, told("ended", 20, by=by, cause=cause)])
    assert (state.outcome, parts(state)) == (outcome, [("801", "cancelled")])


def test_a_system_that_never_tells_of_the_called_side_is_believed() -> None:
    picked_up = told("answered", 2, party="801", leg="a")
    state = reckon([OURS, picked_up, told("ended", 20, by="agent")])
    assert (state.outcome, state.answered_at, parts(state)) == ("answered", at(2), [("801", "answered")])
    state = reckon([OURS, picked_up, told("ringing", 3), told("ended", 20, by="agent")])
    assert (state.outcome, parts(state)) == ("unanswered", [("801", "cancelled")])


def test_the_menu_and_the_recordings_are_kept() -> None:
    state = reckon(
        [BEGAN, told("menu", 1, digits="2", label="repair"), told("menu", 3, digits="1"),
         told("recorded", 90, ref="a.wav"), told("recorded", 95, ref="a.wav", seconds=70, url="http://x/a.wav", key="again"),
         told("ended", 80)]
    )  # fmt: skip
    assert [(one.digits, one.label) for one in state.menu] == [("2", "repair"), ("1", "")]
    assert [(one.ref, one.seconds, one.url) for one in state.recordings] == [("a.wav", 70, "http://x/a.wav")]


def test_who_hung_up_is_concluded_from_who_left_first() -> None:
    state = reckon([*without(answered_call(by="agent"), "ended"), told("ended", 75)])
    assert state.ended_by == "agent"
    gone_first = [told("party_left", 73, by="customer"), told("ended", 75)]
    assert reckon([*without(answered_call(by=""), "ended"), *gone_first]).ended_by == "customer"
