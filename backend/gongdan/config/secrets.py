"""The installation's own secrets: made at the first start, kept in the home folder, readable by its owner only."""

from __future__ import annotations

import fcntl
import json
import os
import secrets
from pathlib import Path

NAMES = {"django": "GONGDAN_SECRET_KEY", "trail": "GONGDAN_TRAIL_KEY", "live": "GONGDAN_LIVE_KEY"}


def load(home: Path) -> dict[str, str]:
    """{"django", "trail", "live"} to their keys. The environment variables in `NAMES` win over the file."""
    given = {name: os.environ[variable] for name, variable in NAMES.items() if os.environ.get(variable)}
    return given if len(given) == len(NAMES) else {**_kept(home / "secrets.json"), **given}


def _kept(path: Path) -> dict[str, str]:
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    with os.fdopen(descriptor, "r+") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        text = file.read()
        kept: dict[str, str] = json.loads(text) if text else {}
        if set(NAMES) - set(kept):
            kept = {name: kept.get(name) or secrets.token_urlsafe(48) for name in NAMES}
            file.seek(0)
            file.truncate()
            json.dump(kept, file)
        return kept
