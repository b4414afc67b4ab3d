"""One row's values, as its mapping asks for them. Pure; a value that cannot be read raises BadValue."""

from __future__ import annotations

from collections.abc import Mapping as Cells
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from gongdan.channels.importing.mapping import Source
from gongdan.channels.importing.tables import Cell
from gongdan.channels.importing.times import moment
from gongdan.kernel.errors import Invalid

YES = frozenset("1 y yes true t 是 对 有 √".split())
NO = frozenset("0 n no false f 否 不 无 ×".split()) | {""}


def text_of(source: Source | None, cells: Cells[str, Cell], *, what: str = "") -> str:
    """The value as text; empty when there is no source or the cell is empty. `what` names it in a refusal."""
    if source is None:
        return ""
    if source.constant is not None:
        return str(source.constant)
    read = [_plain(cells.get(column, "")) for column in source.columns]
    text = " ".join(filter(None, read))
    if source.table or source.contains:
        text = _translated(source, text, what)
    elif not text and source.otherwise is not None:
        text = source.otherwise
    return source.prefix + text if text else ""


def _plain(cell: Cell) -> str:
    return cell.isoformat() if isinstance(cell, datetime) else cell.strip()


def _translated(source: Source, text: str, what: str) -> str:
    if text in source.table:
        return source.table[text]
    for word, meaning in source.contains.items():
        if word in text:
            return meaning
    if source.otherwise is None:
        raise bad(what, "untranslatable", f"{text[:60]!r} is not in the table of the mapping.")
    return source.otherwise


def time_of(source: Source | None, cells: Cells[str, Cell], zone: str, *, what: str = "") -> datetime | None:
    """The value as an aware moment; None when the cell is empty."""
    if source is None:
        return None
    own = ZoneInfo(source.zone or zone)
    cell = cells.get(source.column, "") if source.column is not None else text_of(source, cells)
    if not cell:
        return None
    try:
        return moment(cell, own, source.format)
    except ValueError as error:
        raise bad(what, "unreadable_time", str(error)) from error


def value_of(source: Source, cells: Cells[str, Cell], zone: str, *, what: str = "") -> Any:
    """The value as `as:` says, for own fields; None when the cell is empty."""
    if source.reading in {"time", "date"}:
        at = time_of(source, cells, zone, what=what)
        if at is None:
            return None
        return at.date().isoformat() if source.reading == "date" else at.isoformat()
    if source.constant is not None and source.reading == "text":
        return source.constant
    text = text_of(source, cells, what=what)
    if source.reading == "list":
        return list_of(source, text)
    if source.reading == "yes_no":
        return _yes(text, what)
    if source.reading == "number" and text:
        return _number(text, what)
    return text or None


def list_of(source: Source, text: str) -> list[str]:
    """A text in parts, without empty ones."""
    return [part.strip() for part in text.split(source.split or ",") if part.strip()]


def _yes(text: str, what: str) -> bool:
    word = text.casefold()
    if word not in YES | NO:
        raise bad(what, "not_yes_or_no", f"{text[:40]!r} is neither yes nor no.")
    return word in YES


def _number(text: str, what: str) -> int | float:
    plain = text.replace(",", "").replace("，", "")
    try:
        return int(plain) if plain.lstrip("+-").isdigit() else float(plain)
    except ValueError:
        raise bad(what, "not_a_number", f"{text[:40]!r} is not a number.") from None


def bad(what: str, code: str, sentence: str) -> Invalid:
    """A refusal of one value."""
    return Invalid(code, f"{what}: {sentence}" if what else sentence, field=what or None)
