"""``gongdan doctor``: one line per thing that can be wrong with an installation, with advice where it is.

Promise: changes nothing. Exit code 0 when all is well, 1 when something is not.
"""

import shutil
import socket
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import typer

from gongdan.config.cli import environment

LEAST_FREE_BYTES = 2 * 1024**3
CLOCK_SECONDS = 5.0  # how far the database's clock may be from ours
LATE_SECONDS = 600  # how long a delivery may be due before the deliver process counts as stuck
OVERDUE_SECONDS = 60  # how long a card may be overdue before the worker counts as stuck
PHONE_LOCKS = 0x70686F6E  # channels.phone.engine_locks.KEY, not imported: it needs Django
LAG_EVENTS = 1000  # events a listener may be behind before it counts as stuck


class Check(NamedTuple):
    """One line: what was looked at, whether it is well, what was found or what to do."""

    name: str
    ok: bool
    words: str


def command() -> None:
    """Check this installation and say what to do."""
    checks = list(examine())
    for check in checks:
        typer.echo(f"{'✓' if check.ok else '✗'} {check.name}: {check.words}")
    if not all(check.ok for check in checks):
        raise typer.Exit(1)


def examine() -> Iterator[Check]:
    """Every check, in the order a person would look."""
    yield _python()
    yield _home(environment.home())
    yield _disk(environment.home())
    yield from _ports()
    yield _frontend()
    database = _try("database", _database)
    yield database
    if database.ok:
        yield from (_try(name, look) for name, look in _IN_DATABASE.items())


def _try(name: str, look: Callable[[], tuple[bool, str]]) -> Check:
    """A check that itself fails is a finding, not a crash."""
    try:
        return Check(name, *look())
    except Exception as error:  # noqa: BLE001  whatever it is, the person wants to read it here
        return Check(name, False, (str(error).strip().splitlines() or [type(error).__name__])[0])


def _python() -> Check:
    version = ".".join(map(str, sys.version_info[:3]))
    if sys.version_info < (3, 11):  # noqa: UP036  the doctor says it before anything else fails
        return Check("python", False, f"{version}; install 3.11 or newer")
    return Check("python", True, version)


def _home(home: Path) -> Check:
    probe = home / ".doctor"
    try:
        home.mkdir(parents=True, exist_ok=True)
        probe.touch()
        probe.unlink()
    except OSError as error:
        return Check("data folder", False, f"{home} cannot be written ({error.strerror}); set GONGDAN_HOME")
    return Check("data folder", True, str(home))


def _disk(home: Path) -> Check:
    folder = next(folder for folder in (home, *home.parents) if folder.exists())
    free = shutil.disk_usage(folder).free
    words = f"{free / 1024**3:.1f} GiB free"
    return Check(
        "disk", free >= LEAST_FREE_BYTES, words if free >= LEAST_FREE_BYTES else words + "; make room"
    )


def _ports() -> Iterator[Check]:
    try:
        ports = {"GONGDAN_PORT": environment.port(), "GONGDAN_LIVE_PORT": environment.live_port()}
    except environment.EnvironmentProblem as problem:
        yield Check("ports", False, str(problem))
        return
    running = (environment.home() / "processes.json").exists()
    for name, port in ports.items():
        yield Check(*_port(name, port, running))


def _port(name: str, port: int, running: bool) -> tuple[str, bool, str]:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return (
                f"port {port}",
                running,
                "in use by Gongdan" if running else f"taken by another program; set {name}",
            )
    return f"port {port}", not running, "nobody listens; see the logs" if running else "free"


def _frontend() -> Check:
    index = environment.frontend() / "index.html"
    return Check("front end", index.is_file(), "built" if index.is_file() else "not built; run ./run once")


def _database() -> tuple[bool, str]:
    environment.use_database()
    from gongdan.config.prepare import require_supported_database

    require_supported_database(environment.EnvironmentProblem)
    from django.db import connection

    version = connection.connection.info.server_version
    whose = "DATABASE_URL" if environment.has_own_database() else "embedded"
    return True, f"PostgreSQL {version // 10000}.{version % 10000} ({whose})"


def _migrations() -> tuple[bool, str]:
    from gongdan.config.prepare import pending_migrations

    pending = pending_migrations()
    return not pending, f"{len(pending)} to apply; run gongdan migrate" if pending else "current"


def _clock() -> tuple[bool, str]:
    from django.db import connection

    with connection.cursor() as cursor:
        before = time.time()
        cursor.execute("SELECT extract(epoch FROM clock_timestamp())::float8")
        off = abs(float(cursor.fetchone()[0]) - (before + time.time()) / 2)
    if datetime.now(UTC).year < 2026:  # this release is from 2026
        return False, f"it is not {datetime.now(UTC):%Y}; set the machine's clock"
    return off <= CLOCK_SECONDS, f"{off:.1f} s from the database's" + (
        "" if off <= CLOCK_SECONDS else "; set it"
    )


def _listeners() -> tuple[bool, str]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('outbox_consumercursor') IS NOT NULL")
        if not cursor.fetchone()[0]:
            return True, "no event log yet"
        cursor.execute(
            "SELECT c.name, (SELECT count(*) FROM (SELECT 1 FROM outbox_eventrecord e"
            " WHERE (e.xact, e.id) > (c.xact, c.event_id) LIMIT %s) waiting),"
            " (SELECT count(*) FROM outbox_parkedevent p WHERE p.consumer = c.name AND p.state = 'dead')"
            " FROM outbox_consumercursor c ORDER BY c.name",
            [LAG_EVENTS + 1],
        )
        rows = cursor.fetchall()
    late = [name for name, waiting, _ in rows if waiting > LAG_EVENTS]
    dead = [name for name, _, letters in rows if letters]
    if late:
        return False, f"more than {LAG_EVENTS} events behind: {', '.join(late)}; is the worker running?"
    if dead:
        return False, f"dead letters of {', '.join(dead)}; look at them and replay"
    return True, f"{len(rows)} up to date"


def _cards() -> tuple[bool, str]:
    """Clocks whose moment passed a while ago and that did not fire."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('tickets_clock') IS NOT NULL")
        if not cursor.fetchone()[0]:
            return True, "no clocks yet"
        cursor.execute(
            "SELECT count(*) FROM (SELECT 1 FROM tickets_clock"
            " WHERE next_fire_at < clock_timestamp() - make_interval(secs => %s) LIMIT 1000) overdue",
            [OVERDUE_SECONDS],
        )
        overdue = cursor.fetchone()[0]
    words = f"{overdue}{' or more' if overdue == 1000 else ''} overdue; is the worker running? see its log"
    return overdue == 0, words if overdue else "nothing overdue"


def _webhooks() -> tuple[bool, str]:
    """Webhooks that are paused, and deliveries that were due a while ago at one that works."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('webhooks_delivery') IS NOT NULL")
        if not cursor.fetchone()[0]:
            return True, "none yet"
        cursor.execute(
            "SELECT e.name, e.paused_at IS NOT NULL, EXISTS (SELECT 1 FROM webhooks_delivery d"
            " WHERE d.endpoint_id = e.id AND d.state = 'waiting' AND e.failures = 0"
            " AND d.next_try_at < clock_timestamp() - make_interval(secs => %s))"
            " FROM webhooks_endpoint e WHERE e.active ORDER BY e.name",
            [LATE_SECONDS],
        )
        rows = cursor.fetchall()
    paused = [name for name, is_paused, _ in rows if is_paused]
    late = [name for name, is_paused, is_late in rows if is_late and not is_paused]
    if late:
        return False, f"late: {', '.join(late)}; is the deliver process running? see its log"
    if paused:
        return False, f"paused: {', '.join(paused)}; look at their receivers and resume"
    return True, f"{len(rows)} in use"


def _telephone() -> tuple[bool, str]:
    """Telephone systems in use that are not connected, or that no phone process has."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('interactions_telephonesystem') IS NOT NULL")
        if not cursor.fetchone()[0]:
            return True, "none yet"
        cursor.execute(
            "SELECT s.code, s.health = 'connected', s.health_words, EXISTS (SELECT 1 FROM pg_locks l"
            " JOIN pg_database d ON d.oid = l.database AND d.datname = current_database()"
            " WHERE l.locktype = 'advisory' AND l.classid = %s AND l.objid = s.id AND l.objsubid = 2)"
            " FROM interactions_telephonesystem s WHERE s.active ORDER BY s.code",
            [PHONE_LOCKS],
        )
        rows = cursor.fetchall()
    alone = [code for code, _, _, is_had in rows if not is_had]
    away = [f"{code} ({words or 'not connected'})" for code, is_there, words, _ in rows if not is_there]
    if alone:
        return False, f"nobody has {', '.join(alone)}; is the phone process running? see its log"
    if away:
        return False, f"away: {', '.join(away)}"
    return True, f"{len(rows)} connected"


_IN_DATABASE: dict[str, Callable[[], tuple[bool, str]]] = {
    "migrations": _migrations,
    "clock": _clock,
    "listeners": _listeners,
    "cards": _cards,
    "webhooks": _webhooks,
    "telephone": _telephone,
}
