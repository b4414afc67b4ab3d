"""Whatever is done to the records, the verifier finds and places it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from gongdan.outbox import chains, verify
from gongdan.outbox.chain_check import Finding
from gongdan.outbox.models import ChainHead, EventRecord
from tests.outbox.happenings import ACTOR, SUBJECT, happen
from tests.outbox.tampering import cut_off_and_rewrite_the_head, forge, found, make_trail, tamper, tampering


@pytest.fixture(autouse=True)
def trail(settings: Any, tmp_path: Path, db: None) -> None:
    """Three chains of four records."""
    settings.HOME = tmp_path
    make_trail()


def test_the_whole_trail_is_read() -> None:
    read: list[int] = []
    assert list(verify.verify(progress=read.append)) == []
    assert sum(read) == 12
    assert verify.count() >= 12


@pytest.mark.parametrize(
    "change",
    [
        """data = '{"n": 99}'""",
        "data = '[1]'",
        "data = 'null'",
        """data = '{"n": 1e400}'""",
        """data = (repeat('[', 2500) || repeat(']', 2500))::jsonb""",
        """actor = '"nobody"'""",
        "at = 'infinity'",
        "at = '4000-01-01 BC'",
        """actor = jsonb_set(actor, '{name}', '"李四"')""",
        "actor_staff_id = 8",
        "at = at + interval '1 microsecond'",
        "type = 'TestEnded'",
        "version = 2",
        r"hash = '\x00'",
        r"previous_hash = '\x00'",
    ],
)
@pytest.mark.parametrize("seq", [1, 2, 4])
def test_a_changed_record(change: str, seq: int) -> None:
    tamper(f"UPDATE outbox_eventrecord SET {change} WHERE subject_id = 2 AND seq = %s", seq)  # noqa: S608  of the table above
    assert ("changed", 2, seq) in found()
    assert {subject_id for _, subject_id, _ in found()} == {2}


def test_a_record_without_a_hash_whose_head_was_rewritten() -> None:
    tamper("UPDATE outbox_eventrecord SET actor_staff_id = 8, hash = '' WHERE subject_id = 2 AND seq = 4")
    tamper("UPDATE outbox_chainhead SET hash = '' WHERE subject_id = 2")
    assert found() == [("changed", 2, 4)]


def test_a_changed_record_is_placed() -> None:
    tamper("UPDATE outbox_eventrecord SET type = 'TestEnded' WHERE subject_id = 2 AND seq = 3")
    event = EventRecord.objects.get(subject_id=2, seq=3)
    (finding,) = verify.verify()
    sentence = f"Record 3 (event {event.pk}) was changed."
    assert finding == Finding("changed", SUBJECT, 2, "2", 3, event.pk, sentence)


def test_one_removed_from_the_middle() -> None:
    tamper("DELETE FROM outbox_eventrecord WHERE subject_id = 2 AND seq IN (2, 3)")
    assert found() == [("removed", 2, 2)]


def test_the_first_removed() -> None:
    tamper("DELETE FROM outbox_eventrecord WHERE subject_id = 2 AND seq = 1")
    assert found() == [("removed", 2, 1)]


def test_a_gap_closed_by_renumbering() -> None:
    with tampering() as cursor:
        cursor.execute("DELETE FROM outbox_eventrecord WHERE subject_id = 2 AND seq = 2")
        for seq in (3, 4):
            cursor.execute(
                "UPDATE outbox_eventrecord SET seq = %s WHERE subject_id = 2 AND seq = %s", [seq - 1, seq]
            )
    assert ("changed", 2, 2) in found()


def test_the_last_removed() -> None:
    tamper("DELETE FROM outbox_eventrecord WHERE subject_id = 2 AND seq = 4")
    assert found() == [("cut_off", 2, 4)]


def test_without_an_anchor_that_would_not_show() -> None:
    cut_off_and_rewrite_the_head()
    assert found() == []


def test_one_inserted_in_the_middle() -> None:
    with tampering() as cursor:
        for seq in (4, 3):
            cursor.execute(
                "UPDATE outbox_eventrecord SET seq = %s WHERE subject_id = 2 AND seq = %s", [seq + 1, seq]
            )
    forge(3)
    assert found()[0] == ("inserted", 2, 3)


def test_one_inserted_at_the_end() -> None:
    forge(5)
    assert found() == [("inserted", 2, 5)]


def test_one_inserted_at_the_end_with_the_head_rewritten() -> None:
    forge(5)
    tamper(
        "UPDATE outbox_chainhead h SET seq = 5, hash = (SELECT e.hash FROM outbox_eventrecord e"
        " WHERE e.subject_id = 2 AND e.seq = 5) WHERE h.subject_id = 2"
    )
    assert found() == [("changed", 2, 5)]


def test_two_swapped() -> None:
    tamper(
        "UPDATE outbox_eventrecord a SET data = b.data, at = b.at FROM outbox_eventrecord b"
        " WHERE a.subject_id = 2 AND b.subject_id = 2 AND (a.seq, b.seq) IN ((2, 3), (3, 2))"
    )
    assert found() == [("changed", 2, 2), ("changed", 2, 3)]


def test_two_that_changed_places_with_everything_but_the_seq() -> None:
    with tampering() as cursor:
        for old, new in ((2, 9), (3, 2), (9, 3)):
            cursor.execute(
                "UPDATE outbox_eventrecord SET seq = %s WHERE subject_id = 2 AND seq = %s", [new, old]
            )
    assert ("changed", 2, 2) in found()


def test_a_whole_chain_removed() -> None:
    tamper("DELETE FROM outbox_eventrecord WHERE subject_id = 2")
    assert found() == [("removed", 2, 1)]


def test_a_head_removed() -> None:
    tamper("DELETE FROM outbox_chainhead WHERE subject_id = 2")
    assert found() == [("row_missing", 2, 4)]


def test_a_head_changed() -> None:
    tamper("UPDATE outbox_chainhead SET seq = 3 WHERE subject_id = 2")
    assert found() == [("head_changed", 2, 4)]


def test_a_chain_replayed_from_elsewhere() -> None:
    tamper("UPDATE outbox_eventrecord SET subject_id = 4 WHERE subject_id = 2")
    kinds = found()
    assert ("removed", 2, 1) in kinds
    assert ("changed", 4, 1) in kinds


def test_one_chain_only() -> None:
    tamper("DELETE FROM outbox_eventrecord WHERE seq = 2")
    assert found(subject=SUBJECT, subject_id=3) == [("removed", 3, 2)]


def test_a_room_that_keeps_its_own_heads(monkeypatch: pytest.MonkeyPatch) -> None:
    keeper = chains.keeper_of_rows(SUBJECT, ChainHead, seq="seq", hash_="hash", name="subject")
    row = ChainHead.objects.get(subject_id=2)
    monkeypatch.setitem(chains._keepers, SUBJECT, keeper)
    ChainHead.objects.all().delete()
    row.pk = 2
    row.seq = 5
    row.save(force_insert=True)
    assert ("cut_off", 2, 5) in found()
    assert (keeper.find(SUBJECT), keeper.find("nobody")) == (2, None)


def test_data_that_jsonb_rewrites_still_verify() -> None:
    happen(5, 1, more=[1e22, 1e-9, -0.0, 2**62, "1e5", "é\u2028", {"b": 1, "a": 2}])
    assert found() == []


def test_the_actor_is_that_of_the_test() -> None:
    assert EventRecord.objects.filter(actor_staff_id=ACTOR.staff_id).count() == 12
