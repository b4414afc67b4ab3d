"""What happens between a running database and the first served page: migrations, working calendars, the demo company.

Promise: run as a program it does all three, says on stderr what takes long, and ends with one JSON line on stdout:
``{"logins": [[login, password, who], …]}``, empty for a company of one's own.
"""

import json
import sys

OLDEST_POSTGRES = 15


def require_supported_database(problem: type[Exception]) -> None:
    """Raise ``problem`` with a sentence if the database is older than we support."""
    from django.db import connection

    connection.ensure_connection()
    version = connection.connection.info.server_version // 10000
    if version < OLDEST_POSTGRES:
        raise problem(f"PostgreSQL {OLDEST_POSTGRES} or newer is needed, this is {version}.")


def pending_migrations() -> list[str]:
    """Names of the migrations this database has not seen, in order."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)  # noqa: T201


def _migrate() -> None:
    from django.core.management import call_command

    pending = pending_migrations()
    if pending:
        _say(f"  database    applying {len(pending)} migrations")
        call_command("migrate", interactive=False, verbosity=0)
    _adopt()


def _adopt() -> None:
    """Nothing, unless the database was restored from a dump (see outbox/restored.py)."""
    from gongdan.outbox import restored

    moved = restored.adopt()
    if moved:
        _say(f"  database    restored from a dump; {moved} transaction ids passed over")


def _calendars() -> None:
    from gongdan.config import working_calendars

    outcome = working_calendars.ensure()
    if outcome.refreshed.versions:
        _say(f"  calendars   new holiday tables; {outcome.corrected} deadlines corrected")


def _logins() -> list[list[str]]:
    from gongdan.config import demo

    if demo.is_empty():
        _say("  demo        making a company in the empty database")
    return [[str(part) for part in login] for login in demo.ensure_demo() or ()]


def main() -> None:
    """Migrate, make sure of a working calendar, and of the demo company unless ``--no-demo``, print the logins."""
    from gongdan.config.cli.environment import EnvironmentProblem, use_django

    use_django()
    try:
        require_supported_database(EnvironmentProblem)
    except EnvironmentProblem as problem:
        _say(str(problem))
        raise SystemExit(2) from None
    _migrate()
    _calendars()
    logins = [] if "--no-demo" in sys.argv else _logins()
    print(json.dumps({"logins": logins}))  # noqa: T201


if __name__ == "__main__":
    main()
