"""What each kind of node does with a token."""

from __future__ import annotations

from typing import Any

import pytest

from gongdan.core.flow import engine
from gongdan.core.flow.document import parse
from gongdan.core.flow.kinds import DEFAULT_VERBS, Kind
from gongdan.core.flow.walk import Passed
from tests.flow.walker import Walker

FLOW = """
flow: sample
nodes:
  intake: {kind: start}
  verify: {kind: task, handled_by: team a, outcomes: [valid, invalid], without: [transfer]}
  judge: {kind: decision}
  solve: {kind: split}
  repair: {kind: task, handled_by: team a}
  refund: {kind: countersign, handled_by: role boss, agree: 2 of 3}
  approve: {kind: approval, handled_by: role boss}
  solved: {kind: join}
  explain: {kind: task, handled_by: team a}
  callback: {kind: callback}
  done: {kind: end}
edges:
  - intake -> verify -> judge
  - judge -> explain: invalid
  - judge -> solve: otherwise
  - solve -> repair
  - solve -> refund: amount over 0
  - solve -> approve: level in (gold, vip)
  - repair, refund, approve -> solved
  - solved, explain -> callback
  - callback -> verify: dissatisfied
  - callback -> done: otherwise
"""


@pytest.fixture
def ticket() -> Walker:
    return Walker(parse(FLOW))


def test_a_new_ticket_rests_at_the_start(ticket: Walker) -> None:
    assert ticket.at == ["intake"]
    assert ticket.last.entered == ticket.marking.tokens


def test_a_task_passes_on_by_its_outcome_and_says_why(ticket: Walker) -> None:
    ticket.did("intake")
    step = ticket.did("verify", "invalid")
    assert ticket.at == ["explain"]
    assert step.passed == (Passed("judge", "explain", "outcome is invalid"),)
    assert [(gone.node, gone.why) for gone in step.left] == [("verify", "processed")]


def test_an_outcome_the_node_does_not_have_is_refused(ticket: Walker) -> None:
    ticket.did("intake")
    with pytest.raises(engine.EngineError, match="unknown_outcome at verify"):
        ticket.did("verify", "maybe")


def test_a_token_that_is_gone_is_refused(ticket: Walker) -> None:
    with pytest.raises(engine.EngineError, match="no_token"):
        engine.advance(ticket.definition, ticket.marking, 99, None, {})


@pytest.mark.parametrize(
    ("facts", "started"),
    [
        ({}, ["repair"]),
        ({"amount": 5}, ["repair", "refund"]),
        ({"amount": 5, "level": "vip"}, ["repair", "refund", "approve"]),
    ],
)
def test_a_split_starts_what_applies_and_the_join_waits_for_just_that(
    ticket: Walker, facts: dict[str, Any], started: list[str]
) -> None:
    ticket.did("intake")
    ticket.did("verify", "valid", **facts)
    assert ticket.at == started
    for node in started[:-1]:
        ticket.did(node)
        assert "callback" not in ticket.at
    step = ticket.did(started[-1])
    assert ticket.at == ["callback"]
    assert step.passed == (Passed("solved", "callback", "joined"),)
    assert ticket.token("callback").forks == ()


def test_the_join_tells_the_track_that_it_waits(ticket: Walker) -> None:
    ticket.did("intake")
    ticket.did("verify", "valid", amount=1)
    assert ticket.did("repair").passed == (Passed("solved", "", "waiting"),)


def test_the_first_branch_stops_the_others() -> None:
    ticket = Walker(parse(FLOW.replace("{kind: join}", "{kind: join, wait_for: the first branch}")))
    ticket.did("intake")
    ticket.did("verify", "valid", amount=1, level="vip")
    step = ticket.did("refund")
    assert ticket.at == ["callback"]
    assert {(gone.node, gone.why) for gone in step.left} == {
        ("refund", "processed"),
        ("repair", "overtaken"),
        ("approve", "overtaken"),
    }


@pytest.mark.parametrize(
    ("facts", "called"),
    [
        ({"callback_mode": "always"}, True),
        ({"callback_mode": "never"}, False),
        ({"callback_mode": "sample", "sampled_for_callback": True}, True),
        ({"callback_mode": "sample", "sampled_for_callback": False}, False),
        ({}, True),
    ],
)
def test_the_category_decides_on_the_callback(ticket: Walker, facts: dict[str, Any], called: bool) -> None:
    ticket.did("intake")
    ticket.did("verify", "invalid")
    step = ticket.did("explain", **facts)
    assert step.ended is not called
    if not called:
        assert step.passed == (Passed("callback", "done", "otherwise"),)


@pytest.mark.parametrize(
    ("sample", "sampled", "called"),
    [("always", False, True), ("never", True, False), ("30 %", True, True), ("30 %", False, False)],
)
def test_the_node_decides_before_the_category(sample: str, sampled: bool, called: bool) -> None:
    definition = parse(FLOW.replace("{kind: callback}", f"{{kind: callback, sample: {sample}}}"))
    ticket = Walker(definition, callback_mode="sample", sampled_for_callback=sampled)
    ticket.did("intake")
    ticket.did("verify", "invalid")
    assert ticket.did("explain").ended is not called


def test_a_dissatisfied_customer_gets_another_reviewer(ticket: Walker) -> None:
    ticket.did("intake")
    assert not ticket.token("verify").avoid_previous_handler
    ticket.did("verify", "invalid")
    ticket.did("explain")
    ticket.did("callback", "dissatisfied")
    assert ticket.token("verify").avoid_previous_handler


@pytest.mark.parametrize("outcome", ["satisfied", "unreachable", "none_needed"])
def test_any_other_answer_ends_the_flow(ticket: Walker, outcome: str) -> None:
    ticket.did("intake")
    ticket.did("verify", "invalid")
    ticket.did("explain")
    assert ticket.did("callback", outcome).ended


def test_when_nothing_fits_the_place_is_named() -> None:
    definition = parse(FLOW)
    broken = engine.jump(definition, engine.EMPTY, "judge", {})
    assert broken.entered[0].node == "repair"  # `otherwise`: no outcome is not invalid
    edges = tuple(edge for edge in definition.edges if not edge.otherwise)
    unsound = type(definition)("x", {}, None, definition.nodes, edges, "intake")
    with pytest.raises(engine.EngineError, match="no_branch at judge"):
        engine.jump(unsound, engine.EMPTY, "judge", {})


def test_a_jump_takes_every_token_along_and_goes_on_from_there(ticket: Walker) -> None:
    ticket.did("intake")
    ticket.did("verify", "valid", amount=1)
    step = ticket.jumped("repair")
    assert ticket.at == ["repair"]
    assert {gone.why for gone in step.left} == {"jumped"}
    ticket.did("repair")
    assert ticket.at == ["callback"]


def test_resolve_goes_to_the_callback_and_from_there_to_the_end(ticket: Walker) -> None:
    ticket.did("intake")
    ticket.did("verify", "valid", amount=1)
    assert engine.resolve_target(ticket.definition, ticket.marking) == "callback"
    ticket.jumped("callback")
    assert engine.resolve_target(ticket.definition, ticket.marking) == "done"
    assert ticket.jumped("done").ended


def test_ending_takes_every_token_and_reopening_never_uses_an_id_again(ticket: Walker) -> None:
    ticket.did("intake")
    ticket.did("verify", "valid", amount=1)
    ticket.did("repair")
    step = ticket._took(engine.end(ticket.definition, ticket.marking))
    assert step.ended
    assert [gone.node for gone in step.left] == ["refund", "solved"]
    assert ticket.jumped("verify").entered[0].id > max(gone.token_id for gone in step.left)


@pytest.mark.parametrize(
    ("agree", "votes", "state"),
    [
        ((2, 3), [], "pending"),
        ((2, 3), [True, None, None], "pending"),
        ((2, 3), [True, False, None], "pending"),
        ((2, 3), [True, False, True], "agreed"),
        ((2, 3), [True, True], "agreed"),
        ((2, 3), [False, False, None], "refused"),
        ((1, 3), [False, False, None], "pending"),
        ((3, 3), [False], "refused"),
        (None, [True, True], "agreed"),
        (None, [True, None], "pending"),
        (None, [False, None], "refused"),
    ],
)
def test_countersign(agree: tuple[int, int] | None, votes: list[bool | None], state: str) -> None:
    assert engine.countersign_state(agree, votes) == state


def test_verbs_are_those_of_the_kind_unless_the_node_says_otherwise(ticket: Walker) -> None:
    nodes = ticket.definition.nodes
    assert engine.allowed_verbs(nodes["repair"]) == DEFAULT_VERBS[Kind.TASK]
    assert engine.allowed_verbs(nodes["verify"]) == DEFAULT_VERBS[Kind.TASK] - {"transfer"}
    assert "submit" in engine.allowed_verbs(nodes["intake"])
    assert engine.allowed_verbs(nodes["judge"]) == frozenset()
