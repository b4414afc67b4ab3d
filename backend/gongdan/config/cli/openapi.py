"""``gongdan openapi``: the schema the front end's client and schemathesis are made from."""

import json
from pathlib import Path

import typer

from gongdan.config.cli.environment import use_django


def command(
    file: Path = typer.Argument(Path("-"), help="Where to write; - for the terminal."),
    check: bool = typer.Option(False, "--check", help="Change nothing; exit 1 if the file is not current."),
) -> None:
    """Write the API's OpenAPI schema to a file."""
    use_django()
    from gongdan.config.api import api

    text = (
        json.dumps(api.get_openapi_schema(), indent=1, ensure_ascii=False, sort_keys=True, default=str) + "\n"
    )
    if str(file) == "-":
        typer.echo(text, nl=False)
        return
    if check:
        current = file.is_file() and file.read_text() == text
        typer.echo(f"{file} is current." if current else f"{file} is stale; run: gongdan openapi {file}")
        raise typer.Exit(0 if current else 1)
    file.write_text(text)
    typer.echo(f"{file} written.")
