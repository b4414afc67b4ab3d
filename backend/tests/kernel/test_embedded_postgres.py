"""The embedded PostgreSQL: found again, whole after SIGKILL, closed to strangers, several at once."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import psycopg
import pytest

from gongdan.kernel import embedded_postgres
from gongdan.kernel.embedded_postgres import EmbeddedPostgresError, Server, database_url, ensure_running


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home whose server was made once and stopped; tests work on copies."""
    home = tmp_path_factory.mktemp("pg")
    ensure_running(home).stop()
    return home


@pytest.fixture
def home(made: Path, tmp_path: Path) -> Path:
    return Path(_copy(made, tmp_path / "home"))


def _copy(source: Path, target: Path) -> str:
    subprocess.run(["cp", "-a", str(source), str(target)], check=True)  # keeps owners, which shutil does not
    (target / "postgres.json").unlink()  # it names the original's socket
    return str(target)


@pytest.fixture
def server(home: Path) -> Iterator[Server]:
    with ensure_running(home) as running:
        yield running


def _rows(server: Server) -> list[int]:
    with psycopg.connect(server.dsn) as connection:
        return [row[0] for row in connection.execute("SELECT a FROM kept ORDER BY a")]


def _write(server: Server, value: int) -> None:
    with psycopg.connect(server.dsn) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS kept (a int)")
        connection.execute("INSERT INTO kept VALUES (%s)", [value])


def test_a_committed_row_survives_sigkill_of_the_server(server: Server, home: Path) -> None:
    _write(server, 1)
    os.kill(server.pid, signal.SIGKILL)
    assert server.process is not None
    server.process.wait()
    assert not server.is_running()

    with ensure_running(home) as again:
        assert again.pid != server.pid
        assert _rows(again) == [1]
        _write(again, 2)
        assert _rows(again) == [1, 2]


def test_the_address_stays_when_the_server_starts_again(server: Server, home: Path) -> None:
    server.stop()
    with ensure_running(home) as again:
        assert (again.dsn, again.tcp_dsn) == (server.dsn, server.tcp_dsn)


def test_a_second_call_finds_the_running_server_and_leaves_it_running(server: Server, home: Path) -> None:
    with ensure_running(home) as found:
        assert not found.started
        assert found.pid == server.pid
    assert server.is_running()


def test_stopping_a_found_server_ends_it(server: Server, home: Path) -> None:
    ensure_running(home).stop()
    assert not server.is_running()


def test_two_homes_have_two_servers_with_their_own_data(server: Server, made: Path, tmp_path: Path) -> None:
    with ensure_running(Path(_copy(made, tmp_path / "other"))) as other:
        _write(server, 1)
        _write(other, 2)
        assert (_rows(server), _rows(other)) == ([1], [2])


def test_tcp_wants_the_password_and_listens_on_loopback_only(server: Server) -> None:
    with psycopg.connect(server.tcp_dsn) as connection:
        assert connection.execute("SHOW listen_addresses").fetchone() == ("127.0.0.1",)
    wrong = psycopg.conninfo.make_conninfo(server.tcp_dsn, password="wrong")
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(wrong)


def test_socket_folder_and_password_file_are_closed_to_others(server: Server, home: Path) -> None:
    socket_dir = psycopg.conninfo.conninfo_to_dict(server.dsn)["host"]
    assert Path(str(socket_dir)).stat().st_mode & 0o077 == 0
    assert (home / "postgres.json").stat().st_mode & 0o077 == 0


def test_a_home_with_a_long_path_gets_a_socket_elsewhere(made: Path, tmp_path: Path) -> None:
    deep = tmp_path / ("d" * 100)
    deep.mkdir()
    with ensure_running(Path(_copy(made, deep / "home"))) as server:
        _write(server, 1)
        socket_dir = Path(str(psycopg.conninfo.conninfo_to_dict(server.dsn)["host"]))
        assert not socket_dir.is_relative_to(deep)
    assert not socket_dir.exists()


def test_text_is_utf8_and_sorts_by_code_point(server: Server) -> None:
    with psycopg.connect(server.dsn) as connection:
        row = connection.execute(
            "SELECT pg_encoding_to_char(encoding), datlocale FROM pg_database WHERE datname = current_database()"
        ).fetchone()
        assert row == ("UTF8", "C.UTF-8")
        assert connection.execute("SELECT lower('ÄÖ工单')").fetchone() == ("äö工单",)


def test_what_was_acknowledged_is_on_disk(server: Server) -> None:
    with psycopg.connect(server.dsn) as connection:
        shown = [connection.execute(f"SHOW {name}").fetchone() for name in ("fsync", "synchronous_commit")]
    assert shown == [("on",), ("on",)]


def test_settings_given_by_the_caller_win(home: Path) -> None:
    with (
        ensure_running(home, settings={"max_connections": "17"}) as server,
        psycopg.connect(server.dsn) as connection,
    ):
        assert connection.execute("SHOW max_connections").fetchone() == ("17",)


def test_a_pid_file_naming_a_foreign_process_does_not_keep_the_server_from_starting(home: Path) -> None:
    """After a restart of the machine the remembered number may belong to anybody."""
    left_over = f"{os.getpid()}\n{home}/postgres\n1\n5432\n{home}/run\n\n0 0\nready\n"
    (home / "postgres" / "postmaster.pid").write_text(left_over)
    with ensure_running(home) as server:
        assert server.pid != os.getpid()


def test_data_of_another_major_version_are_refused_in_one_sentence(home: Path) -> None:
    (home / "postgres" / "PG_VERSION").write_text("12\n")
    with pytest.raises(EmbeddedPostgresError, match=r"made by PostgreSQL 12.*dump and restore\.$"):
        ensure_running(home)


def test_a_start_that_fails_says_why(home: Path) -> None:
    with pytest.raises(EmbeddedPostgresError, match="max_connections"):
        ensure_running(home, settings={"max_connections": "many"})


def test_a_half_made_cluster_is_made_anew(made: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    (home / "postgres.new").mkdir(parents=True)
    (home / "postgres.new" / "PG_VERSION").write_text("18\n")
    with ensure_running(home) as server:
        _write(server, 1)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child of its parent's death")
def test_the_server_ends_with_the_process_that_started_it(home: Path) -> None:
    script = "import sys, time; from pathlib import Path; from gongdan.kernel.embedded_postgres import ensure_running\n"
    script += "print(ensure_running(Path(sys.argv[1])).pid, flush=True); time.sleep(600)"
    with subprocess.Popen(
        [sys.executable, "-c", script, str(home)], stdout=subprocess.PIPE, text=True
    ) as starter:
        assert starter.stdout is not None
        postgres = psutil.Process(int(starter.stdout.readline()))
        starter.kill()
    _gone(postgres)


def _gone(process: psutil.Process, seconds: float = 20.0) -> None:
    """Wait for the end; a process nobody collects counts as ended."""
    for _ in range(int(seconds * 20)):
        try:
            process.wait(0.05)
        except psutil.TimeoutExpired:
            if process.status() == psutil.STATUS_ZOMBIE:
                return
        except psutil.NoSuchProcess:
            return
        else:
            return
    pytest.fail(f"{process} still runs")


def test_an_address_from_the_environment_wins(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://elsewhere/db")
    assert database_url(tmp_path) == "postgresql://elsewhere/db"


def test_the_address_of_a_server_that_never_ran_points_into_its_home(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    assert str(tmp_path / "run") in database_url(tmp_path)


def test_the_programs_are_there() -> None:
    for name in ("psql", "pgbench", "pg_dump"):
        assert shutil.which(name, path=str(embedded_postgres.programs())), name
