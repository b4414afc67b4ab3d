"""``gongdan trail``: is the trail whole, and anchoring it.

Exit code of verify: 0 when nothing is wrong, 1 when something was found.
"""

from __future__ import annotations

from functools import partial

import typer

from gongdan.config.cli.environment import EnvironmentProblem, use_database

SHOWN = 100  # findings written out

app = typer.Typer(
    no_args_is_help=True, add_completion=False, help="The trail of every ticket, and its proof."
)


@app.command()
def verify(
    ticket: str = typer.Option("", "--ticket", help="Only this ticket, by its number."),
) -> None:
    """Look for changed, removed, inserted and cut-off records, and say where they are."""
    use_database()
    lines, found = _findings(ticket)
    for line in lines:
        typer.echo(line)
    if found > len(lines):
        typer.echo(f"… and {found - len(lines)} more.")
    if found:
        raise typer.Exit(1)
    typer.echo("Nothing was changed, removed, inserted or cut off.", err=True)


@app.command()
def anchor() -> None:
    """Fix the ends of all chains now, so that cutting one off later shows. The worker does this daily by itself."""
    use_database()
    from gongdan.outbox import anchors

    count = anchors.make_anchor()
    typer.echo(f"{count} chains anchored; keep a copy of {anchors.anchors_file()} on another machine.")


def _findings(ticket: str) -> tuple[list[str], int]:
    """The first SHOWN findings in words, and how many there are."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    from gongdan.outbox import verify as verifier

    subject, subject_id = ("ticket", _id_of(ticket)) if ticket else (None, None)
    columns = (TextColumn("records"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    lines: list[str] = []
    found = 0
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        bar = progress.add_task("", total=None if ticket else verifier.count())
        read = partial(progress.advance, bar)
        for found, one in enumerate(
            verifier.verify(subject=subject, subject_id=subject_id, progress=read), 1
        ):
            if found <= SHOWN:
                lines.append(f"{one.kind}: {_place(one.subject, one.subject_id, one.name)}: {one.sentence}")
    return lines, found


def _place(subject: str, subject_id: int, name: str) -> str:
    return f"{subject} {name}" if name else f"{subject} id {subject_id}"


def _id_of(ticket: str) -> int:
    from gongdan.outbox import chains

    found = chains.keeper_of("ticket").find(ticket)
    if found is None:
        raise EnvironmentProblem(f"There is no ticket {ticket}.")
    return found
