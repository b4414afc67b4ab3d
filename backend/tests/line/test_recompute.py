"""What is counted in SQL is what the ledger's calls say, for any day, however it is split and narrowed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from datetime import timedelta

import pytest

from gongdan.config.recounting import people_of, recount_days, rules, spans_of
from gongdan.core.interactions.ledger import reckon
from gongdan.core.interactions.models import Call, CallPart
from gongdan.kernel import clock
from gongdan.reports.line import figures
from gongdan.reports.line.contracts import Asked, By, Sums
from gongdan.reports.line.recompute import Offer, Part, offers_of, recompute
from tests.line.days import FIRST, ZONE, Days

MadeDays = Callable[..., Days]


def from_signals(days: Days) -> tuple[list[Offer], list[Part]]:
    offers, parts = list[Offer](), list[Part]()
    for call_id, key in Call.objects.values_list("pk", "key"):
        state = reckon(days.told[key])
        offers += offers_of(state, days.exchange.system.pk)
        parts += people_of(call_id).parts_of(state)
    return offers, parts


def asked(by: By = "none", **narrowed: object) -> Asked:
    return Asked(since=FIRST, until=FIRST + timedelta(days=1), now=clock.now(), zone=ZONE, by=by, **narrowed)  # type: ignore[arg-type]


@pytest.mark.parametrize("seed", range(6))
def test_counted_is_what_the_signals_say(days: MadeDays, seed: int) -> None:
    made = days(seed)
    offers, parts = from_signals(made)
    people = frozenset(person.pk for person in list(made.people.values())[:2])
    narrowings: list[dict[str, object]] = [{}, {"queue": "care"}, {"queue": ""}, {"staff_ids": people}]
    for by in ("none", "queue", "person", "hour", "day"):
        for narrowed in narrowings:
            question = asked(by, **narrowed)
            spans = spans_of(question)
            total, rows = figures.counted(question, rules())
            assert rows == recompute(question, rules(), offers, parts, spans), (by, narrowed)
            whole = asked("none", **narrowed)
            again = recompute(whole, rules(), offers, parts, spans).get("", Sums())
            assert asdict(total) == asdict(again), (by, narrowed)


def test_the_day_is_not_empty(days: MadeDays) -> None:
    """Or the test above says nothing."""
    days(0, calls=120)
    total, _ = figures.counted(asked(), rules())
    assert {name for name, value in asdict(total).items() if not value} == set()
    assert total.offered == (
        total.answered + total.abandoned + total.short_abandoned + total.overflowed + total.waiting
    )


def test_recounting_an_installation(days: MadeDays) -> None:
    days(3)
    last = FIRST + timedelta(days=1)
    said = recount_days(FIRST, last, ZONE)
    assert (said.different, said.forgotten, said.measures) == ([], 0, {})
    assert said.calls == Call.objects.count()
    part = CallPart.objects.filter(
        direction="inbound", answered_at__isnull=False, staff__isnull=False
    ).first()
    assert part is not None
    CallPart.objects.filter(pk=part.pk).update(talk_seconds=part.talk_seconds + 7)
    said = recount_days(FIRST, last, ZONE)
    assert said.different == [part.call_id]
    counted, reckoned = said.measures["talk"]
    assert counted - reckoned == 7
