"""Every operation of the API is called with success by some test. Asked at the very end, of a run of the whole suite."""

from __future__ import annotations

import pytest

from tests.calls import CALLED, never_called


def test_every_operation_is_called_with_success_by_some_test(request: pytest.FixtureRequest) -> None:
    chosen = request.config.option
    partly = chosen.keyword or chosen.markexpr or chosen.note_calls or request.session.testsfailed
    if request.config.args != ["tests"] or partly:
        pytest.skip("Only a run of all tests, none of them failed, can tell.")
    assert never_called(CALLED) == []
