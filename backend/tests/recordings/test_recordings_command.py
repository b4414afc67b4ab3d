"""`gongdan recordings verify` as a person types it."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner

from gongdan.config.cli import recordings
from gongdan.core.interactions import sound_files
from tests.recordings.conftest import Line


@pytest.fixture(autouse=True)
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    """The test's database is the database."""
    monkeypatch.setattr(recordings, "use_database", lambda: None)


def test_whole_and_damaged(served: Line) -> None:
    made = served.stored()
    result = CliRunner().invoke(recordings.app, ["verify"])
    assert (result.exit_code, result.stdout) == (0, "")
    sound_files.path_of(made.sha256).write_bytes(b"RIFF")
    result = CliRunner().invoke(recordings.app, ["verify"])
    assert result.exit_code == 1
    assert (
        result.stdout
        == f"recording {made.pk} of call {made.call_id} is not what was fetched ({made.sha256})\n"
    )
