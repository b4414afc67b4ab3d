"""A company with categories and flows, to make tickets in."""

from tests.tickets.conftest import world

__all__ = ["world"]
