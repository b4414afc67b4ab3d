"""``gongdan demo``: the demo company in an empty database."""

import time

import typer

from gongdan.config.cli.environment import EnvironmentProblem, use_database


def command() -> None:
    """Fill an empty database with a demo company."""
    use_database()
    from gongdan.config.demo import is_empty, make_demo
    from gongdan.config.demo.showing import shown_logins
    from gongdan.config.prepare import pending_migrations

    if pending_migrations():
        raise EnvironmentProblem("The database has not this release's tables yet; run gongdan migrate first.")
    if not is_empty():
        raise EnvironmentProblem("The database is not empty; the demo company is only put into an empty one.")
    begin = time.monotonic()
    tickets = make_demo()
    typer.echo(f"The demo company is ready: {tickets} tickets in {time.monotonic() - begin:.1f} s.\n")
    logins = shown_logins()
    width = max(len(login) for login, _, _ in logins)
    for login, password, who in logins:
        typer.echo(f"  {login:<{width}}  {password}  {who}")
