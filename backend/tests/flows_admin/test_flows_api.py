"""Publishing flows over HTTP: what is refused and where it says the fault is, what a new version touches."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from gongdan.core.catalogue.actions import add_form_version, create_category
from gongdan.core.staff.models import Staff
from gongdan.core.tickets.models import Ticket
from gongdan.kernel.actor import Actor, system
from gongdan.outbox.models import EventRecord
from tests.client import Answer, Client
from tests.company import Organisation

QUICK = """flow: quick
title: {zh-Hans: 快办, en: Quick}
nodes:
  intake: {kind: start}
  work: {kind: task, handled_by: department network}
  done: {kind: end}
edges:
  - intake -> work -> done
"""
LONGER = QUICK.replace("work -> done", "work -> check -> done").replace(
    "  done: {kind: end}", "  check: {kind: task, handled_by: role head}\n  done: {kind: end}"
)


@pytest.fixture
def admin(organisation: Organisation, client_of: Callable[..., Client]) -> Client:
    return client_of(organisation.admin)


def publish(client: Client, document: str, code: str = "quick") -> Answer:
    return client.post(f"/flows/{code}/versions", {"document": document})


def category(organisation: Organisation, code: str = "quick") -> None:
    settings = {"flow": "quick", "entry_department": organisation.network.pk, "kind": "repair"}
    create_category(actor=system("test"), name=code, code=code, settings=settings)


def test_a_published_flow_is_listed_with_who_made_it(admin: Client, organisation: Organisation) -> None:
    made = publish(admin, QUICK)
    assert (made.status, made.body) == (201, {"flow": "quick", "number": 1})
    shown = admin.get("/flows/quick")
    assert shown["document"] == QUICK
    assert shown["title"] == {"zh-Hans": "快办", "en": "Quick"}
    assert shown["published_by"] == {"id": organisation.admin.pk, "name": organisation.admin.name}
    assert [node["code"] for node in shown["strip"]["nodes"]] == ["intake", "work", "done"]
    assert shown["strip"]["edges"][0]["from"] == "intake"
    (line,) = admin.get("/flows")["items"]
    assert (line["code"], line["current"]["number"], line["categories"]) == ("quick", 1, 0)


def test_publishing_is_told_on_the_trail(admin: Client) -> None:
    publish(admin, QUICK)
    publish(admin, LONGER)
    told = EventRecord.objects.filter(type="FlowPublished").order_by("seq").values_list("data", flat=True)
    assert [(one["code"], one["number"], one["previous"]) for one in told] == [
        ("quick", 1, None),
        ("quick", 2, 1),
    ]


def test_tickets_keep_the_version_they_were_opened_with(
    admin: Client, organisation: Organisation, client_of: Callable[..., Client]
) -> None:
    publish(admin, QUICK)
    category(organisation)
    number = client_of(organisation.agent).post("/tickets", {"category": "quick", "body": "断网"})["number"]
    touches = admin.get("/flows/quick")["touches"]
    assert touches == {
        "open_tickets": {"count": 1, "more": False},
        "categories": [{"code": "quick", "name": "quick"}],
    }
    assert publish(admin, LONGER)["number"] == 2
    other = client_of(organisation.agent).post("/tickets", {"category": "quick", "body": "断网"})["number"]
    versions = dict(Ticket.objects.values_list("number", "flow_version__number"))
    assert versions == {number: 1, other: 2}
    assert [one["number"] for one in admin.get("/flows/quick")["versions"]] == [2, 1]
    assert admin.get("/flows/quick/versions/1")["document"] == QUICK


@pytest.mark.parametrize(
    ("fault", "mended", "line", "code"),
    [
        ("intake -> work -> done", "intake -> done", 5, "unreachable"),
        ("kind: end", "kind: ende", 6, "unknown_kind"),
        ("department network", "department netwrok", 5, "unknown_department"),
        ("department network", "team nobody", 5, "unknown_team"),
        ("department network", "role chef in department network", 5, "unknown_role"),
        ("flow: quick", "flow: slow", 1, "other_flow"),
    ],
)
def test_what_is_not_sound_is_refused_with_its_line(
    admin: Client, fault: str, mended: str, line: int, code: str
) -> None:
    refused = publish(admin, QUICK.replace(fault, mended))
    assert (refused.status, refused.code) == (422, "unsound_flow")
    found = [(one["line"], one["code"]) for one in refused["errors"]]
    assert (line, code) in found
    checked = admin.post("/flows/quick/check", {"document": QUICK.replace(fault, mended)})
    assert checked["sound"] is False
    assert [(one["line"], one["code"]) for one in checked["findings"]] == found
    assert admin.get("/flows/quick").status == 404


def test_a_field_that_no_category_of_the_flow_has_is_refused(
    admin: Client, organisation: Organisation
) -> None:
    publish(admin, QUICK)
    category(organisation)
    add_form_version(
        "quick", [{"code": "facts", "type": "text", "label": {"en": "Facts"}}], actor=system("test")
    )
    wrong = QUICK.replace("department network}", "department network, fields: {fatcs: required}}")
    refused = publish(admin, wrong)
    assert [(one["place"], one["line"], one["code"]) for one in refused["errors"]] == [
        ("node work", 5, "unknown_field")
    ]
    asks = QUICK.replace(
        "  - intake -> work -> done",
        "  - intake -> work\n  - work -> done: amount over 0\n  - work -> intake: otherwise",
    )
    assert [one["line"] for one in publish(admin, asks)["errors"]] == [9]
    assert publish(admin, wrong.replace("fatcs", "facts")).status == 201


def test_a_check_changes_nothing(admin: Client) -> None:
    checked = admin.post("/flows/quick/check", {"document": QUICK})
    assert (checked["sound"], checked["findings"]) == (True, [])
    assert checked["strip"]["columns"] == 3
    assert admin.get("/flows")["items"] == []


def test_the_same_words_are_not_published_again(admin: Client) -> None:
    publish(admin, QUICK)
    assert (publish(admin, QUICK).status, publish(admin, QUICK + "\n").code) == (409, "flow_unchanged")


def test_a_request_sent_twice_publishes_once(admin: Client) -> None:
    first = admin.post("/flows/quick/versions", {"document": QUICK}, key="once")
    again = admin.post("/flows/quick/versions", {"document": QUICK}, key="once")
    assert (again.status, again.body) == (201, first.body)
    assert len(admin.get("/flows/quick")["versions"]) == 1


def test_only_who_may_administers_flows(organisation: Organisation, client_of: Callable[..., Client]) -> None:
    clerk = client_of(organisation.clerk)
    assert publish(clerk, QUICK).code == "right_missing"
    assert clerk.post("/flows/quick/check", {"document": QUICK}).status == 403
    assert clerk.get("/flows/quick").status == 403
    assert clerk.get("/flows/quick/versions/1").status == 403
    assert client_of(None).get("/flows").status == 401


def test_what_there_is_not_is_404(admin: Client) -> None:
    assert admin.get("/flows/nothing").code == "unknown_flow"
    publish(admin, QUICK)
    assert admin.get("/flows/quick/versions/9").code == "unknown_flow_version"


@pytest.mark.parametrize("document", ["", "   ", "[]", "flow: x\nnodes: 7", "a: &b [*b]", "é" * 200_000])
def test_what_is_no_flow_is_refused_in_words(admin: Client, document: str) -> None:
    assert publish(admin, document).status == 422


def test_an_unknown_actor_publishes_nothing(
    organisation: Organisation, actor_of: Callable[[Staff], Actor]
) -> None:
    from gongdan.core.flow.publish import publish as act
    from gongdan.kernel.errors import Forbidden

    with pytest.raises(Forbidden):
        act("quick", QUICK, actor=actor_of(organisation.agent))
