"""The mapping file: which column becomes what. Read and checked as a whole before the first row."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from gongdan.kernel.errors import Invalid

LARGEST = 1 << 20
Reading = Literal["text", "number", "time", "date", "list", "yes_no"]


class Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Source(Part):
    """Where a value comes from: a column or a constant, then (in this order) a translation, a prefix, a reading.

    `table` translates whole cells, `contains` the first word found in the cell; `otherwise` is for the rest.
    """

    column: str | None = None
    constant: Any = None
    join: tuple[str, ...] = ()
    table: dict[str, str] = {}
    contains: dict[str, str] = {}
    otherwise: str | None = None
    prefix: str = ""
    split: str | None = None
    format: str | None = None
    zone: str | None = None
    reading: Reading = Field("text", alias="as")

    @model_validator(mode="before")
    @classmethod
    def _plain(cls, value: Any) -> Any:
        """A plain text is the name of a column."""
        return {"column": value} if isinstance(value, str) else value

    @model_validator(mode="after")
    def _one(self) -> Source:
        if sum((self.column is not None, self.constant is not None, bool(self.join))) != 1:
            raise ValueError("name exactly one of column, constant and join")
        return self

    @property
    def columns(self) -> tuple[str, ...]:
        return self.join or ((self.column,) if self.column is not None else ())

    @field_validator("zone")
    @classmethod
    def _zone(cls, name: str | None) -> str | None:
        return known_zone(name) if name else None


class RequesterPart(Part):
    name: Source | None = None
    phone: Source | None = None


class TicketPart(Part):
    """A row's ticket. `external_id` tells rows apart for ever; `category` is a code or a path of names with /."""

    external_id: Source
    category: Source
    body: Source
    subject: Source | None = None
    kind: Source | None = None
    channel: Source | None = None
    priority: Source | None = None
    received_at: Source | None = None
    expected_end: Source | None = None
    tags: Source | None = None
    requester: RequesterPart = RequesterPart()
    fields: dict[str, Source] = {}


class ReplyPart(Part):
    """The answer a row has already: when `result` is not empty, the ticket is accepted, processed and closed at `at`."""

    result: Source
    at: Source
    accepted_at: Source | None = None
    outcome: Source | None = None
    public: bool = True
    fields: dict[str, Source] = {}
    close_reason: Annotated[str, Field(min_length=1, max_length=2000)] = (
        "Closed in the system it was imported from."
    )


class CustomerPart(Part):
    """A row's customer, found again by `external_id`."""

    external_id: Source
    name: Source
    kind: Source | None = None
    level: Source | None = None
    customer_class: Source | None = None
    parent: Source | None = None
    phone: Source | None = None
    email: Source | None = None
    wechat: Source | None = None
    address: Source | None = None
    note: Source | None = None


class TablePart(Part):
    encoding: str | None = None
    delimiter: Annotated[str, Field(min_length=1, max_length=1)] | None = None
    sheet: str | None = None

    @field_validator("encoding")
    @classmethod
    def _codec(cls, name: str | None) -> str | None:
        if name is not None:
            try:
                "".encode(name)
            except LookupError:
                raise ValueError(f"there is no encoding {name!r}") from None
        return name


class Mapping(Part):
    """`source` names the system the table comes from; external ids are kept as `<source>:<id>`."""

    source: Annotated[str, Field(pattern=r"^[A-Za-z0-9_.-]{1,40}$")]
    zone: str = "Asia/Shanghai"
    table: TablePart = TablePart()
    ticket: TicketPart | None = None
    customer: CustomerPart | None = None
    reply: ReplyPart | None = None

    @field_validator("zone")
    @classmethod
    def _zone(cls, name: str) -> str:
        return known_zone(name)

    def sources(self) -> Iterator[Source]:
        """Every source anywhere in the mapping."""
        for part in (self.ticket, self.customer, self.reply):
            if part is not None:
                yield from _within(part)


def _within(part: Part) -> Iterator[Source]:
    for value in (getattr(part, name) for name in type(part).model_fields):
        if isinstance(value, Source):
            yield value
        elif isinstance(value, Part):
            yield from _within(value)
        elif isinstance(value, dict):
            yield from (one for one in value.values() if isinstance(one, Source))


def known_zone(name: str) -> str:
    """The name of a time zone there is; ValueError otherwise."""
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise ValueError(f"there is no time zone {name!r}") from None
    return name


def read_mapping(path: Path) -> Mapping:
    """The mapping in a file. Raises Invalid invalid_mapping whose `errors` name every mistake with its place."""
    try:
        if path.stat().st_size > LARGEST:
            raise _invalid(path, [("", "it is larger than 1 MiB")])
        text = path.read_text(encoding="utf-8-sig")
        # The base loader makes no objects and leaves every scalar a text: 1, yes and 2020-01-01 are words in a table.
        written = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506
    except OSError as error:
        raise _invalid(path, [("", error.strerror or "it cannot be read")]) from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise _invalid(path, [("", f"it is no YAML: {' '.join(str(error).split())}")]) from error
    if not isinstance(written, dict):
        raise _invalid(path, [("", "it is a table of `source:`, `ticket:`, …")])
    try:
        return Mapping.model_validate(written)
    except ValidationError as error:
        raise _invalid(path, [(_place(one["loc"]), _words(one["msg"])) for one in error.errors()]) from None


def require_columns(mapping: Mapping, columns: tuple[str, ...], name: str) -> None:
    """Refuse a mapping that names columns the table has not."""
    wanted = dict.fromkeys(column for source in mapping.sources() for column in source.columns)
    missing = [column for column in wanted if column not in columns]
    if missing:
        near = get_close_matches(missing[0], columns, n=1)
        hint = f"; do you mean {near[0]!r}?" if near else f"; it has {', '.join(filter(None, columns))}"
        raise Invalid(
            "unknown_column", f"{name} has no column {missing[0]!r}{hint}.", field="mapping", columns=missing
        )


def _place(location: tuple[Any, ...]) -> str:
    return ".".join(map(str, location))


def _words(message: str) -> str:
    return message.removeprefix("Value error, ")


def _invalid(path: Path, mistakes: list[tuple[str, str]]) -> Invalid:
    lines = "; ".join(f"{place}: {words}" if place else words for place, words in mistakes)
    errors = [{"field": place, "code": "invalid_mapping", "detail": words} for place, words in mistakes]
    return Invalid(
        "invalid_mapping", f"The mapping {path.name} cannot be used: {lines}.", field="mapping", errors=errors
    )
