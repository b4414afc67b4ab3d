"""What the environment says, and Django made ready for a command.

Promise: ``use_database()`` leaves Django set up with a database that answers. The embedded PostgreSQL is started if
it does not run, and stopped again at the end if this process started it.
"""

import atexit
import os
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[4]


class EnvironmentProblem(Exception):
    """Something around the program is missing or wrong; the text is one sentence. Exit code 2."""


def home() -> Path:
    """The data folder: GONGDAN_HOME, else ``data`` beside ``run``."""
    return Path(os.environ.get("GONGDAN_HOME") or PROJECT / "data").expanduser().resolve()


def port() -> int:
    """The port people open: GONGDAN_PORT, else 8600. Live push listens on the next one."""
    text = os.environ.get("GONGDAN_PORT") or "8600"
    if not text.isdecimal() or not 0 < int(text) < 65535:
        raise EnvironmentProblem(f"GONGDAN_PORT must be a number from 1 to 65534, not {text!r}.")
    return int(text)


def live_port() -> int:
    """The port of live push: GONGDAN_LIVE_PORT, else the one after ``port()``."""
    text = os.environ.get("GONGDAN_LIVE_PORT") or str(port() + 1)
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise EnvironmentProblem(f"GONGDAN_LIVE_PORT must be a number from 1 to 65535, not {text!r}.")
    return int(text)


def has_own_database() -> bool:
    """Whether an administrator brings the database, so that the embedded one stays off."""
    return bool(os.environ.get("DATABASE_URL"))


def frontend() -> Path:
    """Folder of the built front end; it may not exist."""
    return PROJECT / "frontend" / "dist"


def use_django() -> None:
    """Set Django up without touching the database."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongdan.config.settings")
    import django

    django.setup()


def use_database() -> None:
    """Set Django up with a running database. Raises EmbeddedPostgresError."""
    if not has_own_database():
        from gongdan.kernel import embedded_postgres

        server = embedded_postgres.ensure_running(home())
        if server.started:
            atexit.register(server.stop)
    use_django()
