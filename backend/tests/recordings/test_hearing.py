"""Recordings are heard by whom the rule lets, piece by piece, and every listening is written down once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine

from gongdan.core.interactions import sound_files
from gongdan.core.interactions.actions.recordings import ONCE_IN
from gongdan.core.interactions.models import Recording, RecordingListen
from gongdan.core.staff.models import Staff
from gongdan.kernel import clock
from gongdan.outbox.models import EventRecord
from tests.client import Client
from tests.recordings.conftest import SOUND, Line

ClientOf = Callable[[Staff | None], Client]


def path(recording: Recording) -> str:
    return f"/calls/{recording.call_id}/recordings/{recording.pk}/audio"


def heard(
    client: Client, recording: Recording, bytes_: str = "", **headers: str
) -> tuple[int, bytes, dict[str, str]]:
    """Status, body and headers."""
    sent = {**client.headers, **({"Range": bytes_} if bytes_ else {}), **headers}
    response = client.django.get("/api/v1" + path(recording), headers=sent)
    body = b"".join(response) if response.streaming else response.content
    return response.status_code, body, dict(response.headers)


@pytest.fixture
def agent(line: Line, client_of: ClientOf) -> Client:
    return client_of(line.organisation.agent)


def test_the_whole_of_it(served: Line, agent: Client) -> None:
    made = served.stored()
    assert agent.get(path(made)).status == 200
    status, body, headers = heard(agent, made)
    assert (status, body) == (200, SOUND)
    assert (headers["Content-Type"], headers["Accept-Ranges"]) == ("audio/wav", "bytes")
    assert headers["Content-Length"] == str(len(SOUND))
    assert headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cache-Control"] == "private, no-cache"
    assert "Content-Disposition" not in headers


def test_a_range_of_it(served: Line, agent: Client) -> None:
    made = served.stored()
    status, body, headers = heard(agent, made, "bytes=100-199")
    assert (status, body) == (206, SOUND[100:200])
    assert (headers["Content-Range"], headers["Content-Length"]) == (f"bytes 100-199/{len(SOUND)}", "100")
    assert heard(agent, made, "bytes=-10")[1] == SOUND[-10:]
    status, body, headers = heard(agent, made, f"bytes={len(SOUND)}-")
    assert (status, headers["Content-Range"]) == (416, f"bytes */{len(SOUND)}")
    assert b'"no_such_range"' in body
    tag = headers["ETag"]
    assert heard(agent, made, "bytes=0-9", **{"If-Range": tag})[0] == 206
    assert heard(agent, made, "bytes=0-9", **{"If-Range": '"older"'})[0] == 200


def test_a_listening_is_written_down_once(served: Line, agent: Client) -> None:
    made = served.stored()
    for begin in (0, 1000, 2000):
        heard(agent, made, f"bytes={begin}-")
    noted = RecordingListen.objects.get()
    assert (noted.recording_id, noted.staff_id, noted.download) == (
        made.pk,
        served.organisation.agent.pk,
        False,
    )
    with time_machine.travel(clock.now() + ONCE_IN + timedelta(seconds=1)):
        heard(agent, made)
    assert RecordingListen.objects.count() == 2
    events = EventRecord.objects.filter(type="RecordingPlayed", subject_id=made.call_id)
    assert [event.data for event in events] == [{"recording_id": made.pk, "download": False}] * 2
    assert {event.actor_staff_id for event in events} == {served.organisation.agent.pk}


def test_taking_it_away_needs_a_right_of_its_own(served: Line, agent: Client, client_of: ClientOf) -> None:
    made = served.stored()
    refused = agent.get(path(made), download=1)
    assert (refused.status, refused.code) == (403, "right_missing")
    admin = client_of(served.organisation.admin)
    answer = admin.get(path(made), download=1)
    assert answer.status == 200
    name = f"call-{made.call_id}-{made.began_at:%Y%m%d-%H%M%S}-{made.pk}.wav"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{name}"'
    assert [(one.staff_id, one.download) for one in RecordingListen.objects.all()] == [
        (served.organisation.admin.pk, True)
    ]


def test_who_had_no_part_in_it_hears_nothing(served: Line, client_of: ClientOf) -> None:
    made = served.stored()
    stranger = client_of(served.organisation.agent_two).get(path(made))
    assert (stranger.status, stranger.code) == (404, "unknown_call")
    assert client_of(None).get(path(made)).status == 401
    assert client_of(served.organisation.clerk).get(path(made)).status == 404
    assert not RecordingListen.objects.exists()


def test_a_recording_belongs_to_its_call(served: Line, agent: Client) -> None:
    one, other = served.stored("c1"), served.stored("c2")
    answer = agent.get(f"/calls/{one.call_id}/recordings/{other.pk}/audio")
    assert (answer.status, answer.code) == (404, "recording_not_found")


def test_what_is_not_here_is_said(served: Line, agent: Client) -> None:
    made = served.recorded()
    assert agent.get(path(made)).code == "recording_not_here"
    stored = served.stored("c2")
    sound_files.path_of(stored.sha256).unlink()
    assert agent.get(path(stored)).code == "recording_not_here"
    assert not RecordingListen.objects.exists()
