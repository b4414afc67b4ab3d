"""What cannot be kept is found, and its place is named. A calendar's day here is 09:00-12:00 and 13:30-18:00."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from gongdan.core.calendar.compiled import Compiled
from gongdan.core.calendar.definition import from_json
from gongdan.core.calendar.working_time import PLAIN, WorkingTime
from gongdan.core.sla.check import Finding, check
from gongdan.core.sla.contracts import Terms
from gongdan.core.sla.known import Known

DAY = [["09:00", "12:00"], ["13:30", "18:00"]]
WEEK = [DAY, DAY, DAY, DAY, DAY, [], []]


def calendar(week: list[Any]) -> Compiled:
    return Compiled(
        from_json(
            {
                "time_zone": "Asia/Shanghai",
                "week": week,
                "holidays": "",
                "makeup": None,
                "exceptions": [],
                "day_minutes": 450,
            }
        )
    )


CALENDARS: dict[str, WorkingTime] = {"": PLAIN, "office": calendar(WEEK), "never": calendar([[]] * 7)}
KNOWN = Known(
    flows={"complaint": {"verify": True, "handle": True, "judge": False}},
    roles=frozenset({"supervisor"}),
    fields=frozenset({"complexity"}),
    time_of=CALENDARS.get,
    now=datetime(2026, 3, 2, 1, tzinfo=UTC),
)
HOURS: dict[str, Any] = {"amount": 4, "unit": "hours"}
NOTIFY: dict[str, Any] = {"what": "notify", "whom": "handler"}


def findings(**terms: Any) -> list[Finding]:
    return check(Terms.model_validate(terms), KNOWN)


def only(**terms: Any) -> tuple[str, str, str]:
    """(code, field, place) of the one finding."""
    (found,) = findings(**terms)
    assert found.detail
    return found.code, found.field, found.place


def process(**more: Any) -> dict[str, Any]:
    return {"process": HOURS | more}


def test_a_sound_policy_has_no_findings() -> None:
    limit = HOURS | {
        "yellow": [{"amount": 1, "unit": "hours"}, {"amount": 50, "unit": "percent"}],
        "ladder": [
            {"when": "before", "amount": 4, "unit": "hours", "do": [NOTIFY]},
            {"when": "at", "do": [{"what": "notify", "whom": "role:supervisor"}, {"what": "raise_priority"}]},
            {"when": "after", "amount": 200, "unit": "percent", "do": [{"what": "supervise"}]},
        ],
    }
    nodes = [
        {"flow": "complaint", "node": "verify", **HOURS},
        {"flow": "complaint", "node": "handle", **HOURS},
    ]
    when = "kind is complaint and category is network and complexity is simple and contract is not empty"
    assert findings(when=when, calendar="office", process=limit, first_response=limit, nodes=nodes) == []


@pytest.mark.parametrize("name", ["process", "first_response", "next_response", "callback", "every_node"])
def test_a_limit_of_zero(name: str) -> None:
    words = "the limit of every node" if name == "every_node" else f"the {name.replace('_', ' ')} limit"
    assert only(**{name: HOURS | {"amount": 0}}) == ("zero_limit", f"{name}.amount", words)


def test_a_limit_of_zero_at_a_node() -> None:
    nodes = [{"flow": "complaint", "node": "verify", **HOURS, "amount": 0}]
    assert only(nodes=nodes) == ("zero_limit", "nodes[0].amount", "node verify of flow complaint")


@pytest.mark.parametrize(
    "lead",
    [
        {"amount": 4, "unit": "hours"},
        {"amount": 5, "unit": "hours"},
        {"amount": 240, "unit": "minutes"},
        {"amount": 100, "unit": "percent"},
        {"amount": 1, "unit": "days"},
    ],
)
def test_a_lead_that_is_not_shorter_than_the_limit(lead: dict[str, Any]) -> None:
    found = only(**process(yellow=[{"amount": 30, "unit": "minutes"}, lead]), calendar="office")
    assert found == ("lead_not_shorter", "process.yellow[1].amount", "yellow card 2 of the process limit")


def test_days_are_as_long_as_the_calendars() -> None:
    lead = [{"amount": 8, "unit": "hours"}]
    day = {"amount": 1, "unit": "days", "yellow": lead}
    assert only(calendar="office", process=day)[0] == "lead_not_shorter"
    assert findings(calendar="office", process=day | {"working": False}) == []
    assert findings(process=day) == []


def test_leads_that_mean_the_same_moment() -> None:
    leads = [{"amount": 2, "unit": "hours"}, {"amount": 50, "unit": "percent"}]
    found = only(**process(yellow=leads))
    assert found == ("leads_alike", "process.yellow[1].amount", "yellow card 2 of the process limit")


def test_a_lead_of_nothing() -> None:
    assert only(**process(yellow=[{"amount": 0, "unit": "minutes"}]))[0] == "zero_lead"


@pytest.mark.parametrize(
    ("rung", "code"),
    [
        ({"when": "before", "amount": 241, "unit": "minutes"}, "step_before_start"),
        ({"when": "before", "amount": 101, "unit": "percent"}, "step_before_start"),
        ({"when": "before", "amount": 0}, "step_without_amount"),
        ({"when": "after", "amount": 0}, "step_without_amount"),
        ({"when": "at", "amount": 5}, "step_with_amount"),
        ({"when": "after", "amount": 99_999, "unit": "days"}, "step_too_late"),
    ],
)
def test_a_step_that_cannot_happen(rung: dict[str, Any], code: str) -> None:
    ladder = [{"when": "at", "do": [NOTIFY]}, rung | {"do": [NOTIFY]}]
    found = only(**process(ladder=ladder), calendar="office")
    assert found == (code, "process.ladder[1].amount", "step 2 of the ladder of the process limit")


@pytest.mark.parametrize(
    ("do", "code"),
    [
        ({"what": "notify"}, "nobody_to_notify"),
        ({"what": "urge", "whom": "head"}, "whom_without_notify"),
        ({"what": "notify", "whom": "role:nobody"}, "unknown_role"),
    ],
)
def test_who_is_told(do: dict[str, Any], code: str) -> None:
    found = only(**process(ladder=[{"when": "at", "do": [{"what": "urge"}, do]}]))
    assert found == (code, "process.ladder[0].do[1].whom", "step 1 of the ladder of the process limit")


@pytest.mark.parametrize(
    ("flow", "node", "code", "field"),
    [
        ("nowhere", "verify", "unknown_flow", "flow"),
        ("complaint", "nothing", "unknown_node", "node"),
        ("complaint", "judge", "node_without_people", "node"),
    ],
)
def test_a_node_that_nobody_works_at(flow: str, node: str, code: str, field: str) -> None:
    nodes = [{"flow": "complaint", "node": "verify", **HOURS}, {"flow": flow, "node": node, **HOURS}]
    assert only(nodes=nodes) == (code, f"nodes[1].{field}", f"node {node} of flow {flow}")


def test_a_node_named_twice() -> None:
    one = {"flow": "complaint", "node": "verify", **HOURS}
    assert only(nodes=[one, one | {"amount": 5}])[:2] == ("node_twice", "nodes[1].node")


def test_a_condition_that_says_nothing() -> None:
    (found,) = findings(when="kind is complaint and", **process())
    assert (found.code, found.field, found.place) == (
        "bad_condition",
        "when",
        "character 22 of the condition",
    )


def test_a_condition_that_asks_what_nobody_knows() -> None:
    found = findings(when="kind is complaint and complxity is simple or mood is bad", **process())
    assert [(one.code, one.field) for one in found] == [("unknown_name", "when")] * 2
    assert "'complxity'" in found[0].detail


def test_a_policy_that_limits_nothing() -> None:
    assert only(when="kind is complaint") == ("no_limit", "", "the policy")


def test_a_calendar_that_does_not_exist() -> None:
    assert only(calendar="nightly", **process()) == ("unknown_calendar", "calendar", "the calendar")


def test_a_calendar_without_working_time() -> None:
    found = findings(calendar="never", **process())
    assert [(one.code, one.field) for one in found] == [
        ("no_working_time", "calendar"),
        ("limit_too_long", "process.amount"),
    ]


def test_a_limit_no_calendar_reaches() -> None:
    days = {"amount": 99_999, "unit": "days"}
    assert only(calendar="office", process=days)[0] == "limit_too_long"


def test_every_fault_is_told_at_once() -> None:
    found = findings(
        when="kind is",
        calendar="nightly",
        process=HOURS | {"amount": 0},
        every_node=HOURS | {"ladder": [{"when": "at", "amount": 1, "do": [{"what": "notify"}]}]},
        nodes=[{"flow": "nowhere", "node": "verify", **HOURS}],
    )
    assert [one.code for one in found] == [
        "bad_condition",
        "unknown_calendar",
        "unknown_flow",
        "zero_limit",
        "nobody_to_notify",
        "step_with_amount",
    ]
