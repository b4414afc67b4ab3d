"""The few statements that run on every verb, prepared once per connection and sent with server-side binding.

Measured reason: Django's ORM compiles a statement anew each time and writes its values into the text, which PostgreSQL
then parses and plans anew; on the paths that open and change tickets this was most of the work. Everything else uses
the ORM. While Django logs queries (tests that count statements) it goes through Django's own cursor.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from typing import Any, TypeVar

import msgspec
import psycopg
from django.contrib.postgres.fields import ArrayField
from django.db import DEFAULT_DB_ALIAS, InterfaceError, OperationalError, connection, connections
from django.db.models import BinaryField, JSONField, Model
from psycopg.types.json import Jsonb

M = TypeVar("M", bound=Model)
_encoder = msgspec.json.Encoder()


def _dump(value: Any) -> str:
    return _encoder.encode(value).decode()


Statement = tuple[str, Sequence[Any]]
_gathered: ContextVar[list[Statement] | None] = ContextVar("gathered", default=None)


@contextmanager
def together() -> Iterator[None]:
    """What is sent inside goes to the database as one statement, at the next `execute` or at the end.

    They must not touch the same row, nor read what another of them writes. Measured reason: on a verb's path most of
    the time is the way to the database and back, not what it does there.
    """
    token = _gathered.set([])
    try:
        yield
        gathered = _gathered.get()
        _gathered.set(None)
        if gathered:
            send(*_joined(gathered))
    finally:
        _gathered.reset(token)


@contextmanager
def pipeline() -> Iterator[None]:
    """Statements that return no rows are sent without waiting for each other's answers; errors show at the end.

    Measured reason: a sweep writes hundreds of rows of as many tickets, and waited for each.
    """
    database = connections[DEFAULT_DB_ALIAS]
    database.ensure_connection()
    with database.wrap_database_errors, database.connection.pipeline():
        yield


def _joined(statements: Sequence[Statement]) -> Statement:
    """One statement of several: all but the last become common table expressions."""
    *others, (text, _) = statements
    parameters = [value for _, values in statements for value in values]
    if not others:
        return text, parameters
    parts = ", ".join(f"part{number} AS ({other})" for number, (other, _) in enumerate(others))
    return f"WITH {parts} {text}", parameters


def send(statement: str, parameters: Sequence[Any] = ()) -> None:
    """Run one statement that returns no rows. Raises Django's database errors."""
    gathered = _gathered.get()
    if gathered is not None:
        gathered.append((statement, parameters))
        return
    database = connections[DEFAULT_DB_ALIAS]
    if database.queries_logged:
        with database.cursor() as cursor:
            cursor.execute(statement, parameters)
        return
    database.ensure_connection()
    with database.wrap_database_errors:
        psycopg.RawCursor(database.connection).execute(_numbered(statement), parameters, prepare=True)


def execute(statement: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    """Run one statement that returns rows, on Django's connection. Raises Django's database errors."""
    gathered = _gathered.get()
    if gathered:
        statement, parameters = _joined([*gathered, (statement, parameters)])
        gathered.clear()
    database = connections[DEFAULT_DB_ALIAS]
    if database.queries_logged:
        with database.cursor() as cursor:
            cursor.execute(statement, parameters)
            rows: list[tuple[Any, ...]] = cursor.fetchall()
            return rows
    database.ensure_connection()
    with database.wrap_database_errors:
        raw = psycopg.RawCursor(database.connection)
        raw.execute(_numbered(statement), parameters, prepare=True)
        return raw.fetchall()


def first(statement: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    """`execute` for a request's first statement, a read: if the database was restarted meanwhile, connect again.

    So no request pays for asking whether the connection is still good.
    """
    database = connections[DEFAULT_DB_ALIAS]
    try:
        return execute(statement, parameters)
    except (OperationalError, InterfaceError):
        if database.in_atomic_block:
            raise
        database.close()
        return execute(statement, parameters)


@cache
def _numbered(statement: str) -> str:
    """The statement with PostgreSQL's own placeholders ($1, $2, …) for each %s. Statements hold no other percent."""
    parts = statement.split("%s")
    return parts[0] + "".join(f"${number}{part}" for number, part in enumerate(parts[1:], 1))


def insert(rows: Sequence[Model]) -> None:
    """Insert rows of one model with one statement. A row without a primary key gets it from the database."""
    keyed = rows[0].pk is not None
    model = type(rows[0])
    values = [value for row in rows for value in _values(row, _insert_columns(model, keyed))]
    if keyed:
        send(_insert_text(model, keyed, len(rows)), values)
        return
    found = execute(_insert_text(model, keyed, len(rows)), values)
    for row, (identity,) in zip(rows, found, strict=True):
        row.pk = identity
        row._state.adding = False


def put(rows: Sequence[Model], *, once: bool = False) -> None:
    """Insert rows of one model whose keys nobody needs to know now; what runs `together` stays together.

    `once`: a row that a constraint says is there already is left out.
    """
    model = type(rows[0])
    values = [value for row in rows for value in _values(row, _insert_columns(model, False))]
    text = _insert_text(model, False, len(rows), returning=False)
    send(f"{text} ON CONFLICT DO NOTHING" if once else text, values)


def update(row: Model, columns: tuple[str, ...]) -> None:
    """Write `columns` (attribute names) of one row, found by its primary key."""
    send(_update_text(type(row), columns), [*_values(row, columns), row.pk])


def fetch(model: type[M], condition: str, parameters: Sequence[Any]) -> list[M]:
    """Rows of a model; `condition` is what follows WHERE, with %s for each parameter."""
    readers = _readers(model)
    found = execute(_select_text(model, condition), parameters)
    return [
        model.from_db(
            "default",
            readers.names,
            [read(value) if read else value for read, value in zip(readers.reads, row, strict=True)],
        )
        for row in found
    ]


class _Readers:
    def __init__(self, model: type[Model]) -> None:
        fields = model._meta.concrete_fields
        self.names = [field.attname for field in fields]
        self.reads = [_reader(field) for field in fields]


def _reader(field: Any) -> Any:
    if isinstance(field, JSONField):
        return msgspec.json.decode
    return bytes if isinstance(field, BinaryField) else None


@cache
def _readers(model: type[Model]) -> _Readers:
    return _Readers(model)


@cache
def _json_columns(model: type[Model]) -> frozenset[str]:
    return frozenset(field.attname for field in model._meta.concrete_fields if isinstance(field, JSONField))


def _values(row: Model, columns: Sequence[str]) -> list[Any]:
    json_columns = _json_columns(type(row))
    found = [getattr(row, name) for name in columns]
    return [
        Jsonb(value, _dump) if name in json_columns else value
        for name, value in zip(columns, found, strict=True)
    ]


@cache
def _insert_columns(model: type[Model], keyed: bool) -> tuple[str, ...]:
    return tuple(field.attname for field in model._meta.concrete_fields if keyed or not field.primary_key)


@cache
def _casts(model: type[Model]) -> dict[str, str]:
    """Arrays need their type said, for an empty one has none."""
    return {
        f.attname: f"%s::{f.db_type(connection)}"
        for f in model._meta.concrete_fields
        if isinstance(f, ArrayField)
    }


@cache
def _insert_text(model: type[Model], keyed: bool, count: int, returning: bool = True) -> str:
    columns, casts = _insert_columns(model, keyed), _casts(model)
    row = "(" + ", ".join(casts.get(name, "%s") for name in columns) + ")"
    names = ", ".join(f'"{name}"' for name in columns)
    values = ", ".join([row] * count)
    ending = " RETURNING id" if returning and not keyed else ""
    return f'INSERT INTO "{model._meta.db_table}" ({names}) VALUES {values}{ending}'  # noqa: S608  model names


@cache
def _update_text(model: type[Model], columns: tuple[str, ...]) -> str:
    casts = _casts(model)
    sets = ", ".join(f'"{name}" = {casts.get(name, "%s")}' for name in columns)
    return f'UPDATE "{model._meta.db_table}" SET {sets} WHERE id = %s'  # noqa: S608  model names only


@cache
def _select_text(model: type[Model], condition: str) -> str:
    names = ", ".join(f'"{field.attname}"' for field in model._meta.concrete_fields)
    return f'SELECT {names} FROM "{model._meta.db_table}" WHERE {condition}'  # noqa: S608  callers' constants
