"""``gongdan migrate``: the database gets this release's tables."""

import typer

from gongdan.config.cli.environment import EnvironmentProblem, use_database


def command(
    check: bool = typer.Option(False, "--check", help="Change nothing; exit 1 if something is to be done."),
) -> None:
    """Bring the database to this release's tables."""
    use_database()
    from django.core.management import call_command

    from gongdan.config.prepare import pending_migrations, require_supported_database

    require_supported_database(EnvironmentProblem)
    pending = pending_migrations()
    if not pending:
        typer.echo("The database is up to date.")
        return
    if check:
        typer.echo("\n".join(f"to do: {name}" for name in pending))
        raise typer.Exit(1)
    call_command("migrate", interactive=False, verbosity=0)
    typer.echo(f"{len(pending)} migrations applied.")
