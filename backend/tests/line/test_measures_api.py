"""The measures over HTTP: every number equals the count of what is behind it, and reaches as far as the right does."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from gongdan.core.staff.models import RoleGrant, Scope, Staff
from gongdan.kernel import reference
from gongdan.reports.line.contracts import NAMES
from gongdan.reports.line.drill import BEHIND
from tests.client import Client
from tests.company import Organisation, role
from tests.line.days import FIRST, Days

ClientOf = Callable[[Staff | None], Client]
RANGE = {"from": FIRST.isoformat(), "to": (FIRST + timedelta(days=1)).isoformat()}
COUNTS = (
    *("offered", "answered", "abandoned", "short_abandoned", "overflowed", "waiting"),
    *("handled", "missed", "outbound", "outbound_answered"),
)


@pytest.fixture
def admin(organisation: Organisation, client_of: ClientOf, days: Callable[..., Days]) -> Client:
    days(1, calls=80)
    return client_of(organisation.admin)


def behind(client: Client, measure: str, **narrowed: Any) -> int:
    """How many calls are behind a number, read page by page."""
    count, after = 0, None
    while True:
        page = client.get("/line/measures/calls", measure=measure, limit=7, after=after, **RANGE, **narrowed)
        assert page.status == 200, page.body
        count += len(page["items"])
        after = page["next"]
        if after is None:
            return count


def test_every_number_is_the_count_of_what_is_behind_it(admin: Client) -> None:
    totals = admin.get("/line/measures", **RANGE)["totals"]
    assert totals.keys() == set(NAMES)
    for measure in COUNTS:
        assert behind(admin, measure) == totals[measure], measure
    share = behind(admin, "over_long_share") / behind(admin, "aht_seconds")
    assert share == pytest.approx(totals["over_long_share"], abs=0.0001)
    level = behind(admin, "service_level") / (totals["answered"] + totals["abandoned"])
    assert level == pytest.approx(totals["service_level"], abs=0.0001)


@pytest.mark.parametrize(
    ("by", "narrow"), [("queue", "queue"), ("person", "staff"), ("hour", "hour"), ("day", "from")]
)
def test_every_row_is_the_count_of_what_is_behind_it(admin: Client, by: str, narrow: str) -> None:
    answer = admin.get("/line/measures", by=by, **RANGE)
    rows = answer["rows"]
    assert len(rows) > 1
    for row in rows:
        narrowed = {narrow: row["key"]} | ({"to": row["key"]} if by == "day" else {})
        for measure in ("answered", "missed", "offered"):
            if row[measure] is not None:
                found = _behind_row(admin, measure, narrowed)
                assert found == row[measure], (row["key"], measure)
    for measure in ("handled", "missed"):
        assert sum(row[measure] for row in rows) == answer["totals"][measure]


def _behind_row(client: Client, measure: str, narrowed: dict[str, Any]) -> int:
    page = client.get("/line/measures/calls", **{**RANGE, **narrowed}, measure=measure, limit=200)
    assert page.status == 200, page.body
    assert page["next"] is None
    return len(page["items"])


def test_rows_have_names(admin: Client, organisation: Organisation) -> None:
    people = admin.get("/line/measures", by="person", **RANGE)["rows"]
    labels = {row["label"] for row in people}
    assert labels == {organisation.agent.name, organisation.agent_two.name, organisation.clerk.name}
    assert all(row["offered"] is None and row["answered"] == row["handled"] for row in people)
    hours = admin.get("/line/measures", by="hour", **RANGE)["rows"]
    assert all(row["label"] == f"{row['key']}:00" for row in hours)
    queues = {row["key"]: row for row in admin.get("/line/measures", by="queue", **RANGE)["rows"]}
    assert queues.keys() == {"-", "care", "repair", "vip"}
    assert (queues["care"]["service_seconds"], queues["repair"]["service_seconds"]) == (20, 30)
    assert queues["care"]["occupancy"] is None


def test_what_is_behind_it_shows_no_number_in_clear(
    admin: Client, organisation: Organisation, client_of: ClientOf
) -> None:
    manager = organisation.reviewer
    RoleGrant.objects.create(staff=manager, role=role("manager", ["report.view"], Scope.ALL))
    reference.forget()
    page = client_of(manager).get("/line/measures/calls", measure="offered", **RANGE)
    assert page["items"]
    assert all(row["number"]["masked"] for row in page["items"])
    assert all(row["number"]["digits"] is None and row["customer"] is None for row in page["items"])


def test_a_scope_narrows_the_people(admin: Client, organisation: Organisation, client_of: ClientOf) -> None:
    head = client_of(organisation.head)  # of the network department: the clerk's
    answer = head.get("/line/measures", by="person", **RANGE)
    assert [row["label"] for row in answer["rows"]] == [organisation.clerk.name]
    assert answer["totals"]["offered"] is None
    assert answer["totals"]["answered"] == answer["totals"]["handled"] == answer["rows"][0]["handled"]
    assert behind(head, "answered") == answer["totals"]["answered"]
    assert head.get("/line/measures/calls", measure="offered", **RANGE).code == "unknown_measure"
    other = head.get("/line/measures", staff=organisation.agent.pk, **RANGE)
    assert (other.status, other.code) == (404, "unknown_staff")


def test_departments_narrow_too(admin: Client, organisation: Organisation) -> None:
    service = admin.get("/line/measures", department=organisation.service.pk, by="person", **RANGE)
    labels = {row["label"] for row in service["rows"]}
    assert labels == {organisation.agent.name, organisation.agent_two.name}
    whole = admin.get("/line/measures", department=organisation.company.pk, **RANGE)["totals"]
    assert whole["handled"] == admin.get("/line/measures", **RANGE)["totals"]["handled"]
    assert admin.get("/line/measures", department=999999, **RANGE).code == "unknown_department"


def test_refusals(admin: Client, organisation: Organisation, client_of: ClientOf) -> None:
    refused = client_of(organisation.agent).get("/line/measures", **RANGE)
    assert (refused.status, refused.code) == (403, "right_missing")
    backwards = admin.get("/line/measures", **{"from": RANGE["to"], "to": RANGE["from"]})
    assert (backwards.status, backwards.code) == (422, "range_backwards")
    assert admin.get("/line/measures", **{"from": "2020-01-01", "to": "2026-01-01"}).code == "long_range"
    assert admin.get("/line/measures/calls", measure="occupancy", **RANGE).code == "unknown_measure"
    assert admin.get("/line/measures").status == 422


def test_an_empty_range_has_nothing_to_divide(admin: Client) -> None:
    totals = admin.get("/line/measures", **{"from": "2020-01-01", "to": "2020-01-02"})["totals"]
    assert (totals["offered"], totals["handled"], totals["staffed_seconds"]) == (0, 0, 0)
    assert totals["service_level"] is None
    assert totals["occupancy"] is None


def test_every_rate_names_what_is_behind_it(admin: Client) -> None:
    for measure in BEHIND:
        assert behind(admin, measure) >= 0


def test_a_question_costs_a_few_statements(admin: Client, django_assert_max_num_queries: Any) -> None:
    for by in ("none", "queue", "person", "hour", "day"):
        admin.get("/line/measures", by=by, **RANGE)  # warms
        with django_assert_max_num_queries(7):  # two of them say who asks
            assert admin.get("/line/measures", by=by, **RANGE).status == 200
    with django_assert_max_num_queries(6):
        assert admin.get("/line/measures/calls", measure="offered", limit=100, **RANGE).status == 200
