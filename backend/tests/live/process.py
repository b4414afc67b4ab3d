"""The live push as a real process beside the test's database, and a browser's event stream."""

from __future__ import annotations

import http.client
import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from django.conf import settings
from django.db import connection

from gongdan.core.staff.models import Staff
from gongdan.web import live_ticket

BACKEND = Path(__file__).parents[2]
PATIENCE = 20.0  # seconds


def database_url() -> str:
    """The test's database, for another process."""
    at = connection.settings_dict
    who = f"{at['USER']}:{quote(at['PASSWORD'], safe='')}" if at.get("PASSWORD") else at["USER"]
    return (
        f"postgresql://{who}@/{at['NAME']}?host={quote(str(at['HOST']), safe='')}&port={at['PORT'] or 5432}"
    )


def environment(home: Path) -> dict[str, str]:
    """Of a process that works on the test's database with the test's keys."""
    return {
        **os.environ,
        "DATABASE_URL": database_url(),
        "GONGDAN_HOME": str(home),
        "GONGDAN_SECRET_KEY": settings.SECRET_KEY,
        "GONGDAN_TRAIL_KEY": settings.TRAIL_KEY,
        "GONGDAN_LIVE_KEY": settings.LIVE_KEY,
        "DJANGO_SETTINGS_MODULE": "gongdan.config.settings",
        "PYTHONPATH": str(BACKEND),
    }


class Stream:
    """What a browser's EventSource does."""

    def __init__(self, port: int, headers: dict[str, str] | None = None, **query: str) -> None:
        self.http = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        self.http.request("GET", f"/live?{urlencode(query)}", headers=headers or {})
        self.response = self.http.getresponse()

    def next(self) -> dict[str, Any]:
        """The next message's data; raises EOFError at the end."""
        while line := self.response.readline():
            if line.startswith(b"data: "):
                data: dict[str, Any] = json.loads(line[6:])
                return data
        raise EOFError

    def until(self, type_: str) -> list[dict[str, Any]]:
        """All changes up to the first of this type."""
        found = [self.next()]
        while found[-1].get("type") != type_:
            found.append(self.next())
        return [one for one in found if "type" in one]

    def joined(self) -> str:
        """Wait until the stream is served; the cursor it begins at."""
        message = self.next()
        assert set(message) == {"cursor"}
        return str(message["cursor"])

    def close(self) -> None:
        self.response.close()
        self.http.close()


class LivePush:
    """A running process."""

    def __init__(self, port: int, pid: int) -> None:
        self.port = port
        self.pid = pid
        self.streams: list[Stream] = []

    def open(self, staff: Staff, **query: str) -> Stream:
        """A stream of that person, joined unless it resumes from a cursor."""
        ticket, _ = live_ticket.issue(staff.pk)
        stream = self.raw(None, ticket=ticket, **query)
        assert stream.response.status == 200
        if not query:
            stream.joined()
        return stream

    def raw(self, headers: dict[str, str] | None = None, **query: str) -> Stream:
        stream = Stream(self.port, headers, **query)
        self.streams.append(stream)
        return stream


def wait_for(port: int, process: subprocess.Popen[str]) -> None:
    """Until somebody listens on the port; fails when the process ends instead."""
    while True:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except ConnectionRefusedError:
            try:
                process.wait(0.05)
            except subprocess.TimeoutExpired:
                continue
            raise AssertionError(process.communicate()[0]) from None
        return


@contextmanager
def live_push(home: Path) -> Iterator[LivePush]:
    """Start it, wait until it answers, and stop it."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [
        sys.executable,
        "-m",
        "granian",
        "--interface",
        "asgi",
        "--factory",
        "--workers",
        "1",
        "--http",
        "1",
    ]
    command += [
        "--loop",
        "asyncio",
        "--port",
        str(port),
        "--workers-kill-timeout",
        "2",
        "gongdan.config.serving:live",
    ]
    process = subprocess.Popen(
        command,
        env=environment(home),
        cwd=BACKEND,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        wait_for(port, process)
        pushing = LivePush(port, process.pid)
        yield pushing
        for stream in pushing.streams:
            stream.close()
    finally:
        process.terminate()
        process.communicate(timeout=PATIENCE)
