"""`gongdan trail` as a person types it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from typer.testing import CliRunner, Result

from gongdan.config.cli import trail
from gongdan.config.cli.environment import EnvironmentProblem
from tests.tickets.conftest import World

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def here(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path) -> None:
    """The test's database is the database."""
    monkeypatch.setattr(trail, "use_database", lambda: None)
    settings.HOME = tmp_path


def run(*words: str) -> Result:
    return CliRunner().invoke(trail.app, list(words))


def change(number: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(
            "UPDATE outbox_eventrecord SET data = data || '{\"reason\": \"x\"}' WHERE subject = 'ticket' AND seq = 2"
            " AND subject_id = (SELECT id FROM tickets_ticket WHERE number = %s)",
            [number],
        )
        cursor.execute("SET session_replication_role = DEFAULT")


def test_a_whole_trail(world: World) -> None:
    world.verified(world.number())
    result = run("verify")
    assert (result.exit_code, result.stdout) == (0, "")


def test_it_says_which_ticket_and_which_record(world: World) -> None:
    number, other = world.number(), world.number()
    change(number)
    result = run("verify")
    assert result.exit_code == 1
    assert result.stdout.startswith(f"changed: ticket {number}: Record 2 (event ")
    assert other not in result.stdout
    assert run("verify", "--ticket", number).exit_code == 1
    assert run("verify", "--ticket", other).exit_code == 0


def test_a_ticket_nobody_knows(world: World) -> None:
    result = run("verify", "--ticket", "19990101-1")
    assert isinstance(result.exception, EnvironmentProblem)


def test_a_removed_ticket_shows_by_its_anchor(world: World) -> None:
    number = world.number()
    result = run("anchor")
    assert result.exit_code == 0
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute("DELETE FROM outbox_eventrecord WHERE subject = 'ticket'")
        cursor.execute("DELETE FROM tickets_ticket WHERE number = %s", [number])
        cursor.execute("SET session_replication_role = DEFAULT")
    result = run("verify")
    assert result.exit_code == 1
    assert "removed: ticket id" in result.stdout
