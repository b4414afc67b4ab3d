"""A pytest plugin that keeps an example of every type of event tests produce, as a receiver would get it.

`python -m pytest -p tests.webhooks.recording tests` in backend/ fills docs/webhooks/examples.json with what is missing
or no longer fits the catalogue, and writes the page made from it. Without `-p` it does nothing.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

found: dict[str, dict[str, Any]] = {}


@pytest.fixture(autouse=True)
def keep_examples(request: pytest.FixtureRequest) -> Iterator[None]:
    """After the test, before its transaction is rolled back."""
    request.getfixturevalue("_django_db_helper")
    yield
    if request.node.get_closest_marker("django_db") or "db" in request.fixturenames:
        try:
            with transaction.atomic():
                _look()
        except DatabaseError:
            return  # a test that ends in a broken transaction shows nothing


def _look() -> None:
    from gongdan.core.events import EVENTS
    from gongdan.core.tickets.sight import sighted
    from gongdan.listeners.webhooks import payload
    from gongdan.outbox import feed

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT ON (type) id FROM outbox_eventrecord WHERE type = ANY(%s) ORDER BY type, id",
            [sorted(EVENTS.keys() - found.keys())],
        )
        ids = [row[0] for row in cursor.fetchall()]
    for event in feed.by_ids(ids).values():
        ticket = sighted({event.subject_id}).get(event.subject_id) if event.subject == "ticket" else None
        body = payload.render(event, ticket.number if ticket else "")
        found[event.type] = json.loads(body)
    if ids:
        _keep()


def _keep() -> None:
    """At once, so that a run that is broken off was not for nothing."""
    from gongdan.core.events import EVENTS
    from gongdan.listeners.webhooks import page

    known = page.examples()
    kept = {name: one for name, one in known.items() if name in EVENTS and not page.faults(name, one)}
    merged = {name: one for name, one in (found | kept).items() if not page.faults(name, one)}
    page.EXAMPLES.write_text(json.dumps(dict(sorted(merged.items())), ensure_ascii=False, indent=1) + "\n")
    page.main()
