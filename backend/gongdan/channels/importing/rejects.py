"""The file of rejected rows: the table's own columns, and before them the row's number and the reason.

It is made with the first rejected row; put right, it can be imported as it is.
"""

from __future__ import annotations

import csv
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

from gongdan.channels.importing.tables import Row

EXTRA = ("_row", "_reason")


class Rejects:
    """Use as a context. A file left by an earlier run is removed, so that what is there is of this run."""

    def __init__(self, path: Path, columns: tuple[str, ...]) -> None:
        self.path = path
        self.count = 0
        self._columns = tuple(column for column in columns if column not in EXTRA)
        self._width = len(columns)
        self._places = [place for place, column in enumerate(columns) if column not in EXTRA]
        self._file: IO[str] | None = None
        self._writer: Any = None

    def __enter__(self) -> Self:
        self.path.unlink(missing_ok=True)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._file is not None:
            self._file.close()

    def add(self, row: Row, reason: str) -> None:
        """Note a row. Written at once, so that a crash loses none."""
        if self._file is None:
            self._file = self.path.open("w", encoding="utf-8-sig", errors="replace", newline="")
            self._writer = csv.writer(self._file)
            self._writer.writerow([*EXTRA, *self._columns])
        cells = [row.cells[place] if place < len(row.cells) else "" for place in self._places]
        plain = [cell.isoformat(sep=" ") if isinstance(cell, datetime) else cell for cell in cells]
        self._writer.writerow([row.number, reason, *plain, *map(str, row.cells[self._width :])])
        self._file.flush()
        self.count += 1
