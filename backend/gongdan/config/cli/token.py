"""``gongdan token``: API tokens from the command line. The secret is printed once, alone on standard output.

Exit codes: 0 done, 1 refused, 2 wrong use.
"""

from __future__ import annotations

from datetime import timedelta

import typer

from gongdan.config.cli.environment import use_database
from gongdan.config.cli.user import refusals, staff_id_of

app = typer.Typer(no_args_is_help=True, add_completion=False, help="Create, list and revoke API tokens.")


@app.command()
def create(
    username: str = typer.Argument(help="Whom the token acts as, with all their rights."),
    name: str = typer.Option("command line", help="What it is for."),
    days: int = typer.Option(0, min=0, max=36500, help="How long it is in force; 0 until it is revoked."),
) -> None:
    """Make a token. `TOKEN=$(gongdan token create admin)` catches the secret."""
    use_database()
    from gongdan.kernel import clock
    from gongdan.kernel.actor import system
    from gongdan.web.token_actions import create_token

    expires_at = clock.now() + timedelta(days=days) if days else None
    with refusals():
        made = create_token(staff_id_of(username), name, expires_at=expires_at, actor=system("cli"))
    typer.echo(f"Token {made['id']} of {username}; it is shown only now.", err=True)
    typer.echo(made["secret"])


@app.command("list")
def list_tokens(
    username: str = typer.Option("", "--user", help="Only this person's."),
) -> None:
    """List the tokens in force: id, person, name, beginning of the secret, made, expires."""
    use_database()
    from gongdan.web.token_actions import tokens_of

    with refusals():
        rows = tokens_of(staff_id_of(username) if username else None, None)
    for row in rows:
        expires = row["expires_at"].isoformat(timespec="minutes") if row["expires_at"] else "-"
        made = row["created_at"].isoformat(timespec="minutes")
        typer.echo(
            "\t".join([str(row["id"]), row["staff"]["name"], row["name"], row["prefix"] + "…", made, expires])
        )


@app.command()
def revoke(token_id: int = typer.Argument(help="Its id, as `gongdan token list` shows it.")) -> None:
    """End a token at once."""
    use_database()
    from gongdan.kernel.actor import system
    from gongdan.web.token_actions import revoke_token

    with refusals():
        revoke_token(token_id, actor=system("cli"))
    typer.echo(f"Token {token_id} is revoked.")
