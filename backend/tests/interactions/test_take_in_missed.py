"""Who it is, and whom to call back: one customer or nobody, one task per number, none for those who got through."""

from __future__ import annotations

from datetime import timedelta

import pytest

from gongdan.core.customers.actions import create_customer
from gongdan.core.customers.find import customers_by_number
from gongdan.core.interactions import matching
from gongdan.core.interactions.models import Call, CallbackTask, CallbackTaskCall
from gongdan.kernel.actor import system
from gongdan.outbox.models import EventRecord
from tests.interactions.telling import Exchange, abandoned_call, answered_call, told

WITHHELD = [
    "",
    "anonymous",
    "Unknown",
    "RESTRICTED",
    "Private",
    "0000000000",
    "sip:anonymous@anonymous.invalid",
    "12",
]
KNOWN = [
    *("13800138000", "010-12345678", "010-12345678转801", "12345678", "95598", "13900139000", "13900139000"),
    "+1 212 555 0100",
]
DAY = timedelta(days=1).total_seconds()


def customer(name: str, *numbers: str) -> int:
    contacts = [{"kind": "phone", "value": number} for number in numbers]
    return create_customer({"name": name}, contacts=contacts, actor=system("test")).customer_id


def events(kind: str) -> list[dict[str, object]]:
    return [event.data for event in EventRecord.objects.filter(type=kind).order_by("id")]


@pytest.mark.parametrize(
    "caller",
    ["13800138000", "+86 138 0013 8000", "008613800138000", "１３８００１３８０００", "sip:13800138000@pbx"],
)
def test_one_customer_with_the_number_is_the_customer(main: Exchange, caller: str) -> None:
    found = customer("王芳", "138-0013-8000")
    main.tell(*answered_call(caller=caller))
    call = Call.objects.get()
    assert (call.customer_id, call.customer_number) == (found, "+8613800138000")


def test_several_with_one_number_are_nobody(main: Exchange) -> None:
    customer("王芳", "13800138000")
    customer("王强", "13800138000")
    main.tell(*answered_call())
    assert Call.objects.get().customer_id is None


def test_what_a_person_said_is_not_said_over(main: Exchange) -> None:
    customer("王芳", "13800138000")
    main.tell(*answered_call()[:4])
    Call.objects.update(customer=None, chosen=True)
    main.tell(*answered_call()[4:])
    assert Call.objects.get().customer_id is None


@pytest.mark.parametrize("caller", WITHHELD)
def test_a_withheld_number_is_nobody_and_nobodys_task(main: Exchange, caller: str) -> None:
    customer("王芳", "13800138000")
    main.tell(*abandoned_call(caller=caller))
    call = Call.objects.get()
    assert (call.customer_number, call.customer_id, call.outcome) == ("", None, "abandoned")
    assert not CallbackTask.objects.exists()


@pytest.mark.parametrize(
    "text",
    [
        "13800138000",
        "010-12345678",
        "010-12345678转801",
        "12345678",
        "95598",
        "+1 212 555 0100",
        "13900139000",
    ],
)
def test_the_one_customer_is_whom_finding_by_number_calls_the_same(main: Exchange, text: str) -> None:
    for place, number in enumerate(KNOWN):
        customer(f"甲{place}", number)
    same = {match.customer_id for match in customers_by_number(text) if match.how == "same"}
    wanted = {text: same.pop()} if len(same) == 1 else {}
    assert matching.only_customers([text]) == wanted


def test_missed_calls_of_one_number_are_one_task(main: Exchange) -> None:
    found = customer("王芳", "13800138000")
    main.tell(
        *abandoned_call(call="c1"),
        *abandoned_call(call="c2", begin=600),
        *abandoned_call(call="c3", caller="010-12345678"),
    )
    main.tell(*abandoned_call(call="c4", begin=1200))
    task = CallbackTask.objects.get(number="+8613800138000")
    assert (task.calls, task.state, task.customer_id, task.queue, task.line) == (
        3,
        "open",
        found,
        "service",
        "95598",
    )
    assert (task.last_call_at - task.first_call_at).total_seconds() == 1200
    assert CallbackTaskCall.objects.filter(task=task).count() == 3
    assert len(events("CallbackTaskMade")) == 2


def test_told_in_pieces_and_again_a_missed_call_counts_once(main: Exchange) -> None:
    for signal in abandoned_call():
        main.tell(signal)
    main.tell(told("ended", 40, by="customer", cause="16"), told("recorded", 50, ref="x"))
    assert CallbackTask.objects.get().calls == 1


def test_who_hung_up_at_once_is_not_called_back(main: Exchange) -> None:
    main.tell(*abandoned_call(call="c1", waits=4))
    assert not CallbackTask.objects.exists()
    main.tell(*abandoned_call(call="c2", waits=5))
    assert CallbackTask.objects.get().calls == 1


def test_who_gets_through_needs_no_calling_back(main: Exchange) -> None:
    main.tell(*abandoned_call(call="c1"))
    main.tell(*answered_call(call="c2", begin=600))
    task = CallbackTask.objects.get()
    assert (task.state, task.result, task.done_at is not None) == ("done", "called_again", True)
    assert events("CallbackTaskEnded") == [{"state": "done", "result": "called_again", "tries": 0}]
    main.tell(*abandoned_call(call="c3", begin=1200))
    assert list(CallbackTask.objects.order_by("id").values_list("state", flat=True)) == ["done", "open"]


def test_in_one_batch_it_is_the_order_of_the_calls_that_counts(main: Exchange) -> None:
    main.tell(*answered_call(call="c0"), *abandoned_call(call="c1", begin=600))
    assert CallbackTask.objects.get().state == "open"


def test_a_call_of_ours_that_is_answered_closes_the_task(main: Exchange) -> None:
    main.tell(*abandoned_call(call="c1"))
    ours = told(
        "began", 600, call="c2", direction="outbound", caller="801", dialled="13800138000", party="801"
    )
    main.tell(ours, told("ringing", 605, call="c2"))
    assert CallbackTask.objects.get().state == "open"
    main.tell(told("answered", 610, call="c2"))
    assert (CallbackTask.objects.get().state, CallbackTask.objects.get().result) == ("done", "reached")


def test_a_task_somebody_has_taken_stays_theirs(main: Exchange) -> None:
    main.tell(*abandoned_call(call="c1"))
    CallbackTask.objects.update(state="taken")
    main.tell(*answered_call(call="c2", begin=600), *abandoned_call(call="c3", begin=3 * DAY))
    assert (CallbackTask.objects.get().state, CallbackTask.objects.get().calls) == ("taken", 2)


def test_an_old_task_is_given_up_for_a_new_one(main: Exchange) -> None:
    main.tell(
        *abandoned_call(call="c1"),
        *abandoned_call(call="c2", begin=1.9 * DAY),
        *abandoned_call(call="c3", begin=4 * DAY),
    )
    found = CallbackTask.objects.order_by("id").values_list("state", "calls")
    assert list(found) == [("given_up", 2), ("open", 1)]
    assert [one["state"] for one in events("CallbackTaskEnded")] == ["given_up"]
