"""The picture of a ticket's flow."""

from __future__ import annotations

from pathlib import Path

from gongdan.core.flow import engine
from gongdan.core.flow.document import parse
from gongdan.core.flow.strip import Strip, strip
from tests.flow.walker import Walker

DEMO = Path(__file__).parents[2] / "gongdan/core/flow/demo"


def flow(name: str, **facts: object) -> Walker:
    return Walker(parse((DEMO / f"{name}.yaml").read_text("utf-8")), **facts)


def drawn(ticket: Walker) -> Strip:
    return strip(ticket.definition, list(ticket.visits.values()), ticket.marking)


def states(ticket: Walker) -> dict[str, str]:
    return {node.code: node.state for node in drawn(ticket).nodes}


def taken(ticket: Walker) -> set[tuple[str, str]]:
    return {(edge.source, edge.target) for edge in drawn(ticket).edges if edge.taken}


def test_past_present_possible_and_skipped() -> None:
    ticket = flow("complaint")
    ticket.did("intake")
    ticket.did("verify", "valid")
    assert states(ticket) == {
        "intake": "past",
        "verify": "past",
        "judge": "past",
        "explain": "possible",  # a dissatisfied customer may still bring it there
        "handle": "present",
        "approve": "possible",
        "callback": "possible",
        "done": "possible",
    }
    assert taken(ticket) == {("intake", "verify"), ("verify", "judge"), ("judge", "handle")}


def test_a_finished_ticket_shows_what_was_passed_by() -> None:
    ticket = flow("repair", callback_mode="sample", sampled_for_callback=False)
    for node, outcome in (("intake", None), ("dispatch", "remote"), ("acceptance", "accepted")):
        ticket.did(node, outcome)
    found = states(ticket)
    assert {code for code, state in found.items() if state == "skipped"} == {"repair", "charge"}
    assert found["done"] == "past"
    assert taken(ticket) >= {("acceptance", "callback"), ("callback", "done")}


def test_branches_side_by_side_and_the_join_that_waits() -> None:
    ticket = flow("compensation", amount=50)
    ticket.did("intake")
    ticket.did("verify", "valid")
    ticket.did("repair")
    found = states(ticket)
    assert (found["repair"], found["refund"], found["solved"]) == ("past", "present", "present")
    lanes = {node.code: node.y for node in drawn(ticket).nodes}
    assert lanes["repair"] != lanes["refund"]
    assert ("repair", "solved") in taken(ticket)


def test_what_a_return_has_undone_is_not_past() -> None:
    ticket = flow("complaint")
    for node, outcome in (("intake", None), ("verify", "valid"), ("handle", None)):
        ticket.did(node, outcome)
    ticket.returned("approve", "verify")
    found = states(ticket)
    assert (found["verify"], found["handle"], found["approve"]) == ("present", "possible", "possible")


def test_lines_that_lead_back_are_marked_and_labelled() -> None:
    picture = drawn(flow("complaint"))
    back = {(edge.source, edge.target): edge.label for edge in picture.edges if edge.back}
    assert back == {
        ("judge", "intake"): "outcome is not_ours",
        ("approve", "handle"): "outcome is refused",
        ("callback", "verify"): "outcome is dissatisfied",
    }
    assert picture.columns == max(node.x for node in picture.nodes) + 1


def test_a_flow_alone_can_be_drawn() -> None:
    definition = parse((DEMO / "consultation.yaml").read_text("utf-8"))
    picture = strip(definition, [], engine.EMPTY)
    assert [(node.code, node.x, node.y) for node in picture.nodes] == [
        ("intake", 0, 0),
        ("answer", 1, 0),
        ("done", 2, 0),
    ]
