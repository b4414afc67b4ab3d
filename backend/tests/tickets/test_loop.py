"""The closed loop, over HTTP: from a caller's words to the confirmed end."""

from __future__ import annotations

from gongdan.core.tickets.models import Ticket
from tests.tickets.conftest import World


def test_a_complaint_goes_through_verification_return_approval_callback_to_its_close(world: World) -> None:
    o = world.o
    number = world.number(customer_id=world.customer.pk, requester={"phone": "138 0013 8000"})
    assert [item["node"] for item in world.page(o.clerk, number)["present"]] == ["verify"]
    world.verified(number)
    world.done(o.clerk, number, "accept")
    world.done(o.clerk, number, "process", result="已派人")
    world.done(o.head, number, "accept")
    targets = next(a for a in world.page(o.head, number)["actions"] if a["verb"] == "return")[
        "return_targets"
    ]
    assert [target["node"] for target in targets] == ["handle", "verify", "intake"]
    world.done(o.head, number, "return", target=targets[0]["seq"], mode="redo", reason="说明不清")
    again = world.page(o.clerk, number)
    assert again["present"][0]["node"] == "handle"
    assert again["present"][0]["handler"]["id"] == o.clerk.pk
    world.done(o.clerk, number, "accept")
    world.done(o.clerk, number, "process", result="已换光缆，客户确认可以上网")
    world.done(o.head, number, "accept")
    answer = world.done(o.head, number, "process", outcome="approved")
    assert answer["state"] == "resolved"
    world.done(o.reviewer, number, "accept")
    answer = world.done(o.reviewer, number, "call_back", result="satisfied", score=5)
    assert answer["state"] == "closed"
    assert world.events(number) == [
        "TicketOpened",
        "TicketSubmitted",
        "TicketAccepted",
        "TicketProcessed",
        "TicketAccepted",
        "TicketProcessed",
        "TicketAccepted",
        "TicketReturned",
        "TicketAccepted",
        "TicketProcessed",
        "TicketAccepted",
        "TicketProcessed",
        "TicketResolved",
        "TicketAccepted",
        "CustomerCalledBack",
        "TicketClosed",
    ]
    ticket = Ticket.objects.get(number=number)
    assert ticket.satisfaction == 5
    assert ticket.actual_end is not None
    assert ticket.requester_phone == "+8613800138000"
    track = world.track(number)
    stays = [(item["node"], item["state"]) for item in track["items"]]
    assert stays == [
        ("intake", "done"),
        ("verify", "done"),
        ("handle", "done"),
        ("approve", "returned"),
        ("handle", "done"),
        ("approve", "done"),
        ("callback", "done"),
    ]
    assert all(item["arrived_at"] and item["left_at"] for item in track["items"])
    assert {node["code"]: node["state"] for node in track["strip"]["nodes"]}["callback"] == "past"


def test_answered_on_the_spot_is_recorded_and_closed(world: World) -> None:
    answer = world.open("consultation", answered_on_spot=True, answer="营业厅九点开门")
    assert (answer.status, answer["state"]) == (201, "closed")
    assert world.events(answer["number"]) == ["TicketOpened", "TicketResolved", "TicketClosed"]
    assert world.track(answer["number"])["items"][0]["result"] == "营业厅九点开门"


def test_answered_on_the_spot_owes_the_answer(world: World) -> None:
    answer = world.open("consultation", answered_on_spot=True)
    assert (answer.status, answer.code) == (422, "answer_required")
    assert Ticket.objects.count() == 0


def test_what_needs_no_callback_closes_at_once(world: World) -> None:
    number = world.number("consultation")
    world.done(world.o.clerk, number, "accept")
    answer = world.done(world.o.clerk, number, "process", result="已告知")
    assert answer["state"] == "closed"
    assert world.events(number)[-2:] == ["TicketResolved", "TicketClosed"]


def test_a_sampled_ticket_is_called_back(world: World) -> None:
    number = world.number("sampled")
    world.done(world.o.clerk, number, "accept")
    answer = world.done(world.o.clerk, number, "process", result="已告知")
    assert answer["state"] == "resolved"
    rows = world.by(world.o.reviewer).get("/todo/callbacks")["items"]
    assert [row["number"] for row in rows] == [number]


def test_dissatisfied_goes_back_to_another_reviewer(world: World) -> None:
    o = world.o
    number = world.approved(world.number())
    answer = world.do(o.reviewer, number, "call_back", result="dissatisfied")
    assert (answer.status, answer.code) == (422, "note_required")
    answer = world.done(o.reviewer, number, "call_back", result="dissatisfied", note="仍然很慢")
    assert answer["state"] == "open"
    assert answer["items"][0]["node"] == "verify"
    refused = world.do(o.clerk, number, "accept")
    assert (refused.status, refused.code) == (403, "another_reviewer")
    world.done(o.clerk_two, number, "accept")


def test_not_reached_is_tried_again_by_plan_and_then_ends(world: World) -> None:
    o = world.o
    number = world.approved(world.number())
    answer = world.done(o.reviewer, number, "call_back", result="not_reached")
    assert answer["state"] == "resolved"
    assert world.by(o.reviewer).get("/todo/callbacks")["items"] == []
    answer = world.done(o.reviewer_two, number, "call_back", result="not_reached")
    assert answer["state"] == "closed"
    assert [one["result"] for one in world.track(number)["callbacks"]] == ["not_reached", "not_reached"]


def test_two_branches_and_a_countersign_meet(world: World) -> None:
    o = world.o
    number = world.number("compensation", fields={"amount": 50})
    items = world.page(o.admin, number)["present"]
    assert sorted(item["node"] for item in items) == ["refund", "refund", "refund", "repair"]
    world.done(
        o.technician, number, "accept", item=next(i["item_id"] for i in items if i["node"] == "repair")
    )
    world.done(o.technician, number, "process", result="已修")
    for person in (o.clerk, o.clerk_two):
        world.done(person, number, "accept")
        twice = world.do(person, number, "accept")
        assert twice.status == 409
        world.done(person, number, "process", outcome="agree")
    assert [item["node"] for item in world.page(o.admin, number)["present"]] == ["finish"]
    track = world.track(number)["items"]
    assert sorted(item["state"] for item in track if item["node"] == "refund") == [
        "cancelled",
        "done",
        "done",
    ]


def test_without_an_amount_only_one_branch_runs(world: World) -> None:
    number = world.number("compensation")
    assert [item["node"] for item in world.page(world.o.admin, number)["present"]] == ["repair"]
