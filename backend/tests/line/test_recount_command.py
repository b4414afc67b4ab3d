"""`gongdan recount` as a person types it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
import typer
from typer.testing import CliRunner, Result

from gongdan.config.cli import recount
from gongdan.config.cli.environment import EnvironmentProblem
from gongdan.core.interactions.models import PhoneSignal, QueueEntry
from tests.line.days import FIRST, Days


@pytest.fixture(autouse=True)
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    """The test's database is the database."""
    monkeypatch.setattr(recount, "use_database", lambda: None)


def run(*words: str) -> Result:
    app = typer.Typer()
    app.command()(recount.command)
    return CliRunner().invoke(app, list(words))


def days_of(first: int, last: int) -> list[str]:
    return ["--from", str(FIRST + timedelta(days=first)), "--to", str(FIRST + timedelta(days=last))]


def test_what_is_stored_is_what_the_signals_say(days: Callable[..., Days]) -> None:
    days(5, calls=30)
    result = run(*days_of(0, 1))
    assert (result.exit_code, result.stdout) == (0, "")
    assert "30 calls, 0 of them without signals any more, 0 different." in result.stderr


def test_a_difference_is_named(days: Callable[..., Days]) -> None:
    days(5, calls=30)
    entry = QueueEntry.objects.filter(outcome="answered").earliest("entered_at")
    QueueEntry.objects.filter(pk=entry.pk).update(outcome="abandoned")
    result = run(*days_of(0, 1))
    assert result.exit_code == 1
    assert f"call {entry.call_id}: what is stored is not what its signals add up to" in result.stdout
    assert "answered: counted" in result.stdout


def test_forgotten_signals_are_said(days: Callable[..., Days]) -> None:
    days(5, calls=30)
    PhoneSignal.objects.filter(call="c0").delete()
    result = run(*days_of(0, 1))
    assert result.exit_code == 0
    assert "30 calls, 1 of them without signals any more, 0 different." in result.stderr


def test_what_is_no_day(days: Callable[..., Days]) -> None:
    assert isinstance(run("--from", "yesterday").exception, EnvironmentProblem)
