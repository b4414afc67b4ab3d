"""`gongdan user` and `gongdan token`: exit code 0 done, 1 refused, 2 wrong use; secrets asked unseen, shown once."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from typer.testing import CliRunner, Result

from gongdan.config.cli import app
from gongdan.core.staff.models import Staff
from gongdan.outbox.models import EventRecord
from gongdan.web.models import ApiToken
from tests.client import Client
from tests.company import Organisation

Run = Callable[..., Result]
PASSWORD = "correct horse 42"


@pytest.fixture
def run(db: None, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("DATABASE_URL", "the test's own")  # commands use the connection there is

    def run(*words: str, typed: str = "") -> Result:
        return CliRunner().invoke(app, words, input=typed)

    return run


def test_the_first_administrator_of_an_empty_installation(run: Run) -> None:
    done = run(
        "user", "create", "chief", "--name", "陈总", "--administrator", typed=f"{PASSWORD}\n{PASSWORD}\n"
    )
    assert done.exit_code == 0, done.output
    assert PASSWORD not in done.output
    me = Client().post("/session", {"username": "chief", "password": PASSWORD})
    assert me["staff"]["name"] == "陈总"
    assert "admin.organisation" in me["rights"]
    assert EventRecord.objects.get(type="StaffCreated").actor["kind"] == "system"


def test_people_are_created_with_roles_here_and_elsewhere(run: Run, organisation: Organisation) -> None:
    words = ["user", "create", "li.na", "--department", "field", "--role", "clerk", "--role", "head@billing"]
    assert run(*words, "--no-password").exit_code == 0
    person = Staff.objects.get(username="li.na")
    held = {(row.role.code, row.department_id) for row in person.role_grants.select_related("role")}
    assert held == {("clerk", None), ("head", organisation.billing.pk)}


@pytest.mark.parametrize(
    "words",
    [
        ("user", "create", "agent", "--no-password"),
        ("user", "create", "x", "--no-password", "--department", "nowhere"),
        ("user", "create", "x", "--no-password", "--role", "emperor"),
        ("user", "create", "x y", "--no-password"),
        ("user", "deactivate", "nobody"),
        ("user", "deactivate", "admin"),
        ("user", "password", "nobody", "--password-stdin"),
        ("token", "create", "nobody"),
        ("token", "list", "--user", "nobody"),
        ("token", "revoke", "999999"),
    ],
)
def test_refusals_say_why_in_a_sentence(run: Run, organisation: Organisation, words: tuple[str, ...]) -> None:
    refused = run(*words, typed=PASSWORD + "\n")
    assert refused.exit_code == 1
    assert refused.stderr.strip().endswith(".")
    assert refused.stdout == ""


@pytest.mark.parametrize(
    "words", [("user", "create"), ("token", "revoke", "abc"), ("user", "dance"), ("token", "-x")]
)
def test_wrong_use(run: Run, words: tuple[str, ...]) -> None:
    assert run(*words).exit_code == 2


def test_a_password_is_set_from_standard_input(run: Run, organisation: Organisation) -> None:
    assert run("user", "password", "agent", "--password-stdin", typed=PASSWORD + "\n").exit_code == 0
    assert Client().post("/session", {"username": "agent", "password": PASSWORD}).status == 200
    weak = run("user", "password", "agent", "--password-stdin", typed="short\n")
    assert (weak.exit_code, "10 characters" in weak.stderr) == (1, True)


def rows_of(listed: Result, username: str) -> list[list[str]]:
    rows = (line.split("\t") for line in listed.stdout.splitlines())
    return [row for row in rows if row[0] == username]


def test_who_is_deactivated_is_listed_only_when_asked_for(run: Run, organisation: Organisation) -> None:
    token = Client.of(organisation.agent)
    assert run("user", "deactivate", "agent").exit_code == 0
    assert token.get("/session").code == "invalid_token"
    assert not rows_of(run("user", "list"), "agent")
    row = next(
        line for line in run("user", "list", "--all").stdout.splitlines() if line.startswith("agent\t")
    )
    assert row.split("\t") == ["agent", "王敏", "客服中心", "agent", "inactive"]
    assert run("user", "activate", "agent").exit_code == 0
    assert rows_of(run("user", "list"), "agent")


def test_a_token_is_made_listed_and_revoked(run: Run, organisation: Organisation) -> None:
    made = run("token", "create", "agent", "--name", "CRM", "--days", "30")
    secret = made.stdout.strip()
    client = Client({"Authorization": f"Bearer {secret}"})
    assert client.get("/session")["staff"]["username"] == "agent"
    token = ApiToken.objects.get()
    listed = run("token", "list", "--user", "agent").stdout
    assert listed.startswith(f"{token.pk}\t王敏\tCRM\t{secret[:12]}…\t")
    assert secret not in listed
    assert run("token", "revoke", str(token.pk)).exit_code == 0
    assert client.get("/session").code == "invalid_token"
    assert run("token", "list").stdout == ""
