"""One unit of work, one transaction: a unit inside another joins it, without the two statements of a savepoint.

What fails inside fails the whole, which is what verbs want: an answer is kept with the change or not at all.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import transaction

_joined: ContextVar[bool] = ContextVar("joined", default=False)


def joined() -> bool:
    """Whether a unit is under way here."""
    return _joined.get()


@contextmanager
def unit() -> Iterator[None]:
    """Run the body in a transaction, or in the unit that is under way."""
    inside = _joined.get()
    token = _joined.set(True)
    try:
        with transaction.atomic(savepoint=not inside):
            yield
    finally:
        _joined.reset(token)
