"""The dialects: one module each, imported when a system speaks it."""

from __future__ import annotations

from importlib import import_module
from typing import cast

from gongdan.channels.phone.contract import ConnectionMaker

DIALECTS = {
    "asterisk": ("gongdan.channels.phone.providers.asterisk", "AsteriskConnection"),
    "freeswitch": ("gongdan.channels.phone.providers.freeswitch", "FreeswitchConnection"),
    "http": ("gongdan.channels.phone.providers.http", "HttpConnection"),
}


def maker(dialect: str) -> ConnectionMaker:
    """The class that makes this dialect's connections. Raises KeyError, ImportError."""
    module, name = DIALECTS[dialect]
    return cast(ConnectionMaker, getattr(import_module(module), name))
