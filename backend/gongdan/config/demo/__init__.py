"""The demo company (演示公司): plainly made up, made through the same verbs as everything else.

Promise: `ensure_demo` fills an empty database once, in one transaction, and touches no other; it answers the logins
that still have the demo password, to be printed. docs/demo.md describes the company.
"""

from __future__ import annotations

from gongdan.config.demo.making import is_empty, make_demo
from gongdan.config.demo.showing import shown_logins

__all__ = ["ensure_demo", "is_empty", "make_demo"]


def ensure_demo() -> list[tuple[str, str, str]]:
    """[(login, password, who)]; makes the demo company first if the database is empty. None for any other company."""
    if is_empty():
        make_demo()
    return shown_logins()
