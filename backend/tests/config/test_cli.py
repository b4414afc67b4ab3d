"""The command line: what it lists, what it says in one sentence, and its exit codes."""

import fcntl
import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from gongdan.kernel.embedded_postgres import ensure_running


def free_port() -> int:
    """A port whose neighbour is free as well."""
    while True:
        with socket.socket() as one, socket.socket() as two:
            one.bind(("127.0.0.1", 0))
            port = int(one.getsockname()[1])
            try:
                two.bind(("127.0.0.1", port + 1))
            except OSError:
                continue
            return port


class Machine:
    """A home and ports of its own, and the command line run on them as a person would."""

    def __init__(self, home: Path) -> None:
        kept = {
            name: value for name, value in os.environ.items() if not name.startswith(("GONGDAN", "DATABASE"))
        }
        self.env = {**kept, "GONGDAN_HOME": str(home), "GONGDAN_PORT": str(free_port()), "COLUMNS": "100"}
        self.home = home

    def gongdan(self, *arguments: str, **env: str) -> "subprocess.CompletedProcess[str]":
        command = [sys.executable, "-m", "gongdan.config.cli", *arguments]
        return subprocess.run(
            command, env={**self.env, **env}, capture_output=True, text=True, check=False, timeout=120
        )


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path / "home")


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machine]:
    """A machine with a running, migrated database."""
    made = Machine(tmp_path_factory.mktemp("installed"))
    with ensure_running(made.home):
        done = made.gongdan("migrate")
        assert done.returncode == 0, done.stderr
        yield made


def test_help_lists_every_command(machine: Machine) -> None:
    shown = machine.gongdan("--help")
    assert shown.returncode == 0
    for name in (
        "up",
        "migrate",
        "demo",
        "import",
        "token",
        "user",
        "trail",
        "doctor",
        "worker",
        "deliver",
        "phone",
        "openapi",
    ):
        assert f" {name} " in shown.stdout


@pytest.mark.parametrize(
    "name", ["up", "migrate", "demo", "import", "token", "user", "trail", "doctor", "openapi"]
)
def test_each_command_has_help(machine: Machine, name: str) -> None:
    shown = machine.gongdan(name, "--help")
    assert (shown.returncode, f"{name} [OPTIONS]" in shown.stdout) == (0, True)


def test_help_imports_neither_django_nor_a_command(machine: Machine) -> None:
    script = (
        "import sys; from typer.testing import CliRunner; from gongdan.config.cli import app\n"
        "result = CliRunner().invoke(app, ['--help']); assert result.exit_code == 0\n"
        "print([name for name in sys.modules if name == 'django' or name.startswith('gongdan.config.cli.')])"
    )
    shown = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert shown.stdout == "[]\n"


def test_an_unknown_command_is_wrong_use(machine: Machine) -> None:
    assert machine.gongdan("dance").returncode == 2


def test_up_on_a_home_in_use_is_refused_in_one_sentence(machine: Machine) -> None:
    (machine.home / "logs").mkdir(parents=True)
    with (machine.home / "up.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        lock.write("4321")
        lock.flush()
        refused = machine.gongdan("up")
    assert refused.returncode == 2
    assert refused.stderr.strip() == (
        f"Gongdan already runs on {machine.home} (process 4321); stop it first or set another GONGDAN_HOME."
    )


def test_up_on_a_port_in_use_says_which(machine: Machine) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", int(machine.env["GONGDAN_PORT"])))
        taken.listen()
        refused = machine.gongdan("up")
    assert refused.returncode == 2
    assert refused.stderr.strip().startswith(f"Port {machine.env['GONGDAN_PORT']} cannot be used")


@pytest.mark.parametrize("port", ["eighty", "0", "70000"])
def test_a_port_that_is_none_is_wrong_use(machine: Machine, port: str) -> None:
    refused = machine.gongdan("up", GONGDAN_PORT=port)
    assert (refused.returncode, "GONGDAN_PORT must be a number" in refused.stderr) == (2, True)


def test_migrate_without_a_database_says_so_in_one_sentence(machine: Machine) -> None:
    refused = machine.gongdan("migrate", DATABASE_URL=f"postgresql://nobody@127.0.0.1:{free_port()}/none")
    assert refused.returncode == 2
    assert refused.stderr.startswith("The database does not answer")
    assert refused.stderr.count("\n") == 1


def test_migrate_twice_does_nothing_the_second_time(installed: Machine) -> None:
    again = installed.gongdan("migrate")
    assert (again.returncode, again.stdout) == (0, "The database is up to date.\n")
    assert installed.gongdan("migrate", "--check").returncode == 0


def test_migrate_check_finds_what_is_to_be_done(machine: Machine) -> None:
    found = machine.gongdan("migrate", "--check")
    assert (found.returncode, "to do: staff.0001_initial" in found.stdout) == (1, True)


def _lines(text: str) -> dict[str, bool]:
    return {line[2:].partition(":")[0]: line.startswith("✓") for line in text.splitlines()}


def test_doctor_on_a_sound_installation_finds_nothing(installed: Machine) -> None:
    report = installed.gongdan("doctor")
    lines = _lines(report.stdout)
    built = lines.pop("front end")  # a developer may not have built it
    assert all(lines.values()), report.stdout
    assert {"python", "data folder", "disk", "database", "migrations", "clock", "listeners"} <= lines.keys()
    assert report.returncode == (0 if built else 1)


def test_doctor_finds_a_database_that_does_not_answer(machine: Machine) -> None:
    report = machine.gongdan("doctor", DATABASE_URL=f"postgresql://nobody@127.0.0.1:{free_port()}/none")
    assert report.returncode == 1
    assert _lines(report.stdout)["database"] is False


def test_doctor_finds_migrations_to_be_applied(machine: Machine) -> None:
    report = machine.gongdan("doctor")
    assert (report.returncode, _lines(report.stdout)["migrations"]) == (1, False)


def test_doctor_finds_a_port_taken_by_another_program(machine: Machine) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", int(machine.env["GONGDAN_PORT"])))
        taken.listen()
        report = machine.gongdan("doctor")
    assert f"✗ port {machine.env['GONGDAN_PORT']}: taken by another program" in report.stdout


def test_openapi_is_written_and_found_current(machine: Machine, tmp_path: Path) -> None:
    file = tmp_path / "openapi.json"
    assert machine.gongdan("openapi", str(file)).returncode == 0
    assert json.loads(file.read_text())["openapi"].startswith("3.1")
    assert machine.gongdan("openapi", "--check", str(file)).returncode == 0
    file.write_text("{}")
    assert machine.gongdan("openapi", "--check", str(file)).returncode == 1
