"""Finds the listeners, and writes down what was found.

Promise: a folder `listeners/<name>` with a `consumers.py` is a listener; adding one touches nothing else. What
discovery found stands in docs/rooms.md (`python -m gongdan.config.rooms` writes it), and a test fails when it is stale.
"""

from __future__ import annotations

import importlib
import inspect
from pathlib import Path

from gongdan.outbox.subscribe import CONSUMERS

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT.parents[1] / "docs" / "rooms.md"


def listeners() -> list[str]:
    """Names of the folders in listeners/ that have a consumers.py, sorted."""
    return sorted(path.parent.name for path in (ROOT / "listeners").glob("*/consumers.py"))


def load() -> None:
    """Import every listener, so that its consumers are known. Django must be set up."""
    for name in listeners():
        importlib.import_module(f"gongdan.listeners.{name}.consumers")


def page() -> str:
    """docs/rooms.md as it should be."""
    load()
    lines = ["# Rooms", "", "Written by `python -m gongdan.config.rooms`; do not edit.", "", "## Listeners"]
    for name in listeners():
        module = importlib.import_module(f"gongdan.listeners.{name}.consumers")
        words = " ".join((inspect.getdoc(module) or "").split("\n\n")[0].split())
        lines += ["", f"### {name}", "", words, ""]
        for consumer in sorted(CONSUMERS.values(), key=lambda one: one.name):
            mine = [kind for kind, handlers in consumer.handlers.items() if _has(handlers, module.__name__)]
            if mine:
                lines.append(
                    f"- consumer `{consumer.name}` hears {', '.join(f'`{kind}`' for kind in sorted(mine))}"
                )
    return "\n".join(lines) + "\n"


def _has(handlers: tuple[object, ...], module: str) -> bool:
    return any(getattr(handler, "__module__", "") == module for handler in handlers)


def main() -> None:
    """Write the page."""
    import os

    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongdan.config.settings")
    django.setup()
    PAGE.write_text(page())


if __name__ == "__main__":
    main()
