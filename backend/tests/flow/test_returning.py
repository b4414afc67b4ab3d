"""Safe return and taking back."""

from __future__ import annotations

import pytest

from gongdan.core.flow import engine
from gongdan.core.flow.document import parse
from tests.flow.walker import Walker

FLOW = """
flow: sample
nodes:
  intake: {kind: start}
  verify: {kind: task, handled_by: team a}
  check: {kind: approval, handled_by: role boss}
  solve: {kind: split}
  repair: {kind: task, handled_by: team a}
  inspect: {kind: approval, handled_by: role boss}
  refund: {kind: countersign, handled_by: role boss, agree: 2 of 3}
  pay: {kind: task, handled_by: team b}
  solved: {kind: join}
  report: {kind: task, handled_by: team a}
  callback: {kind: callback, sample: always}
  done: {kind: end}
edges:
  - intake -> verify -> check -> solve
  - solve -> repair, refund
  - repair -> inspect
  - refund -> pay
  - inspect, pay -> solved
  - solved -> report -> callback
  - callback -> verify: dissatisfied
  - callback -> done: otherwise
"""


@pytest.fixture
def ticket() -> Walker:
    ticket = Walker(parse(FLOW))
    for node in ("intake", "verify", "check"):
        ticket.did(node)
    return ticket


def test_only_what_was_executed_on_the_way_is_offered(ticket: Walker) -> None:
    ticket.did("repair")
    assert list(ticket.targets("inspect")) == ["repair", "check", "verify", "intake"]
    assert list(ticket.targets("refund")) == ["check", "verify", "intake"]


def test_redo_before_a_split_cancels_the_other_branches(ticket: Walker) -> None:
    ticket.did("repair")
    ticket.did("inspect")
    refund = ticket.token("refund")
    target = ticket.targets("refund")["verify"]
    assert target.approvals_again == ("check", "inspect")
    assert len(target.cancels) == 1  # the repair branch, which waits at the join
    step = ticket.returned("refund", "verify")
    assert ticket.at == ["verify"]
    assert step.approvals_again == ("check", "inspect")
    assert {(gone.node, gone.why) for gone in step.left} == {("refund", "returned"), ("solved", "cancelled")}
    token = ticket.token("verify")
    assert (token.returned, token.cause, token.to_handler) == (True, refund.id, ticket.handler("verify"))
    for node in ("verify", "check", "repair", "inspect", "refund", "pay", "report"):
        ticket.did(node)
    assert ticket.at == ["callback"]


def test_straight_leaves_the_branches_alone_and_comes_back_to_the_person(ticket: Walker) -> None:
    ticket.did("repair")
    step = ticket.returned("inspect", "verify", "straight")
    assert step.approvals_again == ()
    assert ticket.at == ["refund", "verify"]
    ticket.did("verify")
    assert ticket.at == ["refund", "inspect"]
    assert ticket.token("inspect").to_handler == ticket.handler("inspect")
    for node in ("inspect", "refund", "pay"):
        ticket.did(node)
    assert ticket.at == ["report"]


def test_straight_twice_comes_back_through_both(ticket: Walker) -> None:
    ticket.did("repair")
    ticket.returned("inspect", "repair", "straight")
    ticket.returned("repair", "verify", "straight")
    for node in ("verify", "repair"):
        ticket.did(node)
    assert ticket.at == ["refund", "inspect"]


def test_redo_after_straight_counts_from_the_regular_stay(ticket: Walker) -> None:
    ticket.returned("repair", "verify", "straight")
    ticket.did("verify")
    target = ticket.targets("repair")["verify"]
    assert target.approvals_again == ("check",)
    assert target.cancels == (ticket.token("refund").id,)
    ticket.returned("repair", "verify")
    assert ticket.at == ["verify"]
    assert ticket.token("verify").forks == ()
    assert list(ticket.targets("verify")) == ["intake"]


def test_redo_into_a_finished_split_repeats_that_branch_alone(ticket: Walker) -> None:
    for node in ("repair", "inspect", "refund", "pay"):
        ticket.did(node)
    assert ticket.targets("report")["repair"].approvals_again == ("inspect",)
    ticket.returned("report", "repair")
    ticket.did("repair")
    assert ticket.at == ["inspect"]
    ticket.did("inspect")
    assert ticket.at == ["report"]


def test_what_a_return_has_undone_is_not_offered_again(ticket: Walker) -> None:
    for node in ("repair", "inspect", "refund", "pay"):
        ticket.did(node)
    ticket.returned("report", "check")
    assert list(ticket.targets("check")) == ["verify", "intake"]


def test_what_was_done_beside_an_undone_branch_stays(ticket: Walker) -> None:
    for node in ("repair", "inspect", "refund", "pay"):
        ticket.did(node)
    ticket.returned("report", "repair")
    for node in ("repair", "inspect"):
        ticket.did(node)
    assert set(ticket.targets("report")) == {
        "intake",
        "verify",
        "check",
        "repair",
        "inspect",
        "refund",
        "pay",
    }


@pytest.mark.parametrize(
    ("seq", "mode", "code"), [(99, "redo", "unknown_target"), (2, "sideways", "bad_mode")]
)
def test_other_returns_are_refused(ticket: Walker, seq: int, mode: str, code: str) -> None:
    visits = list(ticket.visits.values())
    token = ticket.token("repair")
    with pytest.raises(engine.EngineError, match=code):
        engine.return_to(ticket.definition, ticket.marking, token.id, visits, seq, mode)  # type: ignore[arg-type]


def test_what_nobody_has_touched_can_be_taken_back(ticket: Walker) -> None:
    check = next(v.token_id for v in ticket.visits.values() if v.node == "check")
    step = ticket.withdrew(check)
    assert ticket.at == ["check"]
    assert {(gone.node, gone.why) for gone in step.left} == {("repair", "withdrawn"), ("refund", "withdrawn")}
    assert ticket.token("check").to_handler == ticket.handler("check")


def test_not_once_somebody_has_begun(ticket: Walker) -> None:
    check = next(v.token_id for v in ticket.visits.values() if v.node == "check")
    ticket.touched("refund")
    with pytest.raises(engine.EngineError, match="cannot_withdraw"):
        ticket.withdrew(check)


def test_not_once_a_successor_has_moved_on(ticket: Walker) -> None:
    check = next(v.token_id for v in ticket.visits.values() if v.node == "check")
    ticket.did("repair")
    with pytest.raises(engine.EngineError, match="cannot_withdraw"):
        ticket.withdrew(check)


def test_taking_back_what_waits_at_a_join(ticket: Walker) -> None:
    ticket.did("repair")
    inspect = ticket.token("inspect").id
    ticket.did("inspect")
    ticket.withdrew(inspect)
    assert ticket.at == ["refund", "inspect"]
    assert ticket.marking.arrived == ()


def test_taking_back_what_completed_a_join_lets_the_others_wait_again(ticket: Walker) -> None:
    for node in ("repair", "inspect", "refund"):
        ticket.did(node)
    pay = ticket.token("pay").id
    ticket.did("pay")
    ticket.withdrew(pay)
    assert ticket.at == ["pay"]
    ticket.did("pay")
    assert ticket.at == ["report"]


def test_a_return_cannot_be_taken_back(ticket: Walker) -> None:
    repair = ticket.token("repair").id
    ticket.returned("repair", "verify")
    with pytest.raises(engine.EngineError, match="cannot_withdraw"):
        ticket.withdrew(repair)
