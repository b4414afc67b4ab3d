"""docs/webhooks/payloads.md: every type of event as a receiver gets it, with an example that a test produced.

`python -m gongdan.listeners.webhooks.page` writes the page from the catalogue of events and docs/webhooks/examples.json;
the examples themselves are recorded while tests run (tests/webhooks/recording.py). A test fails when either is stale.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from gongdan.core.events import EVENTS
from gongdan.outbox.registry import EventType

FOLDER = Path(__file__).resolve().parents[4] / "docs" / "webhooks"
PAGE = FOLDER / "payloads.md"
EXAMPLES = FOLDER / "examples.json"
HEAD = """# What receivers get

Written by `python -m gongdan.listeners.webhooks.page`; do not edit. [Webhooks](../webhooks.md) says what is common to all.

Each document has `id`, `type`, `version`, `timestamp`, `ticket`, `subject`, `subject_id`, `seq`, `actor` and `data`; the
tables below describe `data`. Within a version fields are only added. Each example is what a test produced; its numbers
mean nothing.
"""


def examples() -> dict[str, dict[str, Any]]:
    """Type to an example document."""
    return dict(json.loads(EXAMPLES.read_text())) if EXAMPLES.exists() else {}


def faults(name: str, example: Mapping[str, Any] | None) -> str:
    """Why this is no example of the type as it is declared now; empty if it is one."""
    kind = EVENTS[name]
    if example is None:
        return "no example"
    if example["version"] != kind.version or example["subject"] != kind.subject:
        return "of another version"
    keys = example["data"].keys()
    if not kind.fields <= keys <= kind.fields | kind.optional:
        return f"its fields are {sorted(keys)}"
    return ""


def page() -> str:
    """The page as it should be."""
    known = examples()
    parts = [HEAD, *(_part(EVENTS[name], known.get(name)) for name in sorted(EVENTS))]
    return "\n".join(parts)


def _part(kind: EventType, example: Mapping[str, Any] | None) -> str:
    fields = ", ".join(f"`{name}`" for name in sorted(kind.fields)) or "none"
    optional = ", ".join(f"`{name}`" for name in sorted(kind.optional))
    lines = [
        f"## {kind.name}",
        "",
        kind.doc,
        "",
        f"Version {kind.version}, about a {kind.subject}, seen with `{kind.right}`. Always: {fields}."
        + (f" When there is something to say: {optional}." if optional else ""),
        "",
    ]
    if example is not None:
        lines += ["```json", json.dumps(example, ensure_ascii=False, indent=2), "```", ""]
    return "\n".join(lines)


def main() -> None:
    """Write the page."""
    PAGE.write_text(page())


if __name__ == "__main__":
    main()
