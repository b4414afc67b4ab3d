"""``gongdan simulate``: a telephone exchange to try the telephone with."""

import asyncio
import sys
from pathlib import Path

import typer

app = typer.Typer(no_args_is_help=True, add_completion=False)

PORTS = {"asterisk": 15038, "freeswitch": 18021}


@app.callback()
def simulate() -> None:
    """Try the telephone without owning an exchange."""


@app.command()
def calls(
    dialect: str = typer.Option("asterisk", help="asterisk (AMI) or freeswitch (event socket)."),
    port: int | None = typer.Option(None, help="To listen on; 15038 for asterisk, 18021 for freeswitch."),
    host: str = typer.Option("127.0.0.1", help="Address to listen on."),
    media_port: int | None = typer.Option(None, help="Where recordings are served; the port after."),
    speed: float = typer.Option(1.0, help="Seconds played in one second; 0 is as fast as it can."),
    hours: str = typer.Option("", help="Play these hours of a day, like 9-18; else an endless noon."),
    rate: float | None = typer.Option(None, help="Calls a second, for load; else what the phones can bear."),
    robots: int = typer.Option(4, help="Phones that answer by themselves."),
    seed: int = typer.Option(1, help="The same seed plays the same calls."),
    numbers: Path | None = typer.Option(None, help="A file with callers' numbers, one a line."),
    script: str = typer.Option("", help="-: obey JSON lines from the input instead of playing a day."),
    user: str = typer.Option("gongdan", help="Name that may sign in (asterisk)."),
    secret: str = typer.Option("gongdan-demo", help="Its password."),
    alone: bool = typer.Option(False, "--alone", help="Look at no database."),
) -> None:
    """Play a day of the demo hotline as a telephone exchange would, over TCP."""
    from gongdan.config.simulate.company import found_company
    from gongdan.config.simulate.exchange import Setup
    from gongdan.config.simulate.running import Wish, began, run, summary

    if dialect not in PORTS:
        raise typer.BadParameter("asterisk or freeswitch", param_hint="--dialect")
    if script not in ("", "-"):
        raise typer.BadParameter("only -, the input", param_hint="--script")
    if speed < 0 or (rate is not None and rate <= 0):
        raise typer.BadParameter("not below zero", param_hint="--speed, --rate")
    at = port if port is not None else PORTS[dialect]
    span = _hours(hours) if hours else (9.0, 18.0) if speed != 1 and not script else None
    company = None if alone else found_company(dialect, at)
    setup = Setup(
        dialect=dialect,
        host=host,
        port=at,
        media_port=media_port if media_port is not None else at + 1 if at else 0,
        username=company.username if company else user,
        secret=company.secret if company else secret,
        speed=speed,
        begin=began(span, speed),
    )
    wish = Wish(
        setup=setup,
        hours=span,
        rate=rate,
        seed=seed,
        robots=robots,
        numbers=tuple(numbers.read_text(encoding="utf-8").split()) if numbers else (),
        scripted=bool(script),
        play=not script,
    )
    try:
        exchange = asyncio.run(run(wish, company, lambda words: print(words, file=sys.stderr, flush=True)))  # noqa: T201
    except OSError as problem:
        typer.echo(f"Port {at} cannot be used ({problem.strerror}); choose another with --port.", err=True)
        raise typer.Exit(2) from None
    typer.echo(summary(exchange), err=True)


def _hours(text: str) -> tuple[float, float]:
    """`9-18` as (9, 18)."""
    begin, dash, end = text.partition("-")
    try:
        found = float(begin), float(end)
    except ValueError:
        found = (0.0, 0.0)
    if not dash or not 0 <= found[0] < found[1] <= 24:
        raise typer.BadParameter("two hours like 9-18", param_hint="--hours")
    return found
