"""A telephone system that says it has recordings, and the place it has them at."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings

from gongdan.channels.phone import recordings as fetching
from gongdan.core.interactions.models import Recording, RecordingState
from gongdan.core.staff.models import RoleGrant, Scope
from gongdan.kernel import reference, sealing
from tests.company import Organisation, role
from tests.interactions.telling import Exchange, answered_call, exchange, told
from tests.recordings.wav import steps, wav

SOUND = wav(steps([8192, 16384], seconds=60))


@dataclass
class Place:
    """An HTTP server with files. `asked` is (path, Authorization) of every request."""

    files: dict[str, bytes] = field(default_factory=dict)
    status: int = 200
    password: str = ""
    cut: int = 0  # bytes left out at the end
    to: str = ""  # sends everybody there
    asked: list[tuple[str, str]] = field(default_factory=list)
    address: str = ""


@pytest.fixture
def place() -> Iterator[Place]:
    made = Place()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            made.asked.append((self.path, self.headers.get("Authorization", "")))
            body = made.files.get(self.path)
            if made.to:
                self.send_response(302)
                self.send_header("Location", made.to)
                self.end_headers()
            elif made.status != 200 or body is None:
                self.send_error(made.status if made.status != 200 else 404)
            else:
                self.send_response(200)
                self.send_header("Content-Type", "text/html")  # nobody believes it
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body[: len(body) - made.cut])

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    made.address = f"http://127.0.0.1:{server.server_address[1]}"
    yield made
    server.shutdown()
    server.server_close()
    thread.join()


@dataclass
class Line:
    """A system whose calls are recorded; the agent of the company sits at 801."""

    exchange: Exchange
    organisation: Organisation

    def recorded(self, call: str = "c1", *, url: str = "/a.wav", ref: str = "rec-1") -> Recording:
        """A call was talked and recorded."""
        begin = 200 * int(call[1:])
        self.exchange.tell(
            *answered_call(call=call, begin=begin),
            told("recorded", begin + 75, call=call, ref=ref, url=url, seconds=61),
        )
        return Recording.objects.get(call__key=call, ref=ref)

    def set(self, **columns: object) -> None:
        for name, value in columns.items():
            setattr(self.exchange.system, name, value)
        self.exchange.system.save()

    def stored(self, call: str = "c1") -> Recording:
        """Such a call, its recording fetched."""
        made = self.recorded(call)
        fetching.fetch_now()
        made.refresh_from_db()
        assert made.state == RecordingState.STORED, made.fault
        return made


@pytest.fixture
def line(organisation: Organisation, tmp_path: Path, settings: Any) -> Line:
    settings.FILES = tmp_path / "files"
    made = Line(exchange(), organisation)
    made.exchange.sit("801", organisation.agent)
    may = ["call.take", "call.view", "call.listen"]
    RoleGrant.objects.create(staff=organisation.agent, role=role("hears_own", may, Scope.OWN))
    RoleGrant.objects.create(staff=organisation.agent_two, role=role("hears_own_two", may, Scope.OWN))
    reference.forget()
    return made


@pytest.fixture
def served(line: Line, place: Place) -> Line:
    """A line whose recordings lie at `place`, as /a.wav."""
    place.files["/a.wav"] = SOUND
    line.set(
        recording_address=place.address,
        allowed_networks=["127.0.0.0/8"],
        username="pbx",
        secret=sealing.seal("pw"),
    )
    return line


def files() -> list[Path]:
    """Every file kept, half-written ones too."""
    return sorted(path for path in Path(django_settings.FILES).rglob("*") if path.is_file())
