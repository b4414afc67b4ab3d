"""`gongdan import` as a person types it: what it says, its exit codes, and what is left when it is killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.db import connection
from typer.testing import CliRunner, Result

from gongdan.channels.importing.running import BATCH
from gongdan.config.cli import importing
from gongdan.config.cli.environment import EnvironmentProblem
from gongdan.core.catalogue.models import Category
from gongdan.core.customers.models import Account, Contact, Customer
from gongdan.core.tickets.models import State, Ticket
from gongdan.kernel import reference
from gongdan.outbox.verify import verify
from tests.company import found
from tests.importing.conftest import Importer, prepare

CUSTOMERS = """id,name,kind,level,phone,email,above
c1,演示集团,organization,vip,010-55500001转8,info@example.com,
c2,东区分公司,organization,gold,,,c1
c3,孤儿,person,,,,c9
c4,坏号码,person,,不是号码,,
"""
CUSTOMER_MAPPING = """
source: crm
customer: {external_id: id, name: name, kind: kind, level: level, phone: phone, email: email, parent: above}
"""
TICKETS = """
source: bulk
ticket: {external_id: id, body: body, received_at: at, category: {constant: fault}, requester: {name: who}}
customer: {external_id: who, name: who}
reply: {result: reply, at: replied, fields: {answer: reply}}
"""


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    """The test's database is the database."""
    monkeypatch.setattr(importing, "use_database", lambda: None)


def gongdan_import(*words: str | Path) -> Result:
    return CliRunner().invoke(importing.app, [str(word) for word in words])


@pytest.mark.usefixtures("here")
def test_customers_come_in_once_and_bad_rows_are_kept_apart(importer: Importer) -> None:
    table, mapping = importer.table(CUSTOMERS), importer.mapping(CUSTOMER_MAPPING)
    done = gongdan_import("customers", table, "-m", mapping)
    assert done.exit_code == 1, done.output
    assert "4 rows: 2 customers brought in, 0 were there already, 2 rejected" in done.output
    assert "unknown_parent" in importer.rejected(table)
    assert "invalid_phone" in importer.rejected(table)
    again = gongdan_import("customers", table, "-m", mapping)
    assert "0 customers brought in, 2 were there already" in again.output
    above, below = Customer.objects.order_by("external_id")
    assert (above.name, above.kind, above.level_id) == ("演示集团", "organization", "vip")
    assert below.parent_id == above.pk
    assert set(Contact.objects.values_list("kind", flat=True)) == {"phone", "email"}
    assert not Account.objects.exists()


@pytest.mark.usefixtures("here")
def test_categories_are_brought_in_with_what_they_inherit(importer: Importer) -> None:
    table = importer.table("一级,二级\n城市,道路\n城市,路灯\n水务,供水\n")
    options = ["--flow", "simple", "--kind", "complaint", "--department", "network", "--callback", "never"]
    done = gongdan_import("categories", table, *options)
    assert done.exit_code == 0, done.output
    assert "3 rows: 5 categories created" in done.output
    reference.forget()
    city = Category.objects.get(name="城市")
    assert (city.flow_id, city.kind, city.callback_mode) == ("simple", "complaint", "never")
    assert "0 categories created" in gongdan_import("categories", table, *options).output
    rows = importer.table("id,body,what\n1,灯不亮,城市／路灯\n2,没水,水务 › 供水\n", "tickets.csv")
    mapping = importer.mapping("source: x\nticket: {external_id: id, body: body, category: what}")
    assert gongdan_import("tickets", rows, "-m", mapping).exit_code == 0
    assert list(Ticket.objects.order_by("id").values_list("category__name", flat=True)) == ["路灯", "供水"]


@pytest.mark.usefixtures("here", "db")
def test_wrong_use_says_so_in_one_sentence(importer: Importer) -> None:
    table, mapping = importer.table(CUSTOMERS), importer.mapping(CUSTOMER_MAPPING)
    nobody = gongdan_import("customers", table, "-m", mapping, "--as", "nobody")
    assert isinstance(nobody.exception, EnvironmentProblem)
    missing = gongdan_import("categories", importer.folder / "none.csv")
    assert isinstance(missing.exception, EnvironmentProblem)
    nowhere = gongdan_import("categories", table, "--department", "nowhere")
    assert "nowhere" in str(nowhere.exception)
    assert gongdan_import("tickets", table).exit_code == 2  # no mapping


def _process(home: Path, *words: str | Path) -> subprocess.Popen[bytes]:
    """The real command, on the test's database."""
    settings: dict[str, Any] = connection.settings_dict
    parts = {"user": settings["USER"], "password": settings["PASSWORD"], "host": settings["HOST"]}
    parts |= {"port": settings["PORT"], "dbname": settings["NAME"]}
    url = " ".join(f"{name}='{value}'" for name, value in parts.items() if value)
    env = {**os.environ, "DATABASE_URL": url, "GONGDAN_HOME": str(home)}
    env["GONGDAN_TRAIL_KEY"] = django_settings.TRAIL_KEY
    command = [sys.executable, "-m", "gongdan.config.cli", "import", *map(str, words)]
    return subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


@pytest.mark.crash
@pytest.mark.django_db(transaction=True)
def test_killed_in_the_middle_and_run_again_every_row_is_there_once(tmp_path: Path) -> None:
    organisation = found()
    prepare(organisation)
    importer = Importer(tmp_path, organisation)
    count = BATCH * 6
    lines = [f"{n},内容{n},2020-01-01 08:00,人{n % 7},答复{n},2020-01-02 08:00" for n in range(count)]
    table = importer.table("\n".join(["id,body,at,who,reply,replied", *lines]) + "\n")
    mapping = importer.mapping(TICKETS)
    first = _process(tmp_path / "home", "tickets", table, "-m", mapping)
    deadline = time.monotonic() + 120
    while not Ticket.objects.exists():  # the first batch stands, the second is under way
        assert first.poll() is None, first.communicate()
        assert time.monotonic() < deadline
    first.send_signal(signal.SIGKILL)
    first.communicate()
    left = Ticket.objects.count()
    assert 0 < left < count
    assert left % BATCH == 0
    second = _process(tmp_path / "home", "tickets", table, "-m", mapping)
    said, complained = second.communicate(timeout=120)
    assert second.returncode == 0, complained.decode()
    assert f"{left} were there already, 0 rejected" in said.decode()
    assert Counter(Ticket.objects.values_list("state", flat=True)) == {State.CLOSED: count}
    assert set(Ticket.objects.values_list("external_id", flat=True)) == {f"bulk:{n}" for n in range(count)}
    assert Customer.objects.count() == 7
    assert list(verify(subject="ticket")) == []
