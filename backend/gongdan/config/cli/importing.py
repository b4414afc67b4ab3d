"""``gongdan import``: tables of another system become tickets, customers and categories.

Exit codes: 0 every row is in, 1 some rows were rejected (see the file beside the table), 2 nothing could be done.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import typer

from gongdan.config.cli.environment import EnvironmentProblem, use_database

if TYPE_CHECKING:
    from gongdan.channels.importing.running import Report
    from gongdan.kernel.actor import Actor

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    help="Bring in tickets, customers, categories, flows and policies.",
)
FILE = typer.Argument(help="The table: CSV (encoding found out) or XLSX.")
MAPPING = typer.Option(..., "--mapping", "-m", help="What each column becomes (YAML; see docs/import.md).")
AS = typer.Option(
    None, "--as", help="Sign-in name of the person it is done as; without it, the system does it."
)
DOCUMENTS = typer.Argument(help="The documents (YAML).")
CHECK = typer.Option(
    False, "--check", help="Do everything and undo it: only say which rows would be rejected."
)


@app.command("tickets")
def tickets(file: Path = FILE, mapping: Path = MAPPING, as_: str | None = AS, check: bool = CHECK) -> None:
    """Bring in tickets. A second run, or one after a crash, goes on where the first ended and doubles nothing."""
    _import(file, mapping, as_, check, "tickets")


@app.command("customers")
def customers(file: Path = FILE, mapping: Path = MAPPING, as_: str | None = AS, check: bool = CHECK) -> None:
    """Bring in customers; those that are here already (by external id) are left as they are."""
    _import(file, mapping, as_, check, "customers")


@app.command("categories")
def categories(
    file: Path = typer.Argument(help="CSV: one column per level, the first row is a heading."),
    as_: str | None = AS,
    flow: str | None = typer.Option(None, help="Flow of the new top categories; what is below inherits it."),
    kind: str | None = typer.Option(None, help="Their kind of request."),
    department: str | None = typer.Option(None, help="Code of their entry department."),
    callback: str | None = typer.Option(None, help="always, sample or never."),
    rate: float | None = typer.Option(None, help="Share to call back when it is sample, 0 to 1."),
) -> None:
    """Bring in a category tree; paths of names that are here already are left as they are."""
    use_database()
    from gongdan.core.catalogue.loading import load_table

    if not file.is_file():
        raise EnvironmentProblem(f"There is no file {file}.")
    settings = {"flow": flow, "kind": kind, "callback_mode": callback, "callback_rate": rate}
    defaults: dict[str, Any] = {name: value for name, value in settings.items() if value is not None}
    if department is not None:
        defaults["entry_department"] = _department(department)
    report = load_table(file.read_bytes(), actor=_actor(as_), root_defaults=defaults)
    typer.echo(f"{report.rows} rows: {report.created} categories created, {report.known} were there already.")
    for row in report.bad:
        typer.echo(f"row {row.row}: {row.reason} ({row.text})", err=True)
    if report.bad:
        raise typer.Exit(1)


@app.command("flows")
def flows(files: list[Path] = DOCUMENTS, as_: str | None = AS) -> None:
    """Publish flows; the file's name is the flow's code. One that is here already gets a new version."""
    use_database()
    from gongdan.core.flow.publish import publish

    for file in _all_there(files):
        with _findings(file):
            done = publish(file.stem, file.read_text(encoding="utf-8"), actor=_actor(as_))
        typer.echo(f"{done.flow}: version {done.number} is published.")


@app.command("policies")
def policies(files: list[Path] = DOCUMENTS, as_: str | None = AS) -> None:
    """Publish policies; the file's name is the policy's code. One that is here already gets a new version."""
    use_database()
    from gongdan.config.policy_files import publish_policy

    for file in _all_there(files):
        with _findings(file):
            number = publish_policy(file.parent, file.stem, actor=_actor(as_))
        typer.echo(f"{file.stem}: version {number} is published." if number else f"{file.stem}: unchanged.")


@contextmanager
def _findings(file: Path) -> Iterator[None]:
    """A document that is refused is told finding by finding; those before it are published."""
    from gongdan.kernel.errors import GongdanError

    try:
        yield
    except GongdanError as error:
        typer.echo(f"{file}: {error.sentence}", err=True)
        for one in error.params.get("errors", ()):
            typer.echo(f"  {one['place']}: {one['detail']}", err=True)
        raise typer.Exit(1) from None


def _all_there(files: list[Path]) -> list[Path]:
    for file in files:
        if not file.is_file():
            raise EnvironmentProblem(f"There is no file {file}.")
    return files


def _department(code: str) -> int:
    from gongdan.core.staff.models import Department

    found = Department.objects.filter(code=code).values_list("id", flat=True).first()
    if found is None:
        raise EnvironmentProblem(f"There is no department {code!r}.")
    return found


def _actor(username: str | None) -> Actor:
    from gongdan.core.staff.models import Staff
    from gongdan.kernel.actor import Actor, system

    if username is None:
        return system("import")
    person = Staff.objects.filter(username=username, is_active=True).first()
    if person is None:
        raise EnvironmentProblem(f"Nobody signs in as {username!r}.")
    return Actor(kind="staff", name=person.name, staff_id=person.pk, via="import")


def _import(file: Path, mapping: Path, as_: str | None, check: bool, what: str) -> None:
    use_database()
    from gongdan.channels.importing import ways
    from gongdan.channels.importing.mapping import read_mapping
    from gongdan.channels.importing.running import rejected_path, run

    way_of: Callable[..., Any] = {"tickets": ways.tickets_way, "customers": ways.customers_way}[what]
    read, actor = read_mapping(mapping), _actor(as_)
    begin = time.monotonic()
    with _Bar(file.name) as bar:
        report = run(file, read, way_of(read, actor), bar.show, only_check=check)
    seconds = max(time.monotonic() - begin, 0.001)
    did = "could be brought in" if check else "brought in"
    typer.echo(
        f"{report.rows} rows: {report.done} {what} {did}, {report.known} were there already, {report.rejected} rejected"
        f" ({seconds:.1f} s, {report.rows / seconds:.0f} rows a second)."
    )
    if report.rejected:
        typer.echo(f"The rejected rows with their reasons are in {rejected_path(file)}.", err=True)
        raise typer.Exit(1)


class _Bar:
    """The progress bar, on the terminal only."""

    def __init__(self, name: str) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

        columns = [
            TextColumn(name),
            BarColumn(),
            TextColumn("{task.percentage:>3.0f} %"),
            TextColumn("{task.fields[said]}"),
        ]
        self._progress = Progress(
            *columns, TimeRemainingColumn(), console=Console(stderr=True), transient=True
        )
        self._task = self._progress.add_task("rows", total=None, said="")

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._progress.stop()

    def show(self, report: Report, share: float | None) -> None:
        said = f"{report.done} in, {report.known} known, {report.rejected} rejected"
        total = 1.0 if share is not None else None
        self._progress.update(self._task, total=total, completed=share or 0, said=said)
