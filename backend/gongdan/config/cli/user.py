"""``gongdan user``: people from the command line, for the first administrator and for when nobody can sign in.

Passwords are asked for unseen, or read from standard input. Exit codes: 0 done, 1 refused, 2 wrong use.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import typer

from gongdan.config.cli.environment import use_database

app = typer.Typer(no_args_is_help=True, add_completion=False, help="Create and list people, set passwords.")
Username = typer.Argument(help="The name the person signs in with.")
FROM_STDIN = typer.Option(False, "--password-stdin", help="Read the password from standard input.")


@contextmanager
def refusals() -> Iterator[None]:
    """A refusal becomes its sentence and exit code 1."""
    from gongdan.kernel.errors import GongdanError

    try:
        yield
    except GongdanError as error:
        typer.echo(error.sentence, err=True)
        raise typer.Exit(1) from None


def staff_id_of(username: str) -> int:
    """The id behind a user name. Raises NotFound."""
    from gongdan.core.staff.models import Staff
    from gongdan.kernel.errors import NotFound

    found = Staff.objects.filter(username=username).values_list("id", flat=True).first()
    if found is None:
        raise NotFound("unknown_staff", f"There is no person with the user name {username}.")
    return found


@app.command()
def create(
    username: str = Username,
    name: str = typer.Option("", help="The person's own name; the user name if left out."),
    department: str = typer.Option("", help="Code of the department; the first one if left out."),
    role: list[str] = typer.Option([], help="Code of a role; may be repeated. CODE@DEPARTMENT counts there."),
    administrator: bool = typer.Option(False, "--administrator", help="Give the role that may everything."),
    no_password: bool = typer.Option(False, "--no-password", help="The person cannot sign in yet."),
    password_stdin: bool = FROM_STDIN,
) -> None:
    """Take a person in. On an empty installation this makes what they need: a department, the administrator's role."""
    use_database()
    password = None if no_password else _password(password_stdin)
    with refusals():
        staff_id = _create(username, name or username, department, role, administrator, password)
    typer.echo(f"{username} was created (id {staff_id}).")


def _create(
    username: str, name: str, department: str, roles: list[str], administrator: bool, password: str | None
) -> int:
    from gongdan.core.staff.beginning import ensure_administrator_role, ensure_root_department
    from gongdan.core.staff.people import NewPerson, create_person
    from gongdan.kernel.actor import system

    actor = system("cli")
    where = _department(department) if department else ensure_root_department(actor=actor)
    held = [_held(role) for role in roles]
    if administrator:
        held.append(_held(ensure_administrator_role(actor=actor)))
    new = NewPerson(username, name, where, password=password, roles=tuple(held))
    return create_person(new, actor=actor)


def _department(code: str) -> int:
    from gongdan.core.staff.models import Department
    from gongdan.kernel.errors import NotFound

    found = Department.objects.filter(code=code).values_list("id", flat=True).first()
    if found is None:
        raise NotFound("unknown_department", f"There is no department {code}.")
    return found


def _held(role: str) -> Any:
    from gongdan.core.staff.people import HeldRole

    code, _, department = role.partition("@")
    return HeldRole(code, _department(department) if department else None)


@app.command()
def password(username: str = Username, password_stdin: bool = FROM_STDIN) -> None:
    """Set a person's password; ends their sessions and lifts a lock."""
    use_database()
    from gongdan.kernel.actor import system
    from gongdan.web import accounts

    with refusals():
        staff_id = staff_id_of(username)
        accounts.set_password(staff_id, _password(password_stdin), actor=system("cli"))
    typer.echo(f"The password of {username} is set.")


@app.command("list")
def list_people(
    everyone: bool = typer.Option(False, "--all", help="Also those who were deactivated."),
) -> None:
    """List people: user name, name, department, roles, and whether they may sign in."""
    use_database()
    from gongdan.core.staff.selectors import PeopleQuery, people

    active, after = None if everyone else True, None
    while rows := people(PeopleQuery(active=active, after=after), 200):
        for row in rows:
            roles = ",".join(held["role"] for held in row["roles"]) or "-"
            state = "active" if row["active"] else "inactive"
            typer.echo("\t".join([row["username"], row["name"], row["department"]["name"], roles, state]))
        after = (rows[-1]["name"], rows[-1]["id"])


@app.command()
def deactivate(username: str = Username) -> None:
    """Let a person go: sessions and tokens end at once. Refused for the last administrator."""
    _set_active(username, active=False)


@app.command()
def activate(username: str = Username) -> None:
    """Let a deactivated person back in, with the roles they had."""
    _set_active(username, active=True)


def _set_active(username: str, *, active: bool) -> None:
    use_database()
    from gongdan.kernel.actor import system
    from gongdan.web import accounts

    with refusals():
        accounts.change_person(staff_id_of(username), {"active": active}, actor=system("cli"))
    typer.echo(f"{username} is {'active' if active else 'deactivated'}.")


def _password(from_stdin: bool) -> str:
    if from_stdin:
        return sys.stdin.readline().rstrip("\n")
    return str(typer.prompt("Password", hide_input=True, confirmation_prompt=True))
