"""Interceptors installed as Python packages: entry points of the group `gongdan.interceptors`.

Each names a function that takes the question (a dict, as HTTP interceptors get it) and answers a dict as they do, or
None to allow.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import EntryPoint, entry_points
from typing import Any

GROUP = "gongdan.interceptors"
Function = Callable[[dict[str, Any]], Any]


@dataclass(frozen=True, slots=True)
class Installed:
    """An entry point that is there: `target` is module:function, `package` what brought it."""

    name: str
    target: str
    package: str
    package_version: str


class Missing(Exception):
    """There is no such entry point, or what it names cannot be called."""


_loaded: dict[str, Function] = {}


def installed() -> list[Installed]:
    """Every entry point of the group, by name."""
    found = [
        Installed(
            one.name, one.value, one.dist.name if one.dist else "", one.dist.version if one.dist else ""
        )
        for one in entry_points(group=GROUP)
    ]
    return sorted(found, key=lambda one: one.name)


def is_installed(name: str) -> bool:
    """Whether there is one; what was loaded once stays until the process ends."""
    return name in _loaded or bool(_named(name))


def function_of(name: str) -> Function:
    """What the entry point names; imported at first use. Raises Missing, or what the import raises."""
    known = _loaded.get(name)
    if known is not None:
        return known
    found = _named(name)
    if not found:
        raise Missing(f"the entry point {name} is not installed")
    function = found[0].load()
    if not callable(function):
        raise Missing(f"the entry point {name} names nothing that can be called")
    return _loaded.setdefault(name, function)


def _named(name: str) -> list[EntryPoint]:
    return list(entry_points(group=GROUP, name=name))
