"""Asking a telephone system to do something: kept as a row, told by NOTIFY, carried out by the phone process."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from gongdan.core.interactions.models import Dialect, Extension, Health, PhoneCommand
from gongdan.kernel import clock, sql
from gongdan.kernel.actor import Actor
from gongdan.kernel.errors import Conflict, NotFound

CHANNEL = "gongdan_phone_command"
SYSTEM = ("system__health", "system__dialect", "system__active", "system__capabilities")


@dataclass(frozen=True, slots=True)
class Seat:
    """Where somebody is signed in, and what the system there can do."""

    extension_id: int
    number: str
    kind: str
    channel: str
    system_id: int
    connected: bool
    capabilities: frozenset[str]


def seat_of(staff_id: int) -> Seat | None:
    """The extension somebody is signed in to. One statement."""
    wanted = ("pk", "number", "kind", "channel", "system_id", *SYSTEM)
    found = Extension.objects.filter(presence__staff_id=staff_id).values(*wanted).first()
    if found is None:
        return None
    return Seat(
        extension_id=found["pk"],
        number=found["number"],
        kind=found["kind"],
        channel=found["channel"],
        system_id=found["system_id"],
        connected=connected(found),
        capabilities=frozenset(found["system__capabilities"]),
    )


def place(number: str, channel: str) -> dict[str, str]:
    """An extension as commands name it: `channel` where the system dials it in a way of its own."""
    return {"extension": number, **({"channel": channel} if channel else {})}


def require_seat(staff_id: int) -> Seat:
    """`seat_of`, or Conflict not_signed_in."""
    seat = seat_of(staff_id)
    if seat is None:
        raise Conflict("not_signed_in", "Sign in to an extension first.")
    return seat


def connected(row: Mapping[str, Any], prefix: str = "system__") -> bool:
    """Whether a row's system can be spoken to now. A system of HTTP is called each time, so it is while it is wanted."""
    if row[f"{prefix}dialect"] == Dialect.HTTP:
        return bool(row[f"{prefix}active"])
    return bool(row[f"{prefix}health"] == Health.CONNECTED)


def require_able(verb: str, *, is_connected: bool, capabilities: frozenset[str]) -> None:
    """Conflict phone_system_away or not_possible_here (`verb`)."""
    if not is_connected:
        raise Conflict("phone_system_away", "The telephone system cannot be reached now.")
    if verb not in capabilities:
        raise Conflict("not_possible_here", f"This telephone system cannot {verb}.", verb=verb)


def ask(
    system_id: int,
    verb: str,
    args: Mapping[str, Any],
    *,
    actor: Actor,
    call_id: int | None = None,
    state: str = "asked",
) -> int:
    """Keep the command and wake who carries it out; answers its id. In the caller's transaction, if there is one."""
    made = PhoneCommand.objects.create(
        system_id=system_id,
        call_id=call_id,
        verb=verb,
        args=dict(args),
        staff_id=actor.staff_id,
        state=state,
        asked_at=clock.now(),
    )
    if state == "asked":
        sql.execute("SELECT pg_notify(%s, %s)", [CHANNEL, str(system_id)])
    return made.pk


def command(command_id: int, staff_id: int) -> dict[str, Any]:
    """{id, verb, state, fault} of a command one asked for oneself. Raises unknown_command."""
    wanted = ("id", "verb", "state", "fault")
    found = PhoneCommand.objects.filter(pk=command_id, staff_id=staff_id).values(*wanted).first()
    if found is None:
        raise NotFound("unknown_command", "There is no such command of yours.")
    return dict(found)
