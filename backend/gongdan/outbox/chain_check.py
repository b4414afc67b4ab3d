"""What is wrong with one chain: pure, over the records in order, the kept head, and what anchors saw.

Promise: an untouched chain gives no finding; every touched one gives at least one, at the first place that is wrong.
Holds three records at a time, however long the chain is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from gongdan.outbox.chains import KeptHead


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong. `kind`: changed, removed, inserted, cut_off, head_changed, row_missing, anchor.

    `name` is the subject's name for people (a ticket's number) if its row is there; `event_id` the record's, if any.
    """

    kind: str
    subject: str
    subject_id: int
    name: str
    seq: int
    event_id: int | None
    sentence: str


class Record(NamedTuple):
    """A record as it stands in the table; `true_hash` is what its hash should be by its content and `previous`, None
    if no hash could be right."""

    subject_id: int
    id: int
    seq: int
    previous: bytes
    hash: bytes
    true_hash: bytes | None


class Anchored(NamedTuple):
    """What an anchor says of a chain: the hash (hex) of the record `seq`."""

    subject_id: int
    seq: int
    hash: str
    anchor_id: int


def check_chain(
    subject: str,
    subject_id: int,
    records: Iterator[Record],
    head: KeptHead | None,
    anchored: Sequence[Anchored],
) -> Iterator[Finding]:
    """The findings of one chain, in order of seq."""
    chain = _Chain(subject, subject_id, head, {mark.seq: mark for mark in anchored})
    for record in records:
        yield from chain.next(record)
    yield from chain.end()


@dataclass
class _Chain:
    """Where the walk stands: `last_seq` and `last_hash` of the record before, `suspect` one whose hash is wrong."""

    subject: str
    subject_id: int
    head: KeptHead | None
    anchored: dict[int, Anchored]
    last_seq: int = 0
    last_hash: bytes = b""
    suspect: Record | None = None
    before_suspect: bytes = b""
    blamed: set[int] = field(default_factory=set)

    def next(self, record: Record) -> Iterator[Finding]:
        if self.suspect is not None:
            squeezed_in = record.previous == self.before_suspect
            yield self._blame_suspect(squeezed_in)
        if record.seq > self.last_seq + 1:
            yield self._gap("removed", self.last_seq + 1, record.seq - 1)
        elif record.previous != self.last_hash and not self.blamed:
            yield self._at("changed", record, "does not follow the record before it")
        if record.hash != record.true_hash:
            self.suspect, self.before_suspect = record, self.last_hash
        elif (mark := self.anchored.get(record.seq)) and mark.hash != record.hash.hex() and not self.blamed:
            yield self._at("changed", record, f"is not the one anchor {mark.anchor_id} saw")
        self.last_seq, self.last_hash = record.seq, record.hash

    def end(self) -> Iterator[Finding]:
        if self.suspect is not None:
            beyond = self.head is not None and self.last_seq > self.head.seq
            yield self._blame_suspect(beyond)
        known = max([*self.anchored, self.head.seq if self.head else 0])
        if known > self.last_seq:
            yield self._gap("cut_off" if self.last_seq else "removed", self.last_seq + 1, known)
        elif self.head is None:
            yield self._finding(
                "row_missing", self.last_seq, None, f"The {self.subject}'s own row is missing."
            )
        elif (self.head.seq, self.head.hash) != (self.last_seq, self.last_hash) and not self.blamed:
            words = (
                f"The {self.subject}'s row says its chain ends at {self.head.seq}, otherwise than the log."
            )
            yield self._finding("head_changed", self.last_seq, None, words)

    def _blame_suspect(self, inserted: bool) -> Finding:
        assert self.suspect is not None
        record, self.suspect = self.suspect, None
        if inserted:
            return self._at("inserted", record, "was inserted")
        return self._at("changed", record, "was changed")

    def _at(self, kind: str, record: Record, words: str) -> Finding:
        self.blamed.add(record.seq)
        return self._finding(kind, record.seq, record.id, f"Record {record.seq} (event {record.id}) {words}.")

    def _gap(self, kind: str, first: int, last: int) -> Finding:
        self.blamed.add(first)
        which = f"Record {first} is" if first == last else f"Records {first} to {last} are"
        end = " at the end" if kind == "cut_off" else ""
        return self._finding(kind, first, None, f"{which} missing{end}.")

    def _finding(self, kind: str, seq: int, event_id: int | None, sentence: str) -> Finding:
        name = self.head.name if self.head else ""
        return Finding(kind, self.subject, self.subject_id, name, seq, event_id, sentence)
