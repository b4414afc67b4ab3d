"""``gongdan up``: database, migrations, demo company, then web, live, worker, deliver and phone until told to stop."""

import contextlib
import fcntl
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import Any

import typer

from gongdan.config.cli.environment import (
    EnvironmentProblem,
    frontend,
    has_own_database,
    home,
    live_port,
    port,
)
from gongdan.config.supervisor import Child, Supervisor
from gongdan.kernel.embedded_postgres import ensure_running

FIRST_PAGE_SECONDS = 60.0
PORT_WAIT_SECONDS = 10.0  # a killed predecessor's children need a moment to leave
YEAR = str(365 * 24 * 3600)  # built files carry a hash in their name


def command(
    host: str = typer.Option(
        "127.0.0.1", envvar="GONGDAN_HOST", help="Address to listen on; 0.0.0.0 for all."
    ),
    demo: bool = typer.Option(True, help="Fill an empty database with the demo company."),
) -> None:
    """Start everything and keep it running until Ctrl-C."""
    place, main_port, push_port = home(), port(), live_port()
    _make_home(place)
    with _only_one(place):
        _require_free(host, main_port, "GONGDAN_PORT")
        _require_free(host, push_port, "GONGDAN_LIVE_PORT")
        _run(place, host, main_port, push_port, demo)


def _run(place: Path, host: str, main_port: int, push_port: int, demo: bool) -> None:
    supervisor = Supervisor(place, _children(place, host, main_port, push_port), None, _say)
    _stop_on_signals(supervisor)
    begin = time.monotonic()
    if not has_own_database():
        supervisor.database = ensure_running(place)
        _say(f"postgres    ready, data in {place}")
    try:
        logins = _prepare(supervisor, demo)
        if supervisor.stopping.is_set():
            return
        supervisor.start()
        if supervisor.look_after(lambda: _answers(host, main_port), FIRST_PAGE_SECONDS):
            _welcome(host, main_port, logins, time.monotonic() - begin)
            supervisor.look_after(lambda: False)
        elif not supervisor.stopping.is_set():
            _complain(supervisor)
    finally:
        _say("stopping")
        supervisor.stop()
        _say("stopped")


def _children(place: Path, host: str, main_port: int, push_port: int) -> list[Child]:
    env = {**os.environ, "GONGDAN_HOME": str(place), "DJANGO_SETTINGS_MODULE": "gongdan.config.settings"}
    env.setdefault("MALLOC_ARENA_MAX", "2")  # measured: threads' own heaps cost 40 MiB and gained nothing
    env |= {"PYTHONUNBUFFERED": "1", "GONGDAN_PORT": str(main_port), "GONGDAN_LIVE_PORT": str(push_port)}
    granian = [
        sys.executable,
        "-m",
        "granian",
        "--host",
        host,
        "--http",
        "1",
        "--factory",
        "--respawn-failed-workers",
    ]
    web = [
        *granian,
        "--interface",
        "wsgi",
        "--port",
        str(main_port),
        "--workers",
        "2",
        "--blocking-threads",
        "4",
    ]
    web += ["--backlog", "1024", "--no-ws", "--workers-kill-timeout", "8", *_static()]
    live = [*granian, "--interface", "asgi", "--port", str(push_port), "--workers", "1", "--loop", "asyncio"]
    live += ["--workers-kill-timeout", "2"]
    gongdan = [sys.executable, "-m", "gongdan.config.cli"]
    logs = place / "logs"
    return [
        Child("web", [*web, "gongdan.config.serving:web"], logs / "web.log", env),
        Child("live", [*live, "gongdan.config.serving:live"], logs / "live.log", env),
        Child("worker", [*gongdan, "worker"], logs / "worker.log", env),
        Child("deliver", [*gongdan, "deliver"], logs / "deliver.log", env),
        Child("phone", [*gongdan, "phone"], logs / "phone.log", env),
    ]


def _static() -> list[str]:
    """Hashed files are served by granian itself; index.html is Django's, which sets its headers."""
    assets = frontend() / "assets"
    if not assets.is_dir():
        _say("front end   not built; only the API is served (./run builds it)")
        return []
    return [
        "--static-path-route",
        "/assets",
        "--static-path-mount",
        str(assets),
        "--static-path-expires",
        YEAR,
    ]


def _make_home(place: Path) -> None:
    try:
        place.mkdir(mode=0o711, parents=True, exist_ok=True)  # the database's user passes, nobody looks
        (place / "logs").mkdir(mode=0o700, exist_ok=True)
        (place / "up.lock").touch()
    except OSError as error:
        raise EnvironmentProblem(f"The data folder {place} cannot be written ({error.strerror}).") from None


@contextlib.contextmanager
def _only_one(place: Path) -> Iterator[None]:
    with (place / "up.lock").open("r+") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            who = handle.read().strip() or "unknown"
            raise EnvironmentProblem(
                f"Gongdan already runs on {place} (process {who}); stop it first or set another GONGDAN_HOME."
            ) from None
        handle.truncate(0)
        handle.write(str(os.getpid()))
        handle.flush()
        yield


def _require_free(host: str, wanted: int, name: str) -> None:
    deadline = time.monotonic() + PORT_WAIT_SECONDS
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    while True:
        with socket.socket(family) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, wanted))
            except OSError as error:
                if time.monotonic() > deadline:
                    raise EnvironmentProblem(
                        f"Port {wanted} cannot be used ({error.strerror}); set {name}."
                    ) from None
            else:
                return
        time.sleep(0.2)


def _prepare(supervisor: Supervisor, demo: bool) -> list[list[str]]:
    """Migrate and fill in a process of its own, so that Django's memory goes when it is done."""
    env = {**os.environ, "GONGDAN_HOME": str(supervisor.home)}
    process = subprocess.Popen(
        [sys.executable, "-m", "gongdan.config.prepare", *([] if demo else ["--no-demo"])],
        stdout=subprocess.PIPE, text=True, env=env,
    )  # fmt: skip
    said, _ = process.communicate()
    if supervisor.stopping.is_set():
        return []
    if process.returncode != 0:
        raise EnvironmentProblem("The database could not be prepared; the lines above say why.")
    answer: dict[str, Any] = json.loads(said.splitlines()[-1])
    return list(answer["logins"])


def _answers(host: str, main_port: int) -> bool:
    url = f"http://{_reachable(host)}:{main_port}/api/v1/health"
    try:
        with urllib.request.urlopen(url, timeout=2) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def _reachable(host: str) -> str:
    shown = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, host)  # noqa: S104  compared, not bound
    return f"[{shown}]" if ":" in shown and not shown.startswith("[") else shown


def _stop_on_signals(supervisor: Supervisor) -> None:
    def stop(number: int, frame: FrameType | None) -> None:
        for child in supervisor.children if supervisor.stopping.is_set() else []:
            child.grace = 0.0  # asked twice: no more patience
        supervisor.stopping.set()

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, stop)


def _welcome(host: str, main_port: int, logins: list[list[str]], seconds: float) -> None:
    _say(f"ready       after {seconds:.1f} s, Ctrl-C stops")
    typer.echo(f"\n  Gongdan is at  http://{_reachable(host)}:{main_port}/\n")
    widths = [max(map(len, column)) for column in zip(*logins, strict=True)]
    for login in logins:
        typer.echo(
            "    " + "  ".join(part.ljust(width) for part, width in zip(login, widths, strict=True)).rstrip()
        )
    if logins:
        typer.echo("")


def _complain(supervisor: Supervisor) -> None:
    child = supervisor.children[0]
    _say(f"no page after {FIRST_PAGE_SECONDS:.0f} s; the end of {child.log}:")
    typer.echo(child.last_words(), err=True)
    raise EnvironmentProblem("The web process does not answer; its log is shown above.")


def _say(text: str) -> None:
    typer.echo(f"  {text}", err=True)
