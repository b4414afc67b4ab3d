"""Every operation of the API is called with success by some test. Asked at the very end, of a run of the whole suite."""

from __future__ import annotations

import re

import pytest

from gongdan.config.api import api
from tests.calls import CALLED

METHODS = {"get", "post", "put", "patch", "delete"}


def test_every_operation_is_called_with_success_by_some_test(request: pytest.FixtureRequest) -> None:
    chosen = request.config.option
    if request.config.args != ["tests"] or chosen.keyword or chosen.markexpr or request.session.testsfailed:
        pytest.skip("Only a run of all tests, none of them failed, can tell.")
    offered = {
        f"{method.upper()} {path.lstrip('/')}"
        for path, methods in api.get_openapi_schema()["paths"].items()
        for method in methods
        if method in METHODS
    }
    called = {re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", name) for name in CALLED}
    assert sorted(offered - called) == []
