"""What the set-up of `./run` says when it cannot go on: one sentence."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

SCRIPTS = Path(__file__).parents[3] / "scripts"
NOBODY = 65534


@pytest.fixture
def project() -> Iterator[Path]:
    """A copy of the scripts, beside an environment that does not run."""
    with tempfile.TemporaryDirectory() as folder:  # not pytest's own, which others may not enter
        root = Path(folder).resolve()
        root.chmod(0o755)
        shutil.copytree(SCRIPTS, root / "scripts")
        (root / ".venv" / "bin").mkdir(parents=True)
        (root / ".venv" / "bin" / "python").write_text("neither a program nor a script")
        yield root


def test_an_environment_of_somebody_else(project: Path) -> None:
    venv = project / ".venv"
    venv.chmod(0o555)
    ordinary: dict[str, Any] = {"user": NOBODY, "extra_groups": []} if os.geteuid() == 0 else {}
    made = subprocess.run(
        ["bash", "-c", ". scripts/setup.sh; make_venv"],
        cwd=project, capture_output=True, text=True, check=False, **ordinary,
    )  # fmt: skip
    venv.chmod(0o755)
    sentence = (
        f"The folder {venv} belongs to someone else and you cannot use it; run as its owner or take a copy.\n"
    )
    assert (made.returncode, made.stderr) == (2, sentence)
    assert (venv / "bin" / "python").exists()
