"""Recordings are kept as long as the line's settings say, are gone then, and are what they were."""

from __future__ import annotations

from datetime import timedelta

import time_machine

from gongdan.core.interactions import sound_files
from gongdan.core.interactions.actions.recordings import remove_old
from gongdan.core.interactions.models import LineSettings, RecordingState
from gongdan.core.interactions.sound_proof import NIGHTS, damaged, verify_some
from gongdan.kernel import clock, reference
from gongdan.outbox.models import EventRecord
from tests.recordings.conftest import Line, files


def test_a_recording_is_removed_when_its_time_is_over(served: Line) -> None:
    LineSettings.objects.update_or_create(pk=1, defaults={"recording_days": 30})
    reference.forget()
    made = served.stored()
    assert made.keep_until == made.began_at + timedelta(days=30)
    with time_machine.travel(made.keep_until - timedelta(minutes=1)):
        assert remove_old() == 0
    assert len(files()) == 1
    with time_machine.travel(made.keep_until + timedelta(minutes=1)):
        assert remove_old() == 1
        assert remove_old() == 0
    made.refresh_from_db()
    assert (made.state, made.peaks) == (RecordingState.REMOVED, [])
    assert files() == []
    event = EventRecord.objects.get(type="RecordingRemoved")
    assert event.data == {"recording_id": made.pk, "sha256": made.sha256}


def test_a_file_stays_as_long_as_anybody_names_it(served: Line) -> None:
    one, other = served.stored("c1"), served.stored("c2")
    assert one.sha256 == other.sha256
    type(other).objects.filter(pk=other.pk).update(keep_until=clock.now() + timedelta(days=900))
    assert one.keep_until is not None
    with time_machine.travel(one.keep_until + timedelta(days=1)):
        assert remove_old() == 1
    assert len(files()) == 1
    with time_machine.travel(clock.now() + timedelta(days=901)):
        assert remove_old() == 1
    assert files() == []


def test_a_removal_that_was_cut_off_is_finished(served: Line) -> None:
    """The file was removed and the process died before the row said so."""
    made = served.stored()
    sound_files.path_of(made.sha256).unlink()
    assert made.keep_until is not None
    with time_machine.travel(made.keep_until + timedelta(days=1)):
        assert remove_old() == 1
    made.refresh_from_db()
    assert made.state == RecordingState.REMOVED


def test_damage_is_found(served: Line) -> None:
    made = served.stored()
    assert damaged() == []
    path = sound_files.path_of(made.sha256)
    path.write_bytes(path.read_bytes()[:-1] + b"\1")
    assert [(one.recording_id, one.missing) for one in damaged()] == [(made.pk, False)]
    path.unlink()
    assert [(one.recording_id, one.missing) for one in damaged()] == [(made.pk, True)]


def test_within_a_month_of_nights_every_recording_is_looked_at(served: Line) -> None:
    made = [served.stored("c1"), served.stored("c2")]
    sound_files.path_of(made[0].sha256).unlink()
    now, found = clock.now(), 0
    for night in range(NIGHTS):
        with time_machine.travel(now + timedelta(days=night), tick=False):
            found += verify_some()
    assert found == len(made)
