"""The demo company, really committed, made once for all tests of this folder."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import call_command

from gongdan.config.demo import ensure_demo
from gongdan.kernel import reference
from gongdan.outbox import wake

Logins = list[tuple[str, str, str]]


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker: Any) -> Iterator[Logins]:
    """The logins that `gongdan up` would print."""
    with django_db_blocker.unblock():
        reference.forget()
        logins = ensure_demo()
        wake.stop()
        yield logins
        call_command("flush", interactive=False, verbosity=0)
        reference.forget()
