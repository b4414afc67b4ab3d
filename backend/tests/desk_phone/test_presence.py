"""Signing in, presence, after-call work: what one may say of oneself, and what a supervisor may of others."""

from __future__ import annotations

import threading

import pytest
from django.db import connection

from gongdan.core.interactions.models import Extension, PhoneCommand, Presence, PresenceSpan
from gongdan.core.staff.models import Staff
from gongdan.desk import phone_shapes
from gongdan.outbox.models import EventRecord
from tests.client import Answer
from tests.desk_phone.conftest import Hotline


def test_one_signs_in_to_a_free_extension_and_is_busy_until_one_says_ready(hotline: Hotline) -> None:
    agent = hotline.w.o.agent
    before = hotline.me(agent)
    phone_shapes.Me.model_validate(before.body)
    assert before["presence"]["state"] == "offline"
    assert [one["number"] for one in before["extensions"]] == ["801", "802", "803"]
    inside = hotline.by(agent).post("/phone/sign-in", {"extension_id": hotline.seat(agent).pk})
    assert inside["presence"]["state"] == "busy"
    assert inside["presence"]["extension"] == {
        "id": hotline.seat(agent).pk, "number": "801", "kind": "desk_phone", "system": "pbx",
    }  # fmt: skip
    assert inside["connected"] is True
    ready = hotline.by(agent).post("/phone/presence", {"state": "ready"})
    assert ready["presence"]["state"] == "ready"
    assert hotline.by(agent).post("/phone/sign-out", {})["presence"]["state"] == "offline"
    spans = PresenceSpan.objects.filter(staff=agent).order_by("id").values_list("state", flat=True)
    assert list(spans) == ["busy", "ready", "offline"]
    told = EventRecord.objects.filter(type="PresenceChanged", subject_id=agent.pk).order_by("seq")
    assert [one.data["new"] for one in told] == ["busy", "ready", "offline"]


def test_the_queues_are_told_when_somebody_pauses(hotline: Hotline) -> None:
    agent = hotline.w.o.agent
    hotline.sign_in(agent)
    hotline.by(agent).post("/phone/presence", {"state": "break", "reason": "meal"})
    commands = PhoneCommand.objects.order_by("id").values_list("verb", "args")
    assert list(commands) == [
        ("pause", {"extension": "801", "reason": "busy"}),
        ("unpause", {"extension": "801"}),
        ("pause", {"extension": "801", "reason": "meal"}),
    ]


def test_a_break_needs_a_reason_that_is_in_use(hotline: Hotline) -> None:
    agent = hotline.w.o.agent
    hotline.sign_in(agent)
    refused = hotline.by(agent).post("/phone/presence", {"state": "break", "reason": "nothing"})
    assert (refused.status, refused.code) == (422, "unknown_break_reason")
    assert hotline.me(agent)["presence"]["state"] == "ready"


def test_without_an_extension_nobody_is_ready(hotline: Hotline) -> None:
    refused = hotline.by(hotline.w.o.agent).post("/phone/presence", {"state": "ready"})
    assert (refused.status, refused.code) == (409, "not_signed_in")


def test_a_taken_extension_is_refused_and_says_who_sits_there(hotline: Hotline) -> None:
    o = hotline.w.o
    hotline.sign_in(o.agent)
    refused = hotline.by(o.agent_two).post("/phone/sign-in", {"extension_id": hotline.seat(o.agent).pk})
    assert (refused.status, refused.code, refused["params"]["holder"]) == (409, "extension_taken", "王敏")
    taken = {one["number"]: one["taken_by"] for one in hotline.me(o.agent_two)["extensions"]}
    assert taken["801"] == {"id": o.agent.pk, "name": "王敏"}


def test_somebody_elses_own_extension_is_not_offered(hotline: Hotline) -> None:
    o = hotline.w.o
    Extension.objects.filter(pk=hotline.seat(o.agent).pk).update(staff=o.agent)
    assert "801" not in [one["number"] for one in hotline.me(o.agent_two)["extensions"]]
    refused = hotline.by(o.agent_two).post("/phone/sign-in", {"extension_id": hotline.seat(o.agent).pk})
    assert (refused.status, refused.code) == (422, "unknown_extension")


def test_without_the_right_there_is_no_telephone(hotline: Hotline) -> None:
    for answer in (
        hotline.by(hotline.w.o.clerk).get("/phone/me"),
        hotline.by(hotline.w.o.clerk).post(
            "/phone/sign-in", {"extension_id": hotline.seat(hotline.w.o.agent).pk}
        ),
        hotline.by(hotline.w.o.clerk).post("/phone/sign-out", {}),
        hotline.by(hotline.w.o.clerk).post("/phone/dial", {"number": "12345"}),
        hotline.by(hotline.w.o.clerk).post("/phone/presence", {"state": "ready"}),
    ):
        assert (answer.status, answer.code) == (403, "right_missing")


def test_that_a_page_is_there_is_written_down_now_and_then(hotline: Hotline) -> None:
    agent = hotline.w.o.agent
    hotline.sign_in(agent)
    seen = Presence.objects.get(staff=agent).seen_at
    assert seen is not None
    hotline.me(agent)
    assert Presence.objects.get(staff=agent).seen_at == seen


@pytest.mark.django_db(transaction=True)
def test_of_two_who_sit_down_at_once_one_has_the_extension(hotline: Hotline) -> None:
    o = hotline.w.o
    people = (o.agent, o.agent_two)
    for person in people:
        hotline.by(person)
    together = threading.Barrier(2)
    answers: list[Answer] = []

    def sit_down(person: Staff) -> None:
        try:
            together.wait(10)
            answers.append(
                hotline.by(person).post("/phone/sign-in", {"extension_id": hotline.seat(o.head).pk})
            )
        finally:
            connection.close()

    threads = [threading.Thread(target=sit_down, args=(person,)) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(((one.status, one.code) for one in answers), key=str) == [
        (200, None),
        (409, "extension_taken"),
    ]
    assert Presence.objects.filter(extension__isnull=False).count() == 1
