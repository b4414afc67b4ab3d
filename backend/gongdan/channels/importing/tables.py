"""Reading CSV and XLSX tables row by row, without holding them in memory.

Cells are text, except that XLSX dates stay datetimes. Encodings of CSV are found out: UTF-8 (with mark or without),
UTF-16 (with mark), else GB 18030.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import chain
from pathlib import Path
from typing import Any

from gongdan.kernel.errors import Invalid

Cell = str | datetime
CHUNK = 1 << 20
DELIMITERS = ",;\t|"
LONGEST_CELL = 1_000_000  # characters; longer ones are refused by the csv module

csv.field_size_limit(LONGEST_CELL)


@dataclass(frozen=True, slots=True)
class Row:
    """`number` counts as a spreadsheet does: the heading is 1. `cells` are in the order of the columns."""

    number: int
    cells: Sequence[Cell]


@dataclass(slots=True)
class Table:
    """`columns` is the heading; `rows` may be walked once; `done` tells the share read so far, 0 to 1, or None."""

    columns: tuple[str, ...]
    rows: Iterator[Row] = field(repr=False)
    done: Callable[[], float | None]


@contextmanager
def open_table(
    path: Path, *, encoding: str | None = None, delimiter: str | None = None, sheet: str | None = None
) -> Iterator[Table]:
    """The table in a file. Raises Invalid unreadable_table with a sentence."""
    if not path.is_file():
        raise unreadable(f"There is no file {path}.")
    if path.suffix.lower() in {".xlsx", ".xlsm"}:
        yield from _xlsx(path, sheet)
    elif path.suffix.lower() in {".xls", ".ods"}:
        raise unreadable(f"{path.suffix} files cannot be read; save the table as .xlsx or .csv.")
    else:
        yield from _csv(path, encoding or encoding_of(path), delimiter)


def unreadable(sentence: str) -> Invalid:
    return Invalid("unreadable_table", sentence, field="file")


def encoding_of(path: Path) -> str:
    """The first encoding that fits the whole file."""
    with path.open("rb") as file:
        if file.read(2) in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
            return "utf-16"
    for encoding in ("utf-8-sig", "gb18030"):
        if _fits(path, encoding):
            return encoding
    raise unreadable(f"{path.name} is neither UTF-8 nor GB 18030; name its encoding in the mapping.")


def _fits(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        with path.open("rb") as file:
            while chunk := file.read(CHUNK):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _csv(path: Path, encoding: str, delimiter: str | None) -> Iterator[Table]:
    size = path.stat().st_size
    with path.open("rb") as raw, io.TextIOWrapper(raw, encoding=encoding, newline="") as text:
        first = text.readline()
        between = delimiter or max(DELIMITERS, key=first.count)
        reader = csv.reader(chain([first], text), delimiter=between)
        columns = _heading(next(reader, []), path)
        yield Table(columns, _csv_rows(reader, path), lambda: raw.tell() / size if size else None)


def _csv_rows(reader: Any, path: Path) -> Iterator[Row]:
    try:
        for number, cells in enumerate(reader, start=2):
            if any(cell.strip() for cell in cells):
                yield Row(number, cells)
    except (csv.Error, UnicodeDecodeError) as error:
        raise unreadable(f"{path.name} cannot be read after line {reader.line_num}: {error}.") from error


def _heading(cells: Sequence[Any], path: Path) -> tuple[str, ...]:
    columns = tuple("" if cell is None else str(cell).strip() for cell in cells)
    if not any(columns):
        raise unreadable(f"{path.name} is empty; the first row names the columns.")
    twice = sorted({column for column in columns if column and columns.count(column) > 1})
    if twice:
        raise unreadable(f"{path.name} has two columns named {twice[0]!r}.")
    return columns


def _xlsx(path: Path, sheet: str | None) -> Iterator[Table]:
    from openpyxl import load_workbook

    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except Exception as error:
        raise unreadable(f"{path.name} is no XLSX file that can be read ({type(error).__name__}).") from error
    try:
        if sheet is not None and sheet not in book.sheetnames:
            raise unreadable(f"{path.name} has no sheet {sheet!r}; it has {', '.join(book.sheetnames)}.")
        found = book[sheet] if sheet is not None else book.worksheets[0]
        last = found.max_row
        rows = found.iter_rows(values_only=True)
        columns = _heading(next(rows, ()), path)
        read = [1]
        yield Table(columns, _xlsx_rows(rows, read), lambda: read[0] / last if last else None)
    finally:
        book.close()


def _xlsx_rows(rows: Iterator[Sequence[Any]], read: list[int]) -> Iterator[Row]:
    for number, values in enumerate(rows, start=2):
        read[0] = number
        cells = [_cell(value) for value in values]
        if any(cells):
            yield Row(number, cells)


def _cell(value: Any) -> Cell:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day)  # noqa: DTZ001  the mapping knows the zone
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
