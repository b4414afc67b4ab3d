"""What the exchange may know of the company it is tried with: its customers' numbers, its phones, who is signed in.

Only to be a lifelike exchange: whatever listens to it is told everything over its own protocol. The exchange plays for
the telephone system that is set up for its dialect at its own loopback address and port, and for no other; it switches
that system on, and off at the end, when nobody is there any more to connect to.
"""

from __future__ import annotations

import contextlib
import os
from dataclasses import dataclass
from pathlib import Path

LOOPBACK = ("127.0.0.1", "localhost", "::1")
MOST_NUMBERS = 2000


@dataclass(frozen=True, slots=True)
class Desk:
    """An extension of the system: whether it is somebody's, is signed in to, and takes calls now."""

    number: str
    owned: bool = False
    staffed: bool = False
    ready: bool = False


class Company:
    """Django must be set up. `code` names the system it plays for."""

    def __init__(self, code: str, username: str, secret: str) -> None:
        self.code, self.username, self.secret = code, username, secret

    def numbers(self) -> list[str]:
        """Customers' telephone numbers, as written."""
        from gongdan.core.customers.models import Contact, ContactKind

        found = Contact.objects.filter(kind=ContactKind.PHONE, extension="").order_by("id")
        return [value.replace("-", "") for value in found.values_list("value", flat=True)[:MOST_NUMBERS]]

    def desks(self) -> list[Desk]:
        """Desk phones in the order of their numbers."""
        from gongdan.core.interactions.models import Extension, ExtensionKind, Presence

        ready = dict(Presence.objects.exclude(extension=None).values_list("extension_id", "state"))
        found = Extension.objects.filter(system__code=self.code, active=True, kind=ExtensionKind.DESK_PHONE)
        return [
            Desk(number, owned=owner is not None, staffed=pk in ready, ready=ready.get(pk) == "ready")
            for pk, number, owner in found.order_by("number").values_list("pk", "number", "staff_id")
        ]

    def queues(self) -> list[str]:
        from gongdan.core.interactions.models import CallQueue

        return list(CallQueue.objects.filter(system__code=self.code).values_list("name", flat=True))

    def switch(self, *, active: bool) -> None:
        """Whether the product shall connect to us. A database that is gone by now is left alone."""
        from django.db import Error

        from gongdan.core.interactions.actions.systems import change_system
        from gongdan.kernel.actor import system

        with contextlib.suppress(Error):
            change_system(self.code, {"active": active}, version=None, actor=system("simulate"))


def found_company(dialect: str, port: int) -> Company | None:
    """The company in whose database a system waits for an exchange here; None without one, or without a database."""
    if not _database_answers():
        return None
    from django.db import Error

    from gongdan.config.cli.environment import use_django

    use_django()
    from gongdan.core.interactions.models import TelephoneSystem
    from gongdan.kernel.sealing import unseal

    try:
        one = TelephoneSystem.objects.filter(dialect=dialect, host__in=LOOPBACK, port=port).first()
    except Error:
        return None
    return Company(one.code, one.username, unseal(one.secret)) if one is not None else None


def _database_answers() -> bool:
    """Without starting one."""
    import psycopg

    from gongdan.config.cli.environment import home
    from gongdan.kernel.embedded_postgres import database_url

    if not os.environ.get("DATABASE_URL") and not (Path(home()) / "postgres.json").exists():
        return False
    try:
        with psycopg.connect(database_url(Path(home())), connect_timeout=3):
            return True
    except psycopg.Error:
        return False
