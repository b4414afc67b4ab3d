"""`gongdan import categories FILE.csv`: the category tree of a company from a table (see docs/catalogue.md)."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from gongdan.core.catalogue.loading import LoadReport, load_table
from gongdan.kernel.actor import Actor


def load_category_tree(
    path: Path, *, actor: Actor, root_defaults: Mapping[str, Any] | None = None
) -> LoadReport:
    """Load the table at `path`. `root_defaults` are settings for new categories at the top (kind, flow, …).

    Raises OSError when the file cannot be read, and Invalid when it is no table or the defaults cannot be used.
    """
    return load_table(Path(path).read_bytes(), actor=actor, root_defaults=root_defaults)
