"""``gongdan recordings``: are the recordings on disk what was fetched.

Exit code of verify: 0 when nothing is wrong, 1 when something was found.
"""

from __future__ import annotations

import typer

from gongdan.config.cli.environment import use_database

app = typer.Typer(no_args_is_help=True, add_completion=False, help="The recordings of calls on the disk.")


@app.callback()
def _recordings() -> None:
    """The recordings of calls on the disk."""


@app.command()
def verify() -> None:
    """Read every recording and say which are gone or are not what was fetched. The worker reads a share each night."""
    use_database()
    from rich.console import Console
    from rich.progress import Progress

    from gongdan.core.interactions import sound_proof

    with Progress(console=Console(stderr=True), transient=True) as progress:
        bar = progress.add_task("recordings", total=sound_proof.count())
        found = sound_proof.damaged(lambda: progress.advance(bar))
    for one in found:
        what = "is not on the disk" if one.missing else "is not what was fetched"
        typer.echo(f"recording {one.recording_id} of call {one.call_id} {what} ({one.sha256})")
    if found:
        raise typer.Exit(1)
    typer.echo("Every recording is what was fetched.", err=True)
