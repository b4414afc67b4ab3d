"""The ready policies: the table of warning complaints to the minute, and field service's hours."""

from __future__ import annotations

import pytest

from gongdan.config.demo.policies import POLICIES, policy_document
from gongdan.core.sla.contracts import Limit
from gongdan.core.sla.stages import limit_seconds

TABLE = {
    "raise_warning": 30,
    "pick_up": 60,
    "pass_back": 30,
    "service_center": 60,
    "shop_manager": 180,
    "deputy_manager": 24 * 60,
    "hotline_close": 30,
}


def minutes(limit: Limit | None) -> int:
    assert limit is not None
    assert limit.working is False
    return limit_seconds(limit, 0) // 60


@pytest.mark.parametrize("code", ["warning", "warning_simple"])
def test_the_eight_steps_fill_the_48_hours(code: str) -> None:
    terms = policy_document(code)[1]
    steps = {one.node: minutes(one) for one in terms.nodes}
    assert steps == TABLE
    assert sum(steps.values()) + minutes(terms.callback) == minutes(terms.process) == 48 * 60
    assert all(one.yellow and one.ladder for one in terms.nodes)


def test_the_caller_is_promised_2_hours_or_24() -> None:
    simple, complex_ = (policy_document(code)[1] for code in ("warning_simple", "warning"))
    assert (minutes(simple.first_response), minutes(complex_.first_response)) == (2 * 60, 24 * 60)
    assert POLICIES.index("warning_simple") < POLICIES.index("warning")


def test_field_service_answers_contract_customers_sooner_and_vips_soonest() -> None:
    hours = [
        minutes(policy_document(code)[1].first_response) // 60
        for code in ("repair_vip", "repair_contract", "repair")
    ]
    assert hours == [8, 24, 48]
    assert list(POLICIES[3:6]) == ["repair_vip", "repair_contract", "repair"]
