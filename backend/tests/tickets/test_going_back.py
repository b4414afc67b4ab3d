"""Return in both modes, across splits, to the intake; withdraw; reopen; resolve."""

from __future__ import annotations

from typing import Any

from gongdan.core.tickets.models import State, Ticket
from tests.tickets import scenes
from tests.tickets.conftest import World
from tests.tickets.scenes import return_targets


def nodes(answer: Any) -> list[str]:
    return sorted(item["node"] for item in answer["items"])


def offered(world: World, who: Any, number: str) -> dict[str, dict[str, Any]]:
    action = next(one for one in world.page(who, number)["actions"] if one["verb"] == "return")
    return {target["node"]: target for target in action["return_targets"]}


def dissatisfied_at_approve(world: World) -> str:
    """Approved once, called back, dissatisfied, verified again by another, handled and at approve again."""
    o = world.o
    number = scenes.calling(world)
    world.done(o.reviewer, number, "call_back", result="dissatisfied", note="仍断")
    world.done(o.clerk_two, number, "accept")
    world.done(o.clerk_two, number, "process", outcome="valid", result="又断", fields={"facts": "又断"})
    return number


def test_redo_asks_again_for_the_approvals_after_the_target(world: World) -> None:
    o = world.o
    number = dissatisfied_at_approve(world)
    world.done(o.clerk, number, "accept")
    targets = offered(world, o.clerk, number)
    assert [title["en"] for title in targets["verify"]["approvals_again"]] == []
    assert set(targets) == {"intake", "verify", "approve", "callback"}
    assert [title["zh-Hans"] for title in targets["approve"]["approvals_again"]] == ["审批"]
    assert [title["zh-Hans"] for title in targets["intake"]["approvals_again"]] == ["审批"]
    answer = world.done(
        o.clerk, number, "return", target=targets["intake"]["seq"], mode="redo", reason="从头来"
    )
    assert nodes(answer) == ["intake"]
    assert answer["sentence"]["params"]["approvals_again"] == ["approve"]


def test_straight_goes_back_to_the_very_person_who_returned_it(world: World) -> None:
    o = world.o
    number = scenes.at_approve(world)
    target = return_targets(world, o.head, number)["verify"]
    answer = world.done(o.head, number, "return", target=target, mode="straight", reason="补充事实")
    assert [(item["node"], item["handler_id"]) for item in answer["items"]] == [("verify", o.clerk.pk)]
    assert answer["sentence"]["params"]["notify"] == [o.clerk.pk]
    world.done(o.clerk, number, "accept")
    answer = world.done(o.clerk, number, "process", outcome="valid", result="补好", fields={"facts": "照片"})
    assert [(item["node"], item["handler_id"]) for item in answer["items"]] == [("approve", o.head.pk)]


def test_a_mode_or_target_that_is_not_offered_is_refused(world: World) -> None:
    o = world.o
    number = scenes.at_approve(world)
    for args, code in (
        ({"target": 99, "mode": "redo"}, "unknown_target"),
        ({"target": 2**63, "mode": "redo"}, None),
        ({"target": 1, "mode": "sideways"}, "invalid_input"),
        ({"target": 0, "mode": "redo"}, "invalid_input"),
    ):
        answer = world.do(o.head, number, "return", reason="x", **args)
        assert answer.status == 422
        assert answer.code == (code or answer.code)


def test_returned_to_the_intake_it_is_submitted_again(world: World) -> None:
    o = world.o
    number = scenes.returned_to_intake(world)
    page = world.page(o.agent, number)
    assert page["state"] == "open"
    assert page["present"][0]["handler"]["id"] == o.agent.pk
    assert "submit" in world.verbs(o.agent, number)
    assert "submit" not in world.verbs(o.admin, number)
    answer = world.done(o.agent, number, "submit", fields={"order": "B2"})
    assert nodes(answer) == ["verify"]
    assert world.page(o.agent, number)["fields"]["order"] == "B2"


def test_sent_back_to_the_intake_by_the_flow_the_opener_has_it_again(world: World) -> None:
    number = scenes.refused_as_not_ours(world)
    assert "submit" in world.verbs(world.o.agent, number)
    assert nodes(world.done(world.o.agent, number, "submit")) == ["verify"]


def test_return_across_a_split_cancels_the_branch_beside_it(world: World) -> None:
    o = world.o
    number = scenes.repairing(world)
    target = offered(world, o.technician, number)["intake"]
    assert target["cancels"] == 1
    answer = world.done(o.technician, number, "return", target=target["seq"], mode="redo", reason="地址错")
    assert nodes(answer) == ["intake"]
    track = world.track(number)["items"]
    assert [one["state"] for one in track if one["node"] == "refund"] == ["cancelled"] * 3
    assert [one["state"] for one in track if one["node"] == "repair"] == ["returned"]


def test_a_straight_return_leaves_the_branch_beside_it_alone(world: World) -> None:
    number = scenes.repairing(world)
    target = offered(world, world.o.technician, number)["intake"]["seq"]
    answer = world.done(world.o.technician, number, "return", target=target, mode="straight", reason="问地址")
    assert nodes(answer) == ["intake", "refund", "refund", "refund"]
    answer = world.done(world.o.agent, number, "submit")
    assert nodes(answer) == ["refund", "refund", "refund", "repair"]


def test_a_countersign_that_was_given_must_be_given_again(world: World) -> None:
    o = world.o
    number = scenes.finishing(world)
    targets = offered(world, o.clerk, number)
    assert set(targets) == {"repair", "refund", "intake"}
    assert len(targets["intake"]["approvals_again"]) == 1
    strip = {one["code"]: one["state"] for one in world.track(number)["strip"]["nodes"]}
    assert strip["refund"] == "past"


def test_returned_to_a_countersign_everyone_may_sign_again(world: World) -> None:
    o = world.o
    number = scenes.finishing(world)
    target = offered(world, o.clerk, number)["refund"]["seq"]
    answer = world.done(o.clerk, number, "return", target=target, mode="redo", reason="金额改了")
    assert [item["handler_id"] for item in answer["items"]] == [None, None, None]
    for who in (o.clerk, o.clerk_two):
        world.done(who, number, "accept")
        answer = world.done(who, number, "process", outcome="agree")
    assert nodes(answer) == ["finish"]


def test_what_nobody_has_touched_can_be_withdrawn(world: World) -> None:
    o = world.o
    number = scenes.passed_on(world)
    assert "withdraw" in world.verbs(o.clerk, number)
    assert "withdraw" not in world.verbs(o.clerk_two, number)
    refused = world.do(o.clerk_two, number, "withdraw", reason="不是我的")
    assert (refused.status, refused.code) == (409, "cannot_withdraw")
    answer = world.done(o.clerk, number, "withdraw", reason="写错了")
    assert [(item["node"], item["handler_id"]) for item in answer["items"]] == [("handle", o.clerk.pk)]
    stays = [(one["node"], one["state"]) for one in world.track(number)["items"]]
    assert stays[-2:] == [("approve", "withdrawn"), ("handle", "waiting")]


def test_once_somebody_has_begun_it_cannot_be_withdrawn(world: World) -> None:
    number = scenes.at_approve(world)
    assert "withdraw" not in world.verbs(world.o.clerk, number)
    refused = world.do(world.o.clerk, number, "withdraw", reason="写错了")
    assert (refused.status, refused.code) == (409, "cannot_withdraw")


def test_once_one_of_the_signers_has_begun_it_cannot_be_withdrawn(world: World) -> None:
    o = world.o
    number = scenes.two_branches(world)
    assert "withdraw" in world.verbs(o.agent, number)
    world.done(o.clerk, number, "accept")
    assert "withdraw" not in world.verbs(o.agent, number)
    refused = world.do(o.agent, number, "withdraw", reason="写错了")
    assert (refused.status, refused.code) == (409, "cannot_withdraw")
    world.done(o.clerk, number, "process", outcome="agree")
    assert world.do(o.agent, number, "withdraw", reason="写错了").status == 409


def test_withdrawn_from_the_callback_it_is_open_again(world: World) -> None:
    o = world.o
    number = scenes.resolved(world)
    answer = world.done(o.head, number, "withdraw", reason="还没修好")
    assert (answer["state"], nodes(answer)) == ("open", ["approve"])
    assert Ticket.objects.get(number=number).resolved_at is None


def test_reopened_it_comes_back_to_the_first_task_or_the_chosen_one(world: World) -> None:
    o = world.o
    number = scenes.closed(world)
    offered_nodes = next(one for one in world.page(o.admin, number)["actions"] if one["verb"] == "reopen")
    assert [one["node"] for one in offered_nodes["nodes"]] == ["verify", "handle"]
    answer = world.done(o.admin, number, "reopen", reason="又坏", node="handle")
    assert nodes(answer) == ["handle"]
    ticket = Ticket.objects.get(number=number)
    assert (ticket.actual_end, ticket.resolved_at) == (None, None)
    row = world.page(o.clerk, number)
    assert row["actual_end"] is None


def test_it_is_not_reopened_at_a_node_it_never_was_at(world: World) -> None:
    number = scenes.cancelled(world)
    for node in ("handle", "approve", "callback", "judge", "nowhere"):
        refused = world.do(world.o.admin, number, "reopen", reason="又坏", node=node)
        assert (refused.status, refused.code, refused["field"]) == (422, "unknown_node", "node")


def test_a_draft_that_was_cancelled_is_reopened_at_the_intake(world: World) -> None:
    """Otherwise the form would never have been checked."""
    o = world.o
    number = scenes.draft(world)
    world.done(o.admin, number, "cancel", reason="误建")
    answer = world.done(o.admin, number, "reopen", reason="还是要")
    assert nodes(answer) == ["intake"]
    assert Ticket.objects.get(number=number).actual_end is None
    assert nodes(world.done(o.agent, number, "submit")) == ["verify"]


def test_what_was_answered_on_the_spot_is_reopened_at_the_first_task(world: World) -> None:
    number = scenes.answered(world)
    assert nodes(world.done(world.o.admin, number, "reopen", reason="没说清")) == ["answer"]


def test_resolving_skips_to_the_callback_or_the_end(world: World) -> None:
    o = world.o
    number = scenes.at_handle(world)
    answer = world.done(o.clerk, number, "resolve", result="解决")
    assert (answer["state"], nodes(answer)) == ("resolved", ["callback"])
    mine = world.track(number)["items"][-2]
    assert (mine["state"], mine["outcome"], mine["result"]) == ("done", "resolved", "解决")
    number = world.number("consultation")
    world.done(o.clerk, number, "accept")
    answer = world.done(o.clerk, number, "resolve", result="解决")
    assert (answer["state"], nodes(answer)) == ("closed", [])
    assert world.events(number)[-3:] == ["TicketProcessed", "TicketResolved", "TicketClosed"]


def test_it_is_not_resolved_while_a_branch_is_at_work(world: World) -> None:
    number = scenes.repairing(world)
    assert "resolve" not in world.verbs(world.o.technician, number)
    refused = world.do(world.o.technician, number, "resolve", result="解决")
    assert (refused.status, refused.code) == (409, "branches_at_work")


def test_what_is_cancelled_was_never_resolved(world: World) -> None:
    for scene in (scenes.cancelled, scenes.force_ended):
        ticket = Ticket.objects.get(number=scene(world))
        assert ticket.actual_end is not None
        assert ticket.resolved_at is None
        assert ticket.state in (State.CANCELLED, State.FORCE_ENDED)
