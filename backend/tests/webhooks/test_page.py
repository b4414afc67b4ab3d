"""The page of payloads describes every type of event as it is declared, with an example of just that version."""

from __future__ import annotations

from gongdan.core.events import EVENTS
from gongdan.listeners.webhooks import page


def test_every_type_has_an_example_that_fits() -> None:
    """If not: `python -m pytest -p tests.webhooks.recording tests` in backend/."""
    known = page.examples()
    wrong = {name: page.faults(name, known.get(name)) for name in EVENTS}
    assert {name: why for name, why in wrong.items() if why} == {}


def test_the_page_is_what_the_catalogue_and_the_examples_make() -> None:
    """If not: `python -m gongdan.listeners.webhooks.page`."""
    assert page.PAGE.read_text() == page.page()
