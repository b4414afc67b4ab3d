"""The command line ``gongdan``: one small file per command, listed here, imported when asked for.

Promise: ``gongdan --help`` imports no command. Exit codes: 0 done, 1 problems were found, 2 wrong use or environment.
A command's module has either ``app`` (a typer.Typer) or a function ``command``.
"""

import importlib.util
import sys
from typing import Any, NamedTuple

import typer
from typer.core import TyperCommand, TyperGroup


class Entry(NamedTuple):
    """A command's module below this package and its line in the help."""

    module: str
    help: str


COMMANDS = {
    "up": Entry("up", "Start everything and keep it running until Ctrl-C."),
    "migrate": Entry("migrate", "Bring the database to this release's tables."),
    "demo": Entry("demo", "Fill an empty database with a demo company."),
    "import": Entry("importing", "Bring in tickets and customers from CSV or XLSX."),
    "user": Entry("user", "Create and list people, set passwords."),
    "token": Entry("token", "Create, list and revoke API tokens."),
    "calendar": Entry("calendar", "Refresh official holidays, list working calendars."),
    "trail": Entry("trail", "Verify that no record of the trail was changed, removed or cut off."),
    "doctor": Entry("doctor", "Check this installation and say what to do."),
    "worker": Entry("worker", "Run listeners and jobs (part of up)."),
    "deliver": Entry("deliver", "Tell webhooks what happened (part of up)."),
    "recordings": Entry("recordings", "Verify that the recordings of calls are what was fetched."),
    "recount": Entry("recount", "Say whether what is counted of calls is what their signals say."),
    "phone": Entry("phone", "Speak with the telephone systems (part of up)."),
    "simulate": Entry("simulate", "Play a telephone exchange to try the telephone with."),
    "openapi": Entry("openapi", "Write the API's OpenAPI schema to a file."),
}


def _exists(entry: Entry) -> bool:
    return importlib.util.find_spec(f"{__name__}.{entry.module}") is not None


def _load(name: str) -> Any:
    """The real command behind a line of the help."""
    module = importlib.import_module(f"{__name__}.{COMMANDS[name].module}")
    app = getattr(module, "app", None)
    if app is None:
        app = typer.Typer(add_completion=False)
        app.command(name, help=module.command.__doc__ or COMMANDS[name].help)(module.command)
    loaded = typer.main.get_command(app)
    loaded.name = name
    return loaded


class _Commands(TyperGroup):
    """Shows the list above without importing it; loads the one command that is called."""

    def __init__(self, **attributes: Any) -> None:
        super().__init__(**attributes)
        for name, entry in COMMANDS.items():
            if _exists(entry):
                self.add_command(TyperCommand(name, help=entry.help))

    def list_commands(self, ctx: Any) -> list[str]:
        return list(self.commands)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        if args and args[0] in self.commands:
            self.add_command(_load(args[0]))
        return super().resolve_command(ctx, args)


app = typer.Typer(
    cls=_Commands,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
)


@app.callback()
def _gongdan() -> None:
    """Gongdan: tickets of a call centre, from the caller's words to the confirmed end."""


def _sentence(error: BaseException) -> str | None:
    """What to tell a person about an error that is not our bug; None for one that is."""
    from gongdan.config.cli.environment import EnvironmentProblem

    kinds = {kind.__name__ for kind in type(error).__mro__}
    if isinstance(error, EnvironmentProblem) or kinds & {"EmbeddedPostgresError", "GongdanError"}:
        return str(error)
    if "OperationalError" in kinds:
        reason = (str(error).strip().splitlines() or ["no reason given"])[0]
        return f"The database does not answer ({reason}); start it with ./run or check DATABASE_URL."
    return None


def main() -> None:
    """Run the command line and turn what goes wrong around us into one sentence and exit code 2."""
    try:
        app()
    except Exception as error:
        sentence = _sentence(error)
        if sentence is None:
            raise
        print(sentence, file=sys.stderr)  # noqa: T201
        raise SystemExit(2) from None
