"""``gongdan calendar``: the official tables of holidays, and which calendars there are."""

from __future__ import annotations

from typing import Any

import typer

from gongdan.config.cli.environment import use_database

app = typer.Typer(no_args_is_help=True, add_completion=False, help="Refresh holidays, list calendars.")


@app.command()
def refresh() -> None:
    """Take the official tables of the installed library and correct the deadlines they decide. Uses no network."""
    use_database()
    from gongdan.config import working_calendars
    from gongdan.kernel.actor import system

    outcome = working_calendars.refresh(actor=system("cli"))
    for region, year, edition in outcome.refreshed.tables:
        typer.echo(f"{region} {year}: edition {edition} was added.")
    if not outcome.refreshed.tables:
        typer.echo("The tables are up to date.")
    typer.echo(
        f"{len(outcome.refreshed.versions)} calendars got a new version, {outcome.corrected} deadlines were corrected."
    )


@app.command("list")
def show() -> None:
    """The calendars, their versions, and the years whose official table is not published yet."""
    use_database()
    from rich.console import Console
    from rich.table import Table

    from gongdan.core.calendar import selectors

    table = Table("code", "name", "version", "time zone", "holidays", "provisional", "departments")
    for line in selectors.calendars():
        table.add_row(*_cells(line))
    Console().print(table)


def _cells(line: dict[str, Any]) -> list[str]:
    name = line["names"].get("zh-Hans") or next(iter(line["names"].values()), "")
    return [
        line["code"] + (" (default)" if line["is_default"] else ""),
        name,
        str(line["number"]),
        str(line["time_zone"]),
        line["holidays"] or "-",
        ", ".join(str(year) for year in line["provisional_years"]) or "-",
        ", ".join(one["name"] for one in line["departments"]) or "-",
    ]
