"""The steps of the webhooks' benchmark that need the product's code; each is a process: `… webhook_stage STEP JSON`.

Says what it has to say as JSON on its last line.
"""

from __future__ import annotations

import asyncio
import json
import socket
import sys
import time
from typing import Any

TICKETS = 200
CATEGORY = "fee_query"
WORDS = "宽带断了三天，没有人上门。光猫的灯是红的，重启过两次，请尽快派人来看。"
SUBJECT = 5  # events one after another of a customer
TOGETHER = 20  # customers in one transaction, so that it is not the writer that is measured
AT_ONCE = 8
BARE_SECONDS = 5.0
LOOPBACK = ["127.0.0.0/8"]


def company() -> dict[str, Any]:
    """Migrate, found the company, open the tickets."""
    from django.core.management import call_command

    from gongdan.config import working_calendars
    from gongdan.config.demo.making import make_company
    from gongdan.core.tickets.actions.open_ticket import open_ticket
    from gongdan.core.tickets.contracts import OpenTicket, Requester
    from gongdan.kernel import reference
    from gongdan.kernel.actor import system
    from gongdan.kernel.unit import unit

    call_command("migrate", interactive=False, verbosity=0)
    working_calendars.ensure()
    with unit():
        make_company(system("bench"))
    for _ in range(TICKETS):
        reference.refresh()
        request = OpenTicket(category=CATEGORY, body=WORDS, requester=Requester(phone="010-55501234"))
        open_ticket(request, actor=system("bench"))
    return {}


def hook(address: str, *types: str) -> None:
    from gongdan.core.staff.models import Staff
    from gongdan.kernel import reference
    from gongdan.kernel.actor import Actor
    from gongdan.listeners.webhooks import administration

    reference.refresh()
    admin = Staff.objects.get(username="admin")
    new = administration.NewEndpoint("bench", address, types=types, allowed_networks=LOOPBACK)
    administration.create(new, actor=Actor("staff", admin.name, admin.pk))


def living(port: int) -> dict[str, Any]:
    """Set up the webhook that is measured."""
    hook(f"http://127.0.0.1:{port}/", "TicketAppended", "CustomerChanged")
    return {}


def changed(number: int) -> dict[str, Any]:
    return {"old": {}, "new": {"note": f"#{number}# {WORDS}"}}


def added(number: int) -> dict[str, Any]:
    return {"contact_id": number, "kind": "phone", "value": "", "label": WORDS, "primary": False}


DATA = {"CustomerChanged": changed, "ContactAdded": added}


def events(count: int, begin: int, type: str) -> dict[str, Any]:  # noqa: A002
    """Write events of made-up customers, SUBJECT of each, as fast as one process can."""
    from django.db import transaction

    from gongdan.kernel import clock
    from gongdan.kernel.actor import system
    from gongdan.outbox.log import Head, NewEvent, append

    for batch in range(begin, begin + count, TOGETHER * SUBJECT):
        with transaction.atomic():
            for first in range(batch, min(batch + TOGETHER * SUBJECT, begin + count), SUBJECT):
                some = [NewEvent(type, DATA[type](number)) for number in range(first, first + SUBJECT)]
                append("customer", 1_000_000 + first, Head(), some, actor=system("bench"), at=clock.now())
    return {}


def backlog(count: int, begin: int, type: str) -> dict[str, Any]:  # noqa: A002
    """The same, fanned out."""
    from gongdan.kernel import reference
    from gongdan.listeners.webhooks import consumers  # noqa: F401  registers the consumer
    from gongdan.outbox.relay import Relay
    from gongdan.outbox.subscribe import CONSUMERS

    events(count, begin, type)
    relay = Relay(CONSUMERS["webhooks"])
    if not relay.acquire():
        raise RuntimeError("Another process has the webhooks' consumer.")
    reference.refresh()
    begun = time.monotonic()
    while relay.work():
        pass
    return {"seconds": time.monotonic() - begun}


def dead(receivers: int, events: int, begin: int, hanging: int) -> dict[str, Any]:
    """Receivers that refuse or never answer, each with its share of deliveries."""
    for number in range(receivers):
        with socket.socket() as closed:
            closed.bind(("127.0.0.1", 0))
            hook(f"http://127.0.0.1:{hanging if number % 2 else closed.getsockname()[1]}/", "ContactAdded")
    return backlog(events // receivers, begin, "ContactAdded")


def switch(on: bool) -> dict[str, Any]:
    """Let the dead be tried or not."""
    from gongdan.listeners.webhooks.models import Endpoint

    Endpoint.objects.filter(types__contains=["ContactAdded"]).update(active=on)
    return {}


def verbs(rate: float, seconds: float) -> dict[str, Any]:
    """Append to tickets at this rate; answers when each was committed."""
    from gongdan.core.tickets.actions.catalogue import VERBS
    from gongdan.core.tickets.actions.shape import perform
    from gongdan.core.tickets.contracts import AppendInformation
    from gongdan.core.tickets.models import Ticket
    from gongdan.kernel import reference
    from gongdan.kernel.actor import system

    assert "append" in VERBS
    numbers = list(Ticket.objects.order_by("pk").values_list("number", flat=True)[:TICKETS])
    base = time.time_ns() // 1_000_000 % 1_000_000_000 * 10
    committed, begun = {}, time.monotonic()
    for turn in range(int(rate * seconds)):
        time.sleep(max(0.0, begun + turn / rate - time.monotonic()))
        reference.refresh()
        perform(
            "append",
            numbers[turn % len(numbers)],
            AppendInformation(body=f"#{base + turn}# {WORDS}"),
            actor=system("bench"),
        )
        committed[base + turn] = time.time()
    return {"committed": committed, "seconds": time.monotonic() - begun}


def bare(port: int) -> dict[str, Any]:
    """A loop of aiohttp's client and nothing else."""
    return {"rate": asyncio.run(_bare(f"http://127.0.0.1:{port}/"))}


async def _bare(address: str) -> float:
    import aiohttp

    body = json.dumps({"type": "CustomerChanged", "data": {"new": {"note": WORDS}}}).encode() * 3
    count, end = 0, time.monotonic() + BARE_SECONDS

    async def loop(session: aiohttp.ClientSession) -> None:
        nonlocal count
        while time.monotonic() < end:
            async with session.post(address, data=body) as response:
                await response.read()
            count += 1

    async with aiohttp.ClientSession() as session:
        await asyncio.gather(*(loop(session) for _ in range(AT_ONCE)))
    return count / BARE_SECONDS


STEPS = {step.__name__: step for step in (company, living, events, backlog, dead, switch, verbs, bare)}


def main() -> None:
    import django

    django.setup()
    answer = STEPS[sys.argv[1]](**json.loads(sys.argv[2]))
    sys.stdout.write(json.dumps(answer) + "\n")


if __name__ == "__main__":
    main()
