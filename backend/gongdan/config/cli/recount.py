"""``gongdan recount``: is what is counted of calls what their signals say.

Exit code: 0 when it is, 1 when something differs.
"""

from __future__ import annotations

from datetime import date

import typer

from gongdan.config.cli.environment import EnvironmentProblem, use_database

SHOWN = 100  # calls written out


def command(
    since: str = typer.Option(..., "--from", help="The first local day, like 2026-11-01."),
    until: str = typer.Option("", "--to", help="The last one; the first one if left out."),
) -> None:
    """Reckon calls anew from their signals and say whether what is stored, and so every measure, equals it."""
    begin, end = _day(since), _day(until or since)
    use_database()
    from django.conf import settings

    from gongdan.config.recounting import recount_days

    said = recount_days(begin, end, settings.TIME_ZONE)
    for call in said.different[:SHOWN]:
        typer.echo(f"call {call}: what is stored is not what its signals add up to")
    if len(said.different) > SHOWN:
        typer.echo(f"… and {len(said.different) - SHOWN} more.")
    for name, (counted, reckoned) in sorted(said.measures.items()):
        typer.echo(f"{name}: counted {counted}, from the signals {reckoned}")
    typer.echo(
        f"{said.calls} calls, {said.forgotten} of them without signals any more, {len(said.different)} different.",
        err=True,
    )
    if said.different or said.measures:
        raise typer.Exit(1)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise EnvironmentProblem(f"“{text}” is no day; write it like 2026-11-01.") from None
