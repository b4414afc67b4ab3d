"""A category tree from a table: one row per category, its path of names from left to right, any number of levels.

Loading twice changes nothing: a path that is there already is left as it is, whatever it was set to since. Each row is
judged by itself; what cannot be used is reported with its row and reason, the rest is loaded.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from gongdan.core.catalogue.actions import DEEPEST, create_category
from gongdan.core.catalogue.models import Category
from gongdan.core.catalogue.settings_input import clean_name, columns_of
from gongdan.kernel.actor import Actor
from gongdan.kernel.errors import GongdanError, Invalid

MOST_ROWS = 50_000


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row (counted from 1, the heading included) that was not loaded, and why."""

    row: int
    reason: str
    text: str


@dataclass(slots=True)
class LoadReport:
    """`rows` read without the heading; `created` and `known` count categories, not rows."""

    rows: int = 0
    created: int = 0
    known: int = 0
    bad: list[BadRow] = field(default_factory=list)


def load_table(data: bytes, *, actor: Actor, root_defaults: Mapping[str, Any] | None = None) -> LoadReport:
    """Load CSV bytes (UTF-8 with or without mark, or GB 18030). The first row is a heading.

    `root_defaults` are settings (see settings_input) for categories created at the top, so that the rest inherit.
    One transaction. Raises Invalid unreadable_table, and what unusable defaults raise.
    """
    defaults = dict(root_defaults or {})
    columns_of(defaults)
    report = LoadReport()
    with transaction.atomic():
        places = _places()
        met = set(places)
        for number, cells in _rows(data):
            report.rows += 1
            try:
                path = _path(cells)
            except GongdanError as error:
                report.bad.append(BadRow(number, error.sentence, ",".join(cells)[:200]))
                continue
            for depth in range(1, len(path) + 1):
                step = path[:depth]
                if step not in places:
                    settings = defaults if depth == 1 else {}
                    places[step] = create_category(
                        actor=actor, name=step[-1], parent=places.get(step[:-1]), settings=settings
                    ).code
                    report.created += 1
                elif step in met:
                    met.discard(step)
                    report.known += 1
    return report


def _places() -> dict[tuple[str, ...], str]:
    """Every path of names there is, and its code."""
    rows = list(Category.objects.values_list("pk", "path", "name", "code"))
    names = {key: name for key, _, name, _ in rows}
    return {tuple(names[int(step)] for step in path.split(".") if step): code for _, path, _, code in rows}


def _rows(data: bytes) -> Iterator[tuple[int, Sequence[str]]]:
    reader = csv.reader(io.StringIO(_text(data), newline=""))
    try:
        for number, cells in enumerate(reader, start=1):
            if number > MOST_ROWS:
                raise Invalid("unreadable_table", f"A table has at most {MOST_ROWS} rows.", field="file")
            if number > 1 and any(cell.strip() for cell in cells):
                yield number, cells
    except csv.Error as error:
        raise Invalid("unreadable_table", f"The table cannot be read: {error}.", field="file") from error


def _text(data: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Invalid("unreadable_table", "The table is neither UTF-8 nor GB 18030.", field="file")


def _path(cells: Sequence[str]) -> tuple[str, ...]:
    names = [clean_name(cell) for cell in cells]
    while names and not names[-1]:
        names.pop()
    if not all(names):
        raise Invalid("level_missing", "A level before the last one is empty.")
    if len(names) > DEEPEST:
        raise Invalid("too_deep", f"Categories are at most {DEEPEST} levels deep.")
    return tuple(names)
