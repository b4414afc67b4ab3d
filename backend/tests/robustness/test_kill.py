"""Each process of a working product is killed under load: all that was acknowledged is there, whole, and told once."""

from __future__ import annotations

import http.client
import json
import os
from collections.abc import Callable
from typing import Any

import pytest

from tests.robustness.installation import PATIENCE, Installation, eventually
from tests.robustness.load import Acknowledged, Crowd

pytestmark = pytest.mark.crash
PROGRESS = 30  # acknowledged requests between two blows


def work_on(crowd: Crowd, what: str) -> None:
    """Wait until the clients have got on."""
    before = crowd.done()

    def got_on() -> bool:
        assert crowd.complaints() == []
        return crowd.done() >= before + PROGRESS

    eventually(got_on, f"{PROGRESS} more acknowledged after {what}")


def blow(product: Installation, name: str) -> Callable[[], None]:
    def kill() -> None:
        before = product.kill(name)
        product.replaced(name, before)

    return kill


def kill_worker(product: Installation) -> None:
    """Whoever follows tells people what happened since."""
    before = product.kill("worker")
    last = newest_bell(product)
    product.replaced("worker", before)
    eventually(lambda: newest_bell(product) > last, "somebody is told something new")


def newest_bell(product: Installation) -> int:
    """The id of the clerk's newest notification, 0 while the API does not answer."""
    headers = {"Authorization": f"Bearer {product.company['tokens']['clerk']}"}
    status, body = product.ask("GET", "/api/v1/notifications?limit=1", headers=headers)
    items = json.loads(body)["items"] if status == 200 else []
    return int(items[0]["id"]) if items else 0


def kill_live(product: Installation) -> None:
    """Whoever follows answers."""
    product.replaced("live", product.kill("live"))
    eventually(lambda: live_answers(product), "the live push answers")


def live_answers(product: Installation) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", product.live_port, timeout=PATIENCE)
    try:
        connection.request("GET", "/live?ticket=nonsense")
        return connection.getresponse().status == 401
    except OSError:
        return False
    finally:
        connection.close()


def kill_everything(product: Installation) -> None:
    """The supervisor, with which all else goes, and then by hand a new start."""
    product.kill("up")
    assert product.up is not None
    product.up.wait(PATIENCE)
    product.start()


def events_by_ticket(product: Installation) -> dict[str, list[tuple[int, str]]]:
    """(seq, type) of every ticket's events, read through the feed from its beginning, each event only once."""
    connection = http.client.HTTPConnection("127.0.0.1", product.port, timeout=PATIENCE)
    headers = {"Authorization": f"Bearer {product.company['tokens']['admin']}"}
    found: dict[str, list[tuple[int, str]]] = {}
    seen: set[int] = set()
    cursor = ""
    while True:
        connection.request("GET", f"/api/v1/events?limit=200&after={cursor}", headers=headers)
        page: dict[str, Any] = json.loads(connection.getresponse().read())
        if not page["events"]:
            connection.close()
            return found
        for event in page["events"]:
            assert event["id"] not in seen
            seen.add(event["id"])
            if event["ticket"] is None:
                continue  # what a start sets up: calendars, tables
            found.setdefault(event["ticket"], []).append((event["seq"], event["type"]))
        cursor = page["cursor"]


def is_whole(expected: Acknowledged, events: list[tuple[int, str]]) -> bool:
    """Exactly what was acknowledged, in order and without a gap: nothing was given up unacknowledged."""
    return events == list(enumerate(expected.events, 1))


def test_killed_at_work_nothing_acknowledged_is_lost(product: Installation) -> None:
    crowd = Crowd(product, product.company["tokens"])
    crowd.start()
    work_on(crowd, "the start")
    blows: dict[str, Callable[[], object]] = {
        "a web worker": product.kill_web_worker,
        "web": blow(product, "web"),
        "worker": lambda: kill_worker(product),
        "phone": blow(product, "phone"),
        "live": lambda: kill_live(product),
        "postgres": blow(product, "postgres"),
        "postgres again": blow(product, "postgres"),
        "up": lambda: kill_everything(product),
    }
    for name, strike in blows.items():
        strike()
        work_on(crowd, f"{name} was killed")
    crowd.stop()

    assert crowd.complaints() == []
    assert sum(one.retries for one in crowd.clients) > 0
    log = events_by_ticket(product)
    acknowledged = crowd.tickets()
    assert len({ticket.number for ticket in acknowledged}) == len(acknowledged)
    assert [ticket for ticket in acknowledged if not is_whole(ticket, log.get(ticket.number, []))] == []
    assert log.keys() == {ticket.number for ticket in acknowledged}
    assert [one.sent_again() for one in crowd.clients] == [one.tickets[-1].number for one in crowd.clients]
    assert product.run("tests.robustness.audit") == []


def test_ended_kindly_nobody_stays_behind(product: Installation) -> None:
    pids = [product.pid(name) for name in ("web", "live", "worker", "deliver", "phone", "postgres")]
    product.stop()
    assert [pid for pid in pids if pid and _lives(pid)] == []
    product.start()


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
