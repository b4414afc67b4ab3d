"""``gongdan migrate``: the database gets this release's tables."""

import typer

from gongdan.config.cli.environment import EnvironmentProblem, use_database


def command(
    check: bool = typer.Option(False, "--check", help="Change nothing; exit 1 if something is to be done."),
) -> None:
    """Bring the database to this release's tables."""
    use_database()
    from django.core.management import call_command

    from gongdan.config import working_calendars
    from gongdan.config.prepare import pending_migrations, require_supported_database

    require_supported_database(EnvironmentProblem)
    pending = pending_migrations()
    if check and pending:
        typer.echo("\n".join(f"to do: {name}" for name in pending))
        raise typer.Exit(1)
    if pending:
        call_command("migrate", interactive=False, verbosity=0)
    if not check:
        working_calendars.ensure()
    typer.echo(f"{len(pending)} migrations applied." if pending else "The database is up to date.")
