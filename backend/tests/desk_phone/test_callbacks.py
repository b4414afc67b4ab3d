"""Callback tasks: whom nobody answered is called back once, by one person, and it is written down what came of it."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.db import connection

from gongdan.core.customers.models import Customer
from gongdan.core.interactions.models import CallbackTask, PhoneCommand
from gongdan.core.interactions.phone_signals import Kind
from gongdan.desk import callbacks
from gongdan.kernel import clock
from gongdan.outbox.models import EventRecord
from tests.client import Answer
from tests.desk_phone.conftest import NUMBER, Hotline


def miss(hotline: Hotline, number: str = NUMBER) -> int:
    """Somebody calls and hangs up after a while."""
    return hotline.end(hotline.ring(hotline.w.o.agent, number=number), after=30)


def listed(hotline: Hotline, state: str = "open", **more: str) -> Answer:
    answer = hotline.by(hotline.w.o.agent).get("/phone/callbacks", state=state, **more)
    assert answer.status == 200, answer.body
    callbacks.CallbackTasks.model_validate(answer.body)
    return answer


def test_a_missed_call_is_taken_dialled_and_done(hotline: Hotline, known: Customer) -> None:
    o = hotline.w.o
    hotline.sign_in(o.agent)
    call_id = miss(hotline)
    again = miss(hotline)
    (task,) = listed(hotline)["items"]
    assert task["number"] == {"shown": "138****8000", "masked": True, "digits": None}
    assert (task["calls"], task["customer"]["id"], task["line_label"]) == (2, known.pk, "服务热线")
    assert [one["call_id"] for one in task["missed"]] == [call_id, again]
    assert hotline.me(o.agent)["callbacks_open"] == 1
    path = f"/phone/callbacks/{task['id']}"
    assert hotline.by(o.agent).post("/phone/dial", {"callback_task_id": task["id"]}).code == "task_not_yours"
    taken = hotline.by(o.agent).post(f"{path}/take")
    callbacks.CallbackTask.model_validate(taken.body)
    assert taken["number"]["digits"] == "+8613800138000"
    assert [one["id"] for one in listed(hotline, "mine")["items"]] == [task["id"]]
    asked = hotline.by(o.agent).post("/phone/dial", {"callback_task_id": task["id"]})
    args = PhoneCommand.objects.get(pk=asked["command"]).args
    assert args == {"extension": "801", "number": NUMBER, "callback_task_id": task["id"]}
    hotline.tell("out", Kind.BEGAN, direction="outbound", caller="801", dialled=NUMBER)
    hotline.tell("out", Kind.RINGING, party="801", leg="SIP/801-out")
    hotline.tell("out", Kind.ANSWERED, party="801", leg="SIP/801-out")
    hotline.tell("out", Kind.ENDED, by="customer")
    done = hotline.by(o.agent).post(f"{path}/result", {"result": "reached", "note": "已答复"})
    assert (done["state"], done["result"], done["note"]) == ("done", "reached", "已答复")
    assert len(done["tried"]) == 1
    page = hotline.by(o.agent).get(f"/calls/{done['tried'][0]['call_id']}")
    assert page["callback_task"] == {"id": task["id"], "state": "done"}
    assert listed(hotline)["items"] == []
    assert [one["id"] for one in listed(hotline, "done")["items"]] == [task["id"]]
    told = EventRecord.objects.get(type="CallbackTaskEnded", subject_id=task["id"])
    assert told.data == {"state": "done", "result": "reached", "tries": 0, "note": "已答复"}


def test_not_reached_waits_for_the_next_try(hotline: Hotline) -> None:
    o = hotline.w.o
    miss(hotline)
    (task,) = listed(hotline)["items"]
    path = f"/phone/callbacks/{task['id']}"
    assert hotline.by(o.agent).post(f"{path}/result", {"result": "reached"}).code == "task_not_yours"
    hotline.by(o.agent).post(f"{path}/take")
    later = (clock.now() + timedelta(hours=2)).isoformat()
    past = {"result": "not_reached", "next_try_at": (clock.now() - timedelta(hours=2)).isoformat()}
    assert hotline.by(o.agent).post(f"{path}/result", past).code == "next_try_past"
    told = hotline.by(o.agent).post(f"{path}/result", {"result": "not_reached", "next_try_at": later})
    assert (told["state"], told["tries"], told["taken_by"]) == ("open", 1, None)
    assert listed(hotline)["items"] == []
    assert [one["id"] for one in listed(hotline, "later")["items"]] == [task["id"]]


def test_a_wrong_number_is_given_up(hotline: Hotline) -> None:
    o = hotline.w.o
    miss(hotline)
    path = f"/phone/callbacks/{CallbackTask.objects.get().pk}"
    hotline.by(o.agent).post(f"{path}/take")
    given_up = hotline.by(o.agent).post(f"{path}/result", {"result": "wrong_number"})
    assert given_up["state"] == "given_up"
    assert hotline.by(o.agent).post(f"{path}/take").code == "task_over"


def test_what_is_given_back_others_may_take(hotline: Hotline) -> None:
    o = hotline.w.o
    miss(hotline)
    path = f"/phone/callbacks/{CallbackTask.objects.get().pk}"
    hotline.by(o.agent).post(f"{path}/take")
    assert hotline.by(o.agent).post(f"{path}/take").status == 200
    refused = hotline.by(o.agent_two).post(f"{path}/take")
    assert (refused.status, refused.code, refused["params"]) == (409, "taken_already", {"holder": "王敏"})
    assert hotline.by(o.agent_two).post(f"{path}/give-back").code == "task_not_yours"
    assert hotline.by(o.agent).post(f"{path}/give-back")["state"] == "open"
    assert hotline.by(o.agent_two).post(f"{path}/take").status == 200


def test_only_who_takes_calls_sees_the_tasks(hotline: Hotline) -> None:
    o = hotline.w.o
    assert hotline.by(o.clerk).get("/phone/callbacks").code == "right_missing"
    for verb in ("take", "give-back", "result"):
        refused = hotline.by(o.clerk).post(f"/phone/callbacks/1/{verb}", {"result": "reached"})
        assert refused.code == "right_missing"
        gone = hotline.by(o.agent).post(f"/phone/callbacks/99999/{verb}", {"result": "reached"})
        assert gone.code == "unknown_task"


def test_pages_follow_each_other_without_a_gap(hotline: Hotline) -> None:
    for place in range(5):
        miss(hotline, f"1390013900{place}")
    seen: list[int] = []
    after = None
    while True:
        page = hotline.by(hotline.w.o.agent).get("/phone/callbacks", limit=2, after=after)
        seen += [one["id"] for one in page["items"]]
        after = page["next"]
        if after is None:
            break
    assert seen == list(CallbackTask.objects.order_by("last_call_at", "id").values_list("pk", flat=True))
    assert len(seen) == 5


@pytest.mark.django_db(transaction=True)
def test_of_two_who_take_one_task_at_once_one_has_it(hotline: Hotline) -> None:
    o = hotline.w.o
    miss(hotline)
    task_id = CallbackTask.objects.get().pk
    people = (o.agent, o.agent_two)
    for person in people:
        hotline.by(person)
    together = threading.Barrier(2)
    answers: list[Answer] = []

    def take(person: object) -> None:
        try:
            together.wait(10)
            answers.append(hotline.by(person).post(f"/phone/callbacks/{task_id}/take"))  # type: ignore[arg-type]
        finally:
            connection.close()

    threads = [threading.Thread(target=take, args=(person,)) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(one.status for one in answers) == [200, 409]
    assert CallbackTask.objects.get().taken_by_id in {person.pk for person in people}
