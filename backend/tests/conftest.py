"""One embedded PostgreSQL for the whole run, in a folder of its own, and a small company to work in.

DATABASE_URL, if set, is used instead. With GONGDAN_TEST_HOME and `--reuse-db` the database stays for the next run.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, connections
from django.db.models.signals import post_migrate
from hypothesis import settings as hypothesis_settings

from gongdan.core.staff.grants import grants_of
from gongdan.core.staff.models import Staff
from gongdan.kernel import embedded_postgres, reference
from gongdan.kernel.actor import Actor
from gongdan.kernel.database_url import parse
from gongdan.outbox import wake
from tests import calls
from tests.client import Client
from tests.company import Organisation, found

QUICK = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "shared_buffers": "64MB"}
hypothesis_settings.register_profile("gongdan", deadline=None, print_blob=True)
hypothesis_settings.load_profile("gongdan")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--note-calls", help="a file to write into which operations were called with success")


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Of a run that is one of several."""
    noted = session.config.option.note_calls
    if noted:
        Path(noted).write_text("\n".join(sorted(calls.CALLED)))


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of this run."""
    kept = os.environ.get("GONGDAN_TEST_HOME")
    return Path(kept) if kept else tmp_path_factory.mktemp("home")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(home: Path) -> Iterator[None]:
    """Start the server before the test database is made; cheap hashes, for passwords are not what most tests test."""
    settings.HOME, settings.FILES = home, home / "files"
    if os.environ.get("DATABASE_URL"):
        yield
        return
    with embedded_postgres.ensure_running(home, settings=QUICK) as server:
        connections.databases["default"].update(parse(server.dsn))
        connections["default"].settings_dict.update(parse(server.dsn))
        yield
        connections.close_all()


@pytest.fixture(autouse=True)
def fresh_reference() -> None:
    """What an earlier test cached was rolled back."""
    reference.forget()


@pytest.fixture(autouse=True)
def no_wake_connection() -> Iterator[None]:
    """The thread that wakes readers after a commit would keep the test database from being dropped."""
    yield
    wake.stop()


def _keep_revision(**_: Any) -> None:
    """Tests with real transactions empty every table: here they may, and the revision row belongs to the schema."""
    with connection.cursor() as cursor:
        for table in ("outbox_eventrecord", "outbox_anchor"):
            cursor.execute(f"DROP TRIGGER IF EXISTS {table}_never_emptied ON {table}")
        cursor.execute(
            "INSERT INTO kernel_referencerevision (id, revision) VALUES (1, 1) ON CONFLICT DO NOTHING"
        )


post_migrate.connect(_keep_revision, dispatch_uid="tests.revision")


@pytest.fixture
def organisation(db: None) -> Organisation:
    """A small company: see tests/company.py."""
    return found()


@pytest.fixture
def client_of(db: None) -> Callable[..., Client]:
    """`client_of(staff)` asks the API with a token of that person, `client_of(None)` with none."""
    return Client.of


@pytest.fixture
def actor_of(db: None) -> Callable[[Staff], Actor]:
    """The person as the one who does something."""
    return lambda staff: Actor(kind="staff", name=grants_of(staff.pk).name, staff_id=staff.pk, via="test")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What asks about the whole run comes last."""
    items.sort(key=lambda item: item.path.name == "test_every_operation.py")
