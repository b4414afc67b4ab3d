"""A change in two steps: first others are asked, outside any transaction; then it is made, inside one.

What was asked about may have changed meanwhile: then it is asked again, once.
"""

from __future__ import annotations

from typing import Protocol, TypeVar

from gongdan.kernel.errors import Conflict
from gongdan.kernel.unit import joined

T_co = TypeVar("T_co", covariant=True)


class Deed(Protocol[T_co]):
    """`asks` says whether anybody wants to be asked; `act` raises ChangedMeanwhile when `ask` is no longer true."""

    @property
    def asks(self) -> bool: ...

    def ask(self) -> None: ...

    def act(self) -> T_co: ...


class ChangedMeanwhile(Exception):
    """What the others were asked about is not what is there now."""


class Spoilt(Exception):
    """What the others made of it cannot be done; the deed has dropped that, and can be done without."""


def run(deed: Deed[T_co]) -> T_co:
    """Ask, then act. Raises what both raise, and Conflict changed_while_asked after the second time.

    Never inside a unit when others are asked: they would hold its locks, and the feed back.
    """
    if not deed.asks:
        return deed.act()
    if joined():
        raise RuntimeError("Others cannot be asked inside a unit of work; ask before it begins.")
    for _ in range(2):
        deed.ask()
        try:
            return _act(deed)
        except ChangedMeanwhile:
            continue
    raise changed_again()


def _act(deed: Deed[T_co]) -> T_co:
    try:
        return deed.act()
    except Spoilt:
        return deed.act()


def changed_again() -> Conflict:
    """Somebody changed it twice while others were being asked."""
    return Conflict(
        "changed_while_asked", "This was changed by others while it was being checked; try again."
    )
