"""A company and some hundred complaints, opened by verbs: what the million clocks are copies of.

`python -m bench.templates` in an empty database prints the tickets' ids as JSON.
"""

from __future__ import annotations

import json
import sys
from datetime import timedelta

from bench import moment

COUNT = 120
CATEGORIES = ("complaint_late", "complaint_manner", "complaint_hotline", "fee_dispute", "complaint_shop")
WORDS = "宽带断了三天，没有人上门。光猫的灯是红的，重启过两次，请尽快派人来看。"


def prepare() -> list[int]:
    """Migrate, found the company, open the tickets; each is accepted by somebody of its department."""
    import django

    django.setup()
    from django.core.management import call_command

    from gongdan.config import working_calendars
    from gongdan.config.demo.making import make_company
    from gongdan.kernel.actor import system
    from gongdan.kernel.unit import unit

    call_command("migrate", interactive=False, verbosity=0)
    moment.play(moment.OPENED)
    working_calendars.ensure()
    with unit():
        make_company(system("bench"))
    return [_open(number) for number in range(COUNT)]


def _open(number: int) -> int:
    from gongdan.core.tickets.actions.open_ticket import open_ticket
    from gongdan.core.tickets.contracts import OpenTicket, Requester
    from gongdan.kernel import reference
    from gongdan.kernel.actor import system

    reference.refresh()
    moment.play(moment.OPENED + timedelta(seconds=7 * number))
    category = CATEGORIES[number % len(CATEGORIES)]
    request = OpenTicket(category=category, body=WORDS, requester=Requester(phone="010-55501234"))
    opened = open_ticket(request, actor=system("bench"))
    _accept(opened.number, opened.items[0].department_id)
    return opened.id


def _accept(number: str, department_id: int | None) -> None:
    assert department_id is not None
    from gongdan.core.staff.models import Staff
    from gongdan.core.tickets.actions.shape import perform
    from gongdan.core.tickets.contracts import Accept
    from gongdan.kernel.actor import Actor
    from gongdan.kernel.errors import GongdanError

    for one in Staff.objects.filter(department_id=department_id, is_active=True).order_by("id"):
        try:
            perform("accept", number, Accept(), actor=Actor("staff", one.name, one.pk))
        except GongdanError:
            continue
        return
    raise RuntimeError(f"Nobody could accept {number}.")


if __name__ == "__main__":
    sys.stdout.write(json.dumps(prepare()) + "\n")
