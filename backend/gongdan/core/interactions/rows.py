"""Many rows of one model written with one statement, however many there are. See kernel.sql for why not the ORM.

Values travel as one array per column, so that the statement's text is the same for one row and for a thousand and is
planned once per connection.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

import msgspec
from django.db import connection
from django.db.models import Field, JSONField, Model
from psycopg.types.json import Jsonb

from gongdan.kernel import sql

_encoder = msgspec.json.Encoder()


def _dump(value: Any) -> str:
    return _encoder.encode(value).decode()


def new_keys(model: type[Model], count: int) -> list[int]:
    """`count` fresh primary keys, for rows that others must name before they are written. One statement."""
    if not count:
        return []
    text = "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s::integer)"
    return [int(key) for (key,) in sql.execute(text, [model._meta.db_table, count])]


def insert_all(rows: Sequence[Model], *, once: bool = False) -> None:
    """Insert rows; all have their keys, or none has. `once`: what a constraint says is there already is left out."""
    if rows:
        keyed = rows[0].pk is not None
        names = _columns(type(rows[0]), keyed)
        sql.send(_insert_text(type(rows[0]), keyed, once), _arrays(rows, names))


def update_all(rows: Sequence[Model], columns: tuple[str, ...]) -> None:
    """Write `columns` (attribute names) of the rows, found by their primary keys."""
    if rows:
        sql.send(_update_text(type(rows[0]), columns), _arrays(rows, ("id", *columns)))


def _arrays(rows: Sequence[Model], names: Sequence[str]) -> list[list[Any]]:
    documents = _documents(type(rows[0]))
    return [
        [Jsonb(getattr(row, name), _dump) if name in documents else getattr(row, name) for row in rows]
        for name in names
    ]


@cache
def _documents(model: type[Model]) -> frozenset[str]:
    return frozenset(field.attname for field in _fields(model) if isinstance(field, JSONField))


@cache
def _fields(model: type[Model]) -> tuple[Field[Any, Any], ...]:
    return tuple(model._meta.concrete_fields)


@cache
def _columns(model: type[Model], keyed: bool) -> tuple[str, ...]:
    return tuple(field.attname for field in _fields(model) if keyed or not field.primary_key)


@cache
def _unnested(model: type[Model], names: tuple[str, ...]) -> str:
    """unnest(%s::bigint[], …). Lengths are left out of the types, for casting would cut what is too long."""
    types = {field.attname: str(field.db_type(connection)).partition("(")[0] for field in _fields(model)}
    return "unnest(" + ", ".join(f"%s::{types[name]}[]" for name in names) + ")"


@cache
def _insert_text(model: type[Model], keyed: bool, once: bool) -> str:
    names = _columns(model, keyed)
    quoted = ", ".join(f'"{name}"' for name in names)
    ending = " ON CONFLICT DO NOTHING" if once else ""
    return f'INSERT INTO "{model._meta.db_table}" ({quoted}) SELECT * FROM {_unnested(model, names)}{ending}'  # noqa: S608  model names


@cache
def _update_text(model: type[Model], columns: tuple[str, ...]) -> str:
    sets = ", ".join(f'"{name}" = found."{name}"' for name in columns)
    names = ", ".join(f'"{name}"' for name in ("id", *columns))
    return (
        f'UPDATE "{model._meta.db_table}" AS kept SET {sets} '  # noqa: S608  model names
        f"FROM {_unnested(model, ('id', *columns))} AS found({names}) WHERE kept.id = found.id"
    )
