"""A file that passes 300 lines is asking to be two."""

from __future__ import annotations

from tests.house.sources import PROJECT

LONGEST = 300  # lines
FOLDERS = ("backend/gongdan", "backend/tests", "bench", "scripts", "frontend/src")
CODE = {".py", ".ts", ".vue", ".css", ".sh"}
GENERATED = ("frontend/src/api/schema.d.ts", "/migrations/")


def test_no_file_of_code_is_longer_than_a_person_reads() -> None:
    too_long: dict[str, int] = {}
    for folder in FOLDERS:
        for path in (PROJECT / folder).rglob("*"):
            name = path.relative_to(PROJECT).as_posix()
            if path.suffix in CODE and path.is_file() and not any(one in name for one in GENERATED):
                lines = len(path.read_text(encoding="utf-8").splitlines())
                too_long |= {name: lines} if lines > LONGEST else {}
    assert too_long == {}
