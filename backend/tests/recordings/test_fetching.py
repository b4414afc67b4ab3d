"""Recordings are fetched from where an administrator said, kept whole, tried for a day, and given up in words."""

from __future__ import annotations

import hashlib
import os
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from asgiref.sync import async_to_sync

from gongdan.channels.phone import recordings as fetching
from gongdan.core.interactions import sound_files
from gongdan.core.interactions.actions.recordings import LEASE, WAITS, claim
from gongdan.core.interactions.models import Recording, RecordingState
from gongdan.kernel import clock
from gongdan.outbox.models import EventRecord
from tests.recordings.conftest import SOUND, Line, Place, files
from tests.recordings.wav import pcm, wav


def told(recording: Recording, type_: str) -> list[dict[str, object]]:
    found = EventRecord.objects.filter(subject="call", subject_id=recording.call_id, type=type_)
    return [event.data for event in found.order_by("seq")]


def test_a_recording_is_fetched_looked_into_and_kept(served: Line, place: Place) -> None:
    made = served.recorded()
    assert fetching.fetch_now() == [served.organisation.agent.pk]
    made.refresh_from_db()
    assert (made.state, made.content_type, made.size) == ("stored", "audio/wav", len(SOUND))
    assert (made.seconds, len(made.peaks), made.peaks[0], made.peaks[-1]) == (60, 400, 25, 50)
    assert made.sha256 == hashlib.sha256(SOUND).hexdigest()
    assert sound_files.path_of(made.sha256).read_bytes() == SOUND
    assert made.keep_until == made.began_at + timedelta(days=180)
    assert place.asked == [("/a.wav", "Basic cGJ4OnB3")]
    assert told(made, "RecordingStored") == [
        {"recording_id": made.pk, "sha256": made.sha256, "seconds": 60, "size": len(SOUND)}
    ]
    assert fetching.fetch_now() == []


def test_nothing_is_claimed_twice(served: Line) -> None:
    made = served.recorded()
    assert [due.id for due in claim(10)] == [made.pk]
    assert claim(10) == []
    with time_machine.travel(clock.now() + LEASE + timedelta(seconds=1), tick=False):
        assert [due.id for due in claim(10)] == [made.pk]


def test_a_recording_that_never_comes_is_tried_for_a_day_and_given_up(served: Line, place: Place) -> None:
    place.status = 404
    made = served.recorded()
    began = clock.now()
    with time_machine.travel(began, tick=False) as traveller:
        for tries in range(1, len(WAITS) + 1):
            assert fetching.fetch_now() == []
            made.refresh_from_db()
            assert (made.state, made.tries) == ("awaited", tries)
            assert fetching.fetch_now() == []
            assert made.next_try_at is not None
            traveller.move_to(made.next_try_at)
        assert timedelta(hours=23) < clock.now() - began < timedelta(hours=27)
        assert fetching.fetch_now() == [served.organisation.agent.pk]
    made.refresh_from_db()
    assert (made.state, made.next_try_at) == ("failed", None)
    assert made.fault == "The place of recordings answered 404."
    assert told(made, "RecordingFailed") == [{"recording_id": made.pk, "why": made.fault}]
    assert len(place.asked) == len(WAITS) + 1
    assert files() == []


def faults(line: Line, **recorded: str) -> str:
    made = line.recorded(**recorded)
    fetching.fetch_now()
    made.refresh_from_db()
    assert made.state != RecordingState.STORED
    assert files() == []
    return made.fault


def test_what_broke_off_is_not_kept(served: Line, place: Place) -> None:
    place.cut = 10
    assert "broke off" in faults(served) or "could not be read" in Recording.objects.get().fault


def test_what_is_no_sound_is_not_kept(served: Line, place: Place) -> None:
    place.files["/a.wav"] = b"<html>Please sign in</html>"
    assert faults(served) == "What came is no sound file that is known."


def test_what_is_too_large_is_not_kept(served: Line, place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "MOST_BYTES", 1000)
    assert faults(served) == "The file is larger than 1000 bytes."


def test_redirects_are_not_followed(served: Line, place: Place) -> None:
    place.to = "http://127.0.0.1:1/"
    assert faults(served) == "The place of recordings answered 302."


def test_an_inner_address_needs_to_be_allowed(served: Line, place: Place) -> None:
    served.set(allowed_networks=[])
    assert "not allowed" in faults(served)
    assert place.asked == []


def test_another_host_needs_to_be_allowed_and_never_gets_the_password(served: Line, place: Place) -> None:
    other = place.address.replace("127.0.0.1", "127.0.0.2")
    served.set(recording_address=other, allowed_networks=["127.0.0.2/32"])
    assert "not allowed" in faults(served, url=f"{place.address}/a.wav")
    served.set(allowed_networks=["127.0.0.0/8"])
    Recording.objects.update(next_try_at=clock.now())
    fetching.fetch_now()
    assert Recording.objects.get().state == RecordingState.STORED
    assert place.asked == [("/a.wav", "")]


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "ftp://127.0.0.1/a.wav", "http://u:p@127.0.0.1/a", "//x y/a"]
)
def test_addresses_that_are_none(served: Line, place: Place, url: str) -> None:
    assert "address" in faults(served, url=url)
    assert place.asked == []


def test_without_any_place_the_reason_says_so(line: Line) -> None:
    assert "set the system's recording address" in faults(line, url="a.wav")


@pytest.fixture
def folder(line: Line, tmp_path: Path) -> Path:
    made = tmp_path / "monitor"
    (made / "2026").mkdir(parents=True)
    (made / "2026" / "a.wav").write_bytes(SOUND)
    (tmp_path / "secret.wav").write_bytes(wav(pcm(1, 2)))
    line.set(settings={"recording_folder": str(made)})
    return made


@pytest.mark.parametrize("path", ["2026/a.wav", "{folder}/2026/a.wav", "./2026//a.wav"])
def test_a_recording_is_read_from_a_folder(line: Line, folder: Path, path: str) -> None:
    made = line.recorded(url=path.format(folder=folder))
    fetching.fetch_now()
    made.refresh_from_db()
    assert (made.state, made.size) == ("stored", len(SOUND))
    assert (folder / "2026" / "a.wav").exists()


@pytest.mark.parametrize(
    "path", ["../secret.wav", "2026/../../secret.wav", "{folder}/../secret.wav", "/etc/passwd"]
)
def test_nothing_outside_the_folder_is_read(line: Line, folder: Path, path: str) -> None:
    assert "leaves the folder" in faults(line, url=path.format(folder=folder))
    assert Recording.objects.get().state == RecordingState.FAILED


@pytest.mark.parametrize("link", ["2026/link.wav", "out"])
def test_links_are_not_followed(line: Line, folder: Path, link: str) -> None:
    secret = folder.parent / "secret.wav"
    (folder / link).symlink_to(secret if link.endswith(".wav") else folder.parent)
    path = link if link.endswith(".wav") else f"{link}/secret.wav"
    assert "cannot be read" in faults(line, url=path)


def test_what_is_no_file_is_not_waited_for(line: Line, folder: Path) -> None:
    os.mkfifo(folder / "pipe.wav")
    assert faults(line, url="pipe.wav") == "The recording's path names no file."
    Recording.objects.update(next_try_at=clock.now(), url="gone.wav")
    fetching.fetch_now()
    assert Recording.objects.get().fault == "There is no such file in the folder of recordings."


@pytest.mark.django_db(transaction=True)
def test_the_phone_process_fetches_without_holding_its_loop(served: Line) -> None:
    made = served.recorded()
    assert async_to_sync(fetching.fetch_some)(5) == [served.organisation.agent.pk]
    made.refresh_from_db()
    assert made.state == RecordingState.STORED
