"""`gongdan demo` as a person types it."""

from __future__ import annotations

import pytest
from typer import Typer
from typer.testing import CliRunner, Result

from gongdan.config.cli import demo
from gongdan.config.cli.environment import EnvironmentProblem
from gongdan.config.demo import ensure_demo
from gongdan.core.staff.models import Department, Staff
from gongdan.core.tickets.models import Ticket


@pytest.fixture
def run(db: None, monkeypatch: pytest.MonkeyPatch) -> Result:
    monkeypatch.setattr(demo, "use_database", lambda: None)
    app = Typer()
    app.command()(demo.command)
    Department.objects.create(code="own", name="自己的公司")
    return CliRunner().invoke(app, [])


def test_a_database_in_use_is_refused_in_one_sentence(run: Result) -> None:
    assert isinstance(run.exception, EnvironmentProblem)  # the command line makes it exit code 2
    assert str(run.exception).count(".") == 1
    assert not Staff.objects.exists()
    assert not Ticket.objects.exists()


@pytest.mark.usefixtures("run")
def test_up_leaves_a_company_of_ones_own_alone() -> None:
    assert ensure_demo() == []
    assert not Ticket.objects.exists()
