"""Runs an import: rows in batches, one transaction per batch, one savepoint per row.

A batch saves most of the waiting for the disk; a savepoint lets one bad row fail alone. A crash undoes at most the
batch under way, and the next run does it again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Generic, TypeVar

from django.db import DataError, transaction

from gongdan.channels.importing.mapping import Mapping, require_columns
from gongdan.channels.importing.rejects import Rejects
from gongdan.channels.importing.tables import Cell, Row, Table, open_table
from gongdan.channels.importing.values import bad
from gongdan.kernel import reference
from gongdan.kernel.errors import GongdanError
from gongdan.kernel.text import unusable_text
from gongdan.kernel.unit import unit

BATCH = 50
R = TypeVar("R")


@dataclass(slots=True)
class Report:
    """Every row of the table is in exactly one of `done`, `known` and `rejected`."""

    rows: int = 0
    done: int = 0
    known: int = 0
    rejected: int = 0

    @property
    def adds_up(self) -> bool:
        return self.rows == self.done + self.known + self.rejected


@dataclass(frozen=True, slots=True)
class Read(Generic[R]):
    """A row and what was read from it."""

    row: Row
    value: R


@dataclass(frozen=True, slots=True)
class Way(Generic[R]):
    """How one kind of table is imported: `read` a row (pure), `prepare` a batch, `do` a row, `keep` what a row made.

    `do` answers whether anything was done; `identity` is what no two rows may share; `forget` what was kept, when it
    was rolled back.
    """

    read: Callable[[dict[str, Cell]], R]
    identity: Callable[[R], str]
    prepare: Callable[[list[R]], None]
    do: Callable[[R], bool]
    keep: Callable[[R], None]
    forget: Callable[[], None]


Progress = Callable[[Report, float | None], None]


def rejected_path(path: Path) -> Path:
    """Where the rejected rows of a table go."""
    return path.with_name(f"{path.name}.rejected.csv")


def run(path: Path, mapping: Mapping, way: Way[R], progress: Progress, *, only_check: bool = False) -> Report:
    """Import a whole table. Raises Invalid unreadable_table, unknown_column; bad rows are rejected, not raised."""
    part = mapping.table
    with open_table(path, encoding=part.encoding, delimiter=part.delimiter, sheet=part.sheet) as table:
        require_columns(mapping, table.columns, path.name)
        with Rejects(rejected_path(path), table.columns) as rejects:
            return _run(table, way, rejects, progress, only_check=only_check)


def _run(table: Table, way: Way[R], rejects: Rejects, progress: Progress, *, only_check: bool) -> Report:
    report = Report()
    seen: dict[int, int] = {}
    while rows := list(islice(table.rows, BATCH)):
        report.rows += len(rows)
        reads = list(_reads(rows, table.columns, way, seen, rejects))
        _batch(reads, way, rejects, report, only_check=only_check)
        report.rejected = rejects.count
        progress(report, table.done())
    return report


def _reads(
    rows: list[Row], columns: tuple[str, ...], way: Way[R], seen: dict[int, int], rejects: Rejects
) -> Iterator[Read[R]]:
    for row in rows:
        try:
            value = way.read(_named(row, columns))
            _refuse_repeated(way.identity(value), row, seen)
        except GongdanError as error:
            rejects.add(row, reason_of(error))
        else:
            yield Read(row, value)


def _named(row: Row, columns: tuple[str, ...]) -> dict[str, Cell]:
    if any(row.cells[len(columns) :]):
        raise bad("", "too_many_cells", f"The row has {len(row.cells)} cells, the heading {len(columns)}.")
    unusable = [cell for cell in row.cells if isinstance(cell, str) and unusable_text(cell)]
    if unusable:
        raise bad(
            "",
            "unusable_text",
            "A cell holds a character that cannot be kept (NUL or half a surrogate pair).",
        )
    return dict(zip(columns, row.cells, strict=False))


def _refuse_repeated(identity: str, row: Row, seen: dict[int, int]) -> None:
    first = seen.setdefault(hash(identity), row.number)
    if first != row.number:
        raise bad("external_id", "repeated_id", f"Row {first} of this table has the same id.")


def _batch(reads: list[Read[R]], way: Way[R], rejects: Rejects, report: Report, *, only_check: bool) -> None:
    reference.refresh()
    way.prepare([read.value for read in reads])
    with transaction.atomic():
        for read in reads:
            _one(read, way, rejects, report)
        if only_check:
            transaction.set_rollback(True)
    if only_check:
        way.forget()


def _one(read: Read[R], way: Way[R], rejects: Rejects, report: Report) -> None:
    try:
        with unit():  # a savepoint; the row's verbs join it
            done = way.do(read.value)
    except GongdanError as error:
        rejects.add(read.row, reason_of(error))
        return
    except DataError as error:
        rejects.add(read.row, f"unusable_value: {str(error).splitlines()[0]}")
        return
    way.keep(read.value)
    if done:
        report.done += 1
    else:
        report.known += 1


def reason_of(error: GongdanError) -> str:
    """A refusal in one line: its code, its sentence, and what is said of single fields."""
    details = [f"{one.get('field')}: {one.get('detail')}" for one in error.params.get("errors", ())]
    return f"{error.code}: {' '.join([error.sentence, *details])}"
