"""Which tickets the demo company has: how many of which life, how long ago, about what. The same at every call."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

from gongdan.config.demo import lives, texts
from gongdan.config.demo.customers import DemoCustomer, demo_customers
from gongdan.config.demo.moments import backward
from gongdan.config.demo.running import Life
from gongdan.config.demo.steps import Steps
from gongdan.config.demo.warning_lives import WARNING
from gongdan.core.tickets.contracts import OpenTicket

AGENTS = ("agent", "agent2", "agent3", "agent4")
CHANNELS = ("phone", "phone", "phone", "phone", "wechat", "web_form", "app", "email", "chat")
BROADBAND = "broadband_down broadband_slow broadband_drops tv_no_picture tv_stutter modem"
MOBILE = "mobile_indoor mobile_outdoor mobile_data mobile_calls"
FROM_NETWORK = "complaint_late complaint_again complaint_manner"
COMPLAINTS = (
    "fee_unordered fee_roaming fee_contract complaint_late complaint_again complaint_hotline "
    "complaint_shop complaint_sales complaint_privacy"
)
DAILY = "daily_invoice daily_name daily_card daily_move daily_stop daily_cancel"


@dataclass(frozen=True, slots=True)
class Batch:
    """`names` of `pool`, each `times` times. Either opened between `days` (oldest, newest) ago and led to its end, or
    at rest since so many minutes (`rest`: least, most), so that the open ones are not all late."""

    pool: Mapping[str, Steps]
    names: str
    categories: str
    times: int = 1
    days: tuple[float, float] = (0, 0)
    rest: tuple[float, float] | None = None


BATCHES = (
    Batch(lives.COMPLAINT, "satisfied content", COMPLAINTS, 3, days=(13, 4)),
    Batch(
        lives.COMPLAINT, "unfounded returned returned_straight refused consulted", COMPLAINTS, days=(12, 4)
    ),
    Batch(
        lives.COMPLAINT, "not_ours dissatisfied countersigned extension_granted", FROM_NETWORK, days=(11, 4)
    ),
    Batch(
        lives.COMPLAINT, "not_reached unreachable extension_refused forced cancelled", COMPLAINTS, days=(9, 5)
    ),
    Batch(lives.COMPLAINT, "consulting co_handling paused dissatisfied_open", FROM_NETWORK, rest=(20, 900)),
    Batch(lives.COMPLAINT, "extension_asked reopened resumed", FROM_NETWORK, rest=(20, 300)),
    Batch(lives.COMPLAINT, "to_call", COMPLAINTS, 5, rest=(30, 1000)),
    Batch(
        lives.COMPLAINT, "to_call_again to_approve to_handle handling urged", COMPLAINTS, 2, rest=(10, 240)
    ),
    Batch(lives.COMPLAINT, "to_verify verifying", COMPLAINTS, 3, rest=(5, 300)),
    Batch(WARNING, "to_raise to_pick_up to_pass_back to_close", "complaint_warning", rest=(8, 45)),
    Batch(WARNING, "to_verify to_advise to_decide to_call", "complaint_warning", rest=(30, 200)),
    Batch(lives.REPAIR, "remote visit", BROADBAND, 6, days=(13, 3)),
    Batch(lives.REPAIR, "charged", BROADBAND, 2, days=(9, 3)),
    Batch(lives.REPAIR, "wrong_place redone transferred transferred_person", BROADBAND, rest=(10, 100)),
    Batch(
        lives.REPAIR, "to_accept repairing to_charge called_in_help withdrawn", BROADBAND, 2, rest=(10, 200)
    ),
    Batch(lives.REPAIR, "to_repair dispatching urged", MOBILE, 2, rest=(5, 150)),
    Batch(lives.REPAIR, "to_dispatch", f"{BROADBAND} {MOBILE} leased_line leased_quality", 8, rest=(2, 130)),
    Batch(lives.COMPENSATION, "paid explained", "outage_refund", days=(10, 4)),
    Batch(lives.COMPENSATION, "refused signing repair_only to_verify", "outage_refund", rest=(15, 200)),
    Batch(
        lives.CONSULTATION,
        "answered replied",
        "fee_query plan_query promotion_query coverage_query",
        3,
        days=(13, 3),
    ),
    Batch(lives.CONSULTATION, "answering waiting", "fee_query plan_query coverage_query", 2, rest=(5, 280)),
    Batch(lives.CONSULTATION, "wrong_department", "fee_query", rest=(20, 90)),
    Batch(lives.DAILY, "done", DAILY, 5, days=(12, 3)),
    Batch(lives.DAILY, "completed_later", DAILY, 1, days=(8, 3)),
    Batch(lives.DAILY, "incomplete handling waiting", DAILY, 1, rest=(10, 700)),
    Batch(
        lives.SUGGESTION, "adopted", "suggest_service suggest_network suggest_product praise", 2, days=(13, 7)
    ),
    Batch(
        lives.SUGGESTION,
        "to_reply studying waiting",
        "suggest_service suggest_network suggest_product",
        rest=(60, 2000),
    ),
)
ON_THE_SPOT = 14


def planned(now: datetime, customers: Mapping[int, int], chance: Random) -> list[Life]:
    """Every life, with its times counted back from `now`. `customers`: index to id."""
    people = demo_customers()
    made = [life for batch in BATCHES for life in _batch(batch, now, customers, people, chance)]
    made += [_on_the_spot(now, customers, people, chance) for _ in range(ON_THE_SPOT)]
    made.append(_draft(now, customers, people, chance))
    return made


def _batch(
    batch: Batch, now: datetime, customers: Mapping[int, int], people: list[DemoCustomer], chance: Random
) -> Iterator[Life]:
    categories = batch.categories.split()
    for name in batch.names.split() * batch.times:
        category = chance.choice(categories)
        request = _request(category, chance.choice(people), customers, chance)
        steps = batch.pool[name]
        at = _moment(now, batch, steps, chance)
        yield Life(at, chance.choice(AGENTS), request, steps, by_day=batch.rest is None)


def _moment(now: datetime, batch: Batch, steps: Steps, chance: Random) -> datetime:
    if batch.rest is None:
        oldest, newest = batch.days
        return backward(now - timedelta(days=chance.uniform(newest, oldest)))
    return now - timedelta(minutes=chance.uniform(*batch.rest) + sum(step.after for step in steps))


def _request(
    category: str, person: DemoCustomer, customers: Mapping[int, int], chance: Random, **more: Any
) -> OpenTicket:
    known = chance.random() < 0.85
    return OpenTicket(
        category=category,
        body=_body(category, chance),
        channel=chance.choice(CHANNELS),
        customer_id=customers[person.index] if known else None,
        requester={"name": "" if known and person.organization else person.name, "phone": person.mobile},
        fields=_fields(category, person, chance),
        **more,
    )


def _body(category: str, chance: Random) -> str:
    return chance.choice(texts.BODIES[category]).format(
        place=chance.choice(texts.PLACES), days=chance.randint(2, 6), money=chance.choice((15, 20, 39, 68, 120, 199)),
        hour=chance.randint(7, 11),
    )  # fmt: skip


def _fields(category: str, person: DemoCustomer, chance: Random) -> dict[str, Any]:
    if category == "outage_refund":
        return {"account_number": person.account, "outage_hours": chance.randint(4, 80)}
    if category.startswith(("broadband", "tv_", "modem", "mobile", "leased")):
        filled: dict[str, Any] = {"address": person.address_value, "contact_phone": person.mobile}
        return filled | ({"speed": 38.5} if category == "broadband_slow" else {})
    if category.startswith("daily"):
        return {"account_number": person.account}
    if category == "complaint_warning":
        return {"complexity": chance.choice(("simple", "complex"))}
    if category.startswith(("fee_un", "fee_ro", "fee_co", "complaint")):
        return {"demand": chance.choice(("apology", "refund", "solve", "explain"))}
    return {}


def _on_the_spot(
    now: datetime, customers: Mapping[int, int], people: list[DemoCustomer], chance: Random
) -> Life:
    category = chance.choice("fee_query plan_query promotion_query coverage_query".split())
    answered = {"answered_on_spot": True, "answer": chance.choice(texts.ANSWERS)}
    request = _request(category, chance.choice(people), customers, chance, **answered)
    at = backward(now - timedelta(days=chance.uniform(0.1, 13)))
    return Life(at, chance.choice(AGENTS), request, ())


def _draft(now: datetime, customers: Mapping[int, int], people: list[DemoCustomer], chance: Random) -> Life:
    request = _request("complaint_privacy", people[3], customers, chance, draft=True)
    return Life(now - timedelta(minutes=25), "agent", request, ())
