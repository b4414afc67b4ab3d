"""Messages, internal notes, files, links and corrections: who reads what, and what the track keeps."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from gongdan.core.staff.models import Scope, Staff
from gongdan.core.tickets.models import Ticket
from tests import company
from tests.client import Answer
from tests.tickets import scenes
from tests.tickets.cases import upload
from tests.tickets.conftest import World


@pytest.fixture
def outsider(world: World) -> Staff:
    """Sees every ticket, but no internal notes."""
    rights = ["ticket.view", "ticket.append", "ticket.attach", "ticket.link", "ticket.edit"]
    return company.person("outsider", "外包", world.o.billing, company.role("outside", rights, Scope.ALL))


def bodies(world: World, who: Staff, number: str) -> list[str]:
    return [one["body"] for one in world.by(who).get(f"/tickets/{number}/messages")["items"]]


def test_internal_notes_are_hidden_wherever_they_would_show(world: World, outsider: Staff) -> None:
    o = world.o
    number = scenes.accepted(world)
    file = upload(world, o.clerk, "机密.txt")
    world.done(o.clerk, number, "reply", body="正在处理")
    world.done(o.clerk, number, "note", body="内情", attachments=[file])
    assert bodies(world, o.agent, number) == ["正在处理", "内情"]
    assert bodies(world, outsider, number) == ["正在处理"]
    assert "TicketNoted" in [one["type"] for one in world.track(number, o.agent)["entries"]]
    assert "TicketNoted" not in [one["type"] for one in world.track(number, outsider)["entries"]]
    assert [one["id"] for one in world.page(o.agent, number)["attachments"]] == [file]
    assert world.page(outsider, number)["attachments"] == []
    assert world.by(o.agent).get(f"/attachments/{file}").status == 200
    assert world.by(outsider).get(f"/attachments/{file}").status == 404


def test_a_mention_gives_sight_of_the_ticket_and_is_told(world: World) -> None:
    o = world.o
    number = scenes.accepted(world)
    assert world.page(o.biller, number).status == 404
    answer = world.done(o.clerk, number, "note", body="请看", mentions=[o.biller.pk])
    assert answer["sentence"]["params"]["notify"] == [o.biller.pk]
    assert world.page(o.biller, number).status == 200
    unknown = world.do(o.clerk, number, "note", body="请看", mentions=[2**40])
    assert (unknown.status, unknown.code, unknown["field"]) == (422, "unknown_person", "mentions")


def test_a_file_is_attached_once_and_only_by_whoever_uploaded_it(world: World) -> None:
    o = world.o
    number = scenes.accepted(world)
    file = upload(world, o.agent)
    foreign = world.do(o.clerk, number, "attach", attachments=[file])
    assert (foreign.status, foreign.code, foreign["field"]) == (422, "unknown_attachment", "attachments")
    assert world.by(o.clerk).get(f"/attachments/{file}").status == 404
    assert world.by(o.agent).get(f"/attachments/{file}").body == "123"
    world.done(o.agent, number, "attach", attachments=[file, file])
    assert world.by(o.clerk).get(f"/attachments/{file}").body == "123"
    assert world.by(o.biller).get(f"/attachments/{file}").status == 404
    again = world.do(o.agent, world.number(), "attach", attachments=[file])
    assert (again.status, again.code) == (422, "unknown_attachment")
    opening = world.open(attachments=[file])
    assert (opening.status, opening.code) == (422, "unknown_attachment")
    assert len(world.page(o.agent, number)["attachments"]) == 1


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\dir\\账单.pdf", "账单.pdf"),
        ("a\u202egpj.exe", "agpj.exe"),
        ("x" * 400 + ".txt", ("x" * 400 + ".txt")[-255:]),
    ],
)
def test_a_files_name_is_only_a_name(world: World, sent: str, kept: str) -> None:
    """Sent as raw multipart, for a polite client would have cleaned it."""
    raw = (
        f'--b\r\nContent-Disposition: form-data; name="file"; filename="{sent}"\r\n'
        "Content-Type: text/plain\r\n\r\nabc\r\n--b--\r\n"
    ).encode()
    answer = world.by(world.o.agent).raw(
        "POST", "/attachments", raw, content_type="multipart/form-data; boundary=b"
    )
    assert answer.status == 201, answer.body
    assert answer["name"] == kept


@pytest.mark.parametrize(
    "kind", ["text/html", "image/svg+xml", "application/xhtml+xml", "text/javascript", ""]
)
def test_what_could_run_is_only_saved(world: World, kind: str) -> None:
    file = SimpleUploadedFile("页.html", b"<script>alert(1)</script>", kind)
    made = world.by(world.o.agent).upload("/attachments", file=file)
    answer = world.by(world.o.agent).get(f"/attachments/{made['id']}")
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]


def test_a_file_has_a_size(world: World, settings: Any) -> None:
    client = world.by(world.o.agent)
    empty = client.upload("/attachments", file=SimpleUploadedFile("a.txt", b""))
    assert (empty.status, empty.code) == (422, "empty_file")
    settings.MAX_UPLOAD_BYTES = 1000
    big = client.upload("/attachments", file=SimpleUploadedFile("a.bin", b"x" * 100_000))
    assert (big.status, big.code) == (413, "body_too_large")
    assert client.get(f"/attachments/{2**70}").status in (404, 422)
    assert client.get("/attachments/0").status in (404, 422)


def test_links_show_both_ways_and_never_what_one_may_not_see(world: World) -> None:
    o = world.o
    one, hidden = scenes.accepted(world), world.number()
    for number in (one, hidden):
        world.done(o.agent, number, "note", body="账务请看", mentions=[o.biller.pk] if number == one else [])
    world.done(o.agent, one, "link", other=hidden, kind="duplicate")
    assert [(x["number"], x["direction"]) for x in world.page(o.agent, one)["links"]] == [(hidden, "to")]
    assert [(x["number"], x["direction"]) for x in world.page(o.agent, hidden)["links"]] == [(one, "from")]
    shown = world.page(o.biller, one)["links"][0]
    assert (shown["visible"], "number" in shown, "subject" in shown) == (False, False, False)
    again = world.do(o.agent, one, "link", other=hidden, kind="duplicate")
    assert (again.status, again.code) == (409, "linked_already")
    back = world.do(o.agent, hidden, "link", other=one, kind="related")
    assert back.status == 200
    turned = world.do(o.agent, one, "link", other=hidden, kind="related")
    assert (turned.status, turned.code) == (409, "linked_already")
    itself = world.do(o.agent, one, "link", other=one)
    assert (itself.code, itself["field"]) == ("link_to_itself", "other")


def test_a_link_does_not_tell_whether_a_hidden_ticket_is_there(world: World) -> None:
    o = world.o
    hidden = world.number()
    mine = world.number(by=o.agent_two)
    refusals: list[Answer] = [
        world.do(o.agent_two, mine, "link", other=number) for number in (hidden, "20200101-000001")
    ]
    assert [(one.status, one.code) for one in refusals] == [(422, "unknown_ticket")] * 2
    assert refusals[0]["detail"] == refusals[1]["detail"]


def changed(world: World, number: str) -> dict[str, Any]:
    return dict(world.track(number)["entries"][-1]["data"]["changed"])


def test_a_correction_keeps_the_old_value(world: World) -> None:
    o = world.o
    number = scenes.accepted(world)
    world.done(
        o.agent, number, "edit", body="新内容", priority=4, tags=["宽带", "宽带"], fields={"order": "A9"}
    )
    assert changed(world, number) == {
        "body": ["宽带断了三天。没有人上门。", "新内容"],
        "priority": [2, 4],
        "tags": [[], ["宽带"]],
        "fields.order": [None, "A9"],
    }
    nothing = world.do(o.agent, number, "edit", priority=4)
    assert (nothing.status, nothing.code) == (422, "nothing_changed")
    world.done(o.agent, number, "edit", customer_id=world.customer.pk)
    assert Ticket.objects.get(number=number).customer_level == "vip"
    unknown = world.do(o.agent, number, "edit", customer_id=2**40)
    assert (unknown.code, unknown["field"]) == ("unknown_customer", "customer_id")


def test_correcting_the_phone_leaves_the_name_and_is_masked_in_the_track(world: World) -> None:
    number = world.number(requester={"name": "李建国", "phone": "13800138000"})
    world.done(world.o.agent, number, "edit", requester={"phone": "13900139000"})
    ticket = Ticket.objects.get(number=number)
    assert (ticket.requester_name, ticket.requester_phone) == ("李建国", "+8613900139000")
    assert changed(world, number) == {"requester_phone": ["138****8000", "139****9000"]}


def test_an_urge_is_counted_and_told(world: World) -> None:
    number = scenes.accepted(world)
    world.done(world.o.agent, number, "urge")
    answer = world.done(world.o.agent, number, "urge", reason="客户又来电")
    assert answer["sentence"]["params"]["times"] == 2
    assert answer["sentence"]["params"]["notify"] == [world.o.clerk.pk]
    assert world.by(world.o.clerk).get("/todo/mine")["items"][0]["urged"] == 2
