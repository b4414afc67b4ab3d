"""What a version would touch is shown before it is applied, nothing is kept of the looking, and applying does that."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from gongdan.core.customers.models import Customer
from gongdan.core.sla.models import PolicyVersion
from gongdan.core.staff.models import Scope
from gongdan.core.tickets.models import Clock, Ticket
from gongdan.core.tickets.policy_use import apply_version, page_of_living
from gongdan.kernel import reference
from gongdan.kernel.actor import system
from tests.client import Answer, Client
from tests.company import role
from tests.sla.conftest import Make, World, limited

HOUR = 3600


def look(admin: Client, code: str, **asked: Any) -> Answer:
    answer = admin.post(f"/policies/{code}/preview", asked)
    assert answer.status == 200, answer.body
    return answer


def tickets(answer: Answer) -> list[str]:
    return [one["ticket"] for one in answer["items"]]


def processes(answer: Answer) -> dict[str, tuple[int | None, int | None]]:
    return {
        one["ticket"]: (clock["old_limit"], clock["new_limit"])
        for one in answer["items"]
        for clock in one["clocks"]
        if clock["kind"] == "process"
    }


def apply(code: str, number: int) -> int:
    reference.forget()
    return apply_version(code, number, actor=system("test"))


def version_of(number: str) -> tuple[str, int] | None:
    found = Ticket.objects.values_list("policy_version__policy__code", "policy_version__number").get(
        number=number
    )
    return found if found[0] else None


def publish(admin: Client, code: str, terms: dict[str, Any]) -> int:
    answer = admin.post(f"/policies/{code}/versions", {"terms": terms})
    assert answer.status == 201, answer.body
    return int(answer["number"])


def test_a_new_version_of_the_same_policy(admin: Client, make: Make, world: World) -> None:
    make("rest", limited(4))
    number = world.number()
    assert version_of(number) == ("rest", 1)
    assert tickets(look(admin, "rest")) == []
    seen = look(admin, "rest", terms=limited(6))
    assert (seen["number"], seen["count"], seen["more"]) == (None, 1, False)
    (item,) = seen["items"]
    assert item["policy_now"] == {"code": "rest", "number": 1}
    assert item["policy_then"] == {"code": "rest", "number": None}
    assert item["subject"]
    assert processes(seen) == {number: (4 * HOUR, 6 * HOUR)}
    (clock,) = [one for one in item["clocks"] if one["kind"] == "process"]
    assert clock["old_due"] < clock["new_due"]


def test_looking_leaves_nothing_behind(admin: Client, make: Make, world: World) -> None:
    make("rest", limited(4))
    number = world.number()
    before = list(Clock.objects.order_by("id").values())
    look(admin, "rest", terms=limited(6))
    assert list(Clock.objects.order_by("id").values()) == before
    assert PolicyVersion.objects.count() == 1
    assert version_of(number) == ("rest", 1)
    assert admin.get("/policies/rest")["number"] == 1


def test_applying_does_what_was_shown(admin: Client, make: Make, world: World) -> None:
    make("rest", limited(4))
    number = world.number()
    shown = processes(look(admin, "rest", terms=limited(6)))
    publish(admin, "rest", limited(6))
    assert version_of(number) == ("rest", 1)
    reference.forget()
    assert processes(look(admin, "rest")) == shown
    assert apply("rest", 2) == 1
    assert version_of(number) == ("rest", 2)
    assert list(Clock.objects.filter(kind="process").values_list("limit", flat=True)) == [6 * HOUR]
    assert "PolicyApplied" in world.events(number)
    assert apply("rest", 2) == 0
    assert tickets(look(admin, "rest")) == []


def test_tickets_that_no_longer_fall_under_it_are_let_go(admin: Client, make: Make, world: World) -> None:
    make("rest", limited(9))
    make("complaints", limited(4, "kind is complaint"))
    number = world.number()
    assert version_of(number) == ("complaints", 1)
    narrower = limited(4, "kind is complaint and channel is email")
    (item,) = look(admin, "complaints", terms=narrower)["items"]
    assert item["policy_then"] == {"code": "rest", "number": 1}
    publish(admin, "complaints", narrower)
    assert apply("complaints", 2) == 1
    assert version_of(number) == ("rest", 1)


def test_tickets_that_would_newly_fall_under_it(admin: Client, make: Make, world: World) -> None:
    bare = world.number()
    assert version_of(bare) is None
    make("complaints", limited(4, "kind is complaint"))
    reference.forget()
    seen = look(admin, "complaints")
    assert tickets(seen) == [bare]
    assert seen["items"][0]["policy_now"] is None
    assert apply("complaints", 1) == 1
    assert version_of(bare) == ("complaints", 1)


def test_a_policy_further_up_keeps_its_tickets(admin: Client, make: Make, world: World) -> None:
    make("complaints", limited(4, "kind is complaint"))
    complaint, consultation = world.number(), world.number("consultation")
    make("rest", limited(9))
    reference.forget()
    assert tickets(look(admin, "rest")) == [consultation]
    assert apply("rest", 1) == 1
    assert (version_of(complaint), version_of(consultation)) == (("complaints", 1), ("rest", 1))


def test_the_customers_contract_is_asked(admin: Client, make: Make, world: World) -> None:
    Customer.objects.filter(pk=world.customer.pk).update(fields={"contract": "HT-7"})
    with_contract = world.number(customer_id=world.customer.pk)
    world.number()
    make("contract", limited(4, "contract is not empty"))
    reference.forget()
    assert tickets(look(admin, "contract")) == [with_contract]


def test_ended_tickets_and_drafts_are_left_alone(admin: Client, make: Make, world: World) -> None:
    ended = world.number()
    world.done(world.o.admin, ended, "cancel", reason="客户撤诉")
    world.number(draft=True)
    make("rest")
    reference.forget()
    assert look(admin, "rest").body == {"number": 1, "count": 0, "more": False, "items": []}
    assert apply("rest", 1) == 0


def test_a_policy_that_is_switched_off_only_lets_go(admin: Client, make: Make, world: World) -> None:
    make("rest", limited(4))
    held = world.number()
    admin.patch("/policies/rest", {"active": False})
    reference.forget()
    world.number()
    (item,) = look(admin, "rest")["items"]
    assert (item["ticket"], item["policy_then"]) == (held, None)


def test_no_more_is_looked_at_than_is_said(
    admin: Client, make: Make, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    from gongdan.core.tickets import policy_preview

    newest = [world.number() for _ in range(3)][-1]
    make("rest")
    reference.forget()
    monkeypatch.setattr(policy_preview, "PAGE", 1)
    monkeypatch.setattr(policy_preview, "MOST_LOOKED_AT", 1)
    monkeypatch.setattr(policy_preview, "page_of_living", lambda before: page_of_living(before, 1))
    seen = look(admin, "rest")
    assert (tickets(seen), seen["count"], seen["more"]) == ([newest], 1, True)


def test_faulty_terms_are_not_previewed(admin: Client, make: Make) -> None:
    make("rest")
    assert admin.post("/policies/rest/preview", {"terms": limited(0)}).code == "unsound_policy"
    assert admin.post("/policies/rest/preview", {"number": 9}).code == "unknown_policy_version"
    assert admin.post("/policies/nothing/preview", {}).code == "unknown_policy"


def waiting() -> list[dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT args FROM procrastinate_jobs WHERE task_name = 'policies.apply' ORDER BY id")
        return [json.loads(row[0]) for row in cursor.fetchall()]


def test_applying_is_a_job(admin: Client, make: Make, world: World) -> None:
    make("rest", limited(4))
    queued = admin.post("/policies/rest/apply", {"number": 1}, key="once")
    assert (queued.status, queued.body) == (202, {"queued": True})
    assert admin.post("/policies/rest/apply", {"number": 1}, key="once").status == 202
    assert waiting() == [{"code": "rest", "number": 1, "asked_by": world.o.admin.pk}]
    assert admin.post("/policies/rest/apply", {"number": 2}).code == "unknown_policy_version"


def test_only_who_may_previews_and_applies(agent: Client, make: Make) -> None:
    make("rest")
    for what, sent in (("preview", {}), ("apply", {"number": 1})):
        refused = agent.post(f"/policies/rest/{what}", sent)
        assert (refused.status, refused.code) == (403, "right_missing")
    assert waiting() == []


def test_what_one_may_not_see_is_not_read_in_a_preview(
    admin: Client, make: Make, world: World, client_of: Callable[..., Client]
) -> None:
    make("rest", limited(4))
    number = world.number()
    world.o.stranger.role_grants.create(role=role("timekeeper", ["admin.policies"], Scope.OWN))
    reference.forget()
    (item,) = look(client_of(world.o.stranger), "rest", terms=limited(6))["items"]
    assert (item["ticket"], item["subject"]) == (number, "")
