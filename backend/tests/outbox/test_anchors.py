"""Anchors show what the records alone cannot: ends cut off together with all that knew of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from gongdan.outbox import anchors, verify
from gongdan.outbox.models import Anchor
from tests.outbox.happenings import happen
from tests.outbox.tampering import cut_off_and_rewrite_the_head, found, make_trail, tamper, tampering

pytestmark = pytest.mark.django_db(transaction=True)  # an anchor sees only what is committed


@pytest.fixture(autouse=True)
def trail(settings: Any, tmp_path: Path, transactional_db: None) -> None:
    """Three chains of four records."""
    settings.HOME = tmp_path
    make_trail()


def test_an_untouched_trail_has_no_findings() -> None:
    assert found() == []
    anchors.make_anchor()
    happen(1, 4)
    assert found() == []


def test_the_last_removed_and_the_head_rewritten_shows_by_the_anchor() -> None:
    anchors.make_anchor()
    cut_off_and_rewrite_the_head()
    assert found() == [("cut_off", 2, 4)]


def test_a_whole_chain_removed_with_its_head_shows_by_the_anchor() -> None:
    anchors.make_anchor()
    with tampering() as cursor:
        cursor.execute("DELETE FROM outbox_eventrecord WHERE subject_id = 2")
        cursor.execute("DELETE FROM outbox_chainhead WHERE subject_id = 2")
    assert found() == [("removed", 2, 1)]


@pytest.mark.parametrize(
    "change",
    [
        "heads = '[]'",
        "heads = '{}'",
        "heads = '[1]'",
        """heads = '[["test", "one", "two", 3]]'""",
        """heads = '[["test", 2]]'""",
        "heads = (repeat('[', 2500) || repeat(']', 2500))::jsonb",
        "made_at = 'infinity'",
    ],
)
def test_a_changed_anchor(change: str) -> None:
    anchors.make_anchor()
    tamper(f"UPDATE outbox_anchor SET {change}")  # noqa: S608  of the table above
    assert [kind for kind, *_ in found()] == ["anchor"]


def test_an_anchor_removed_from_between() -> None:
    for n in range(3):
        happen(1, n)
        anchors.make_anchor()
    _first, second, _third = Anchor.objects.order_by("id")
    tamper("DELETE FROM outbox_anchor WHERE id = %s", second.pk)
    assert [kind for kind, *_ in found()] == ["anchor", "anchor"]


def test_the_last_anchor_removed_shows_by_the_file() -> None:
    anchors.make_anchor()
    tamper("DELETE FROM outbox_anchor")
    (finding,) = verify.verify()
    assert "in the file of anchors but not in the database" in finding.sentence


def test_anchors_hold_only_what_grew() -> None:
    assert anchors.make_anchor() == 3
    assert anchors.make_anchor() == 0
    happen(2, 5)
    happen(2, 6)
    assert anchors.make_anchor() == 1
    assert [len(anchor.heads) for anchor in Anchor.objects.order_by("id")] == [3, 1]
    assert found() == []


def test_many_heads_make_several_anchors(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(anchors, "HEADS", 2)
    assert anchors.make_anchor() == 3
    assert [len(anchor.heads) for anchor in Anchor.objects.order_by("id")] == [2, 1]
    assert (found(), anchors.make_anchor()) == ([], 0)
