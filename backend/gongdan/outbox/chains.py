"""Who keeps the ends of the chains outside the log, so that the verifier can see when a chain was cut off.

A room whose rows carry their chain's head (tickets do) registers itself here; all other subjects are in ChainHead.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import NamedTuple

from django.db import connection, models

from gongdan.outbox.models import ChainHead

CHUNK = 2000  # rows fetched at a time


class KeptHead(NamedTuple):
    """A subject's row: its id, the end of its chain as the row says, and its name for people (a ticket's number)."""

    subject_id: int
    seq: int
    hash: bytes
    name: str


@dataclass(frozen=True, slots=True)
class Keeper:
    """`heads(first, last)` yields the rows with ids in that range, by ascending id, streamed.

    `find(name)` is the id of the row a person calls so, None if there is none.
    """

    subject: str
    heads: Callable[[int, int], Iterator[KeptHead]]
    find: Callable[[str], int | None]


_keepers: dict[str, Keeper] = {}
KEEPERS: Mapping[str, Keeper] = MappingProxyType(_keepers)


def register(keeper: Keeper) -> None:
    """The room keeps the heads of its subject itself."""
    _keepers[keeper.subject] = keeper


def keeper_of_rows(subject: str, model: type[models.Model], *, seq: str, hash_: str, name: str) -> Keeper:
    """A keeper for a table whose columns `seq` and `hash_` hold the head and whose column `name` is unique."""
    rows = model._default_manager.all()

    def heads(first: int, last: int) -> Iterator[KeptHead]:
        found = rows.filter(pk__gte=first, pk__lte=last).order_by("pk").values_list("pk", seq, hash_, name)
        for pk, kept_seq, kept_hash, kept_name in found.iterator(CHUNK):
            yield KeptHead(pk, kept_seq, bytes(kept_hash), kept_name)

    def find(called: str) -> int | None:
        found: int | None = rows.filter(**{name: called}).values_list("pk", flat=True).first()
        return found

    return Keeper(subject, heads, find)


def keeper_of(subject: str) -> Keeper:
    """The registered keeper, else ChainHead."""
    return _keepers.get(subject) or Keeper(
        subject, lambda first, last: _plain(subject, first, last), _plain_id
    )


def subjects() -> list[str]:
    """Every kind of subject that has a chain, or should have one."""
    with connection.cursor() as cursor:
        cursor.execute(_SUBJECTS)
        found = {row[0] for row in cursor.fetchall()}
    found |= set(ChainHead.objects.values_list("subject", flat=True).distinct())
    return sorted(found | set(_keepers))


def _plain(subject: str, first: int, last: int) -> Iterator[KeptHead]:
    rows = ChainHead.objects.filter(subject=subject, subject_id__gte=first, subject_id__lte=last)
    for row in rows.order_by("subject_id").iterator(CHUNK):
        yield KeptHead(row.subject_id, row.seq, bytes(row.hash), str(row.subject_id))


def _plain_id(called: str) -> int | None:
    return int(called) if called.isdecimal() else None


# Hops from one subject to the next by the index instead of reading every record.
_SUBJECTS = """
WITH RECURSIVE hop AS (
  (SELECT subject FROM outbox_eventrecord ORDER BY subject LIMIT 1)
  UNION ALL
  SELECT (SELECT subject FROM outbox_eventrecord e WHERE e.subject > hop.subject ORDER BY subject LIMIT 1)
  FROM hop WHERE hop.subject IS NOT NULL)
SELECT subject FROM hop WHERE subject IS NOT NULL"""
