"""Writes the generated halves of the clients from frontend/openapi.json. The same schema gives the same files.

    python scripts/clients/make.py            write them
    python scripts/clients/make.py --check    say which are stale, and fail if any is
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import python_client
import typescript_client

PROJECT = Path(__file__).resolve().parents[2]
PYTHON = PROJECT / "clients" / "python" / "gongdan_client"
TYPESCRIPT = PROJECT / "clients" / "typescript" / "src"


def files() -> dict[Path, str]:
    """Every generated file as it should be."""
    schema = json.loads((PROJECT / "frontend" / "openapi.json").read_text(encoding="utf-8"))
    return {
        PYTHON / "types.py": python_client.types(schema),
        PYTHON / "operations.py": python_client.operations(schema),
        TYPESCRIPT / "types.ts": typescript_client.types(schema),
        TYPESCRIPT / "operations.ts": typescript_client.operations(schema),
    }


def main() -> int:
    """0, or 1 if something was stale."""
    stale = {path: text for path, text in files().items() if not _is(path, text)}
    for path in stale:
        sys.stdout.write(f"{path.relative_to(PROJECT)}\n")
    if "--check" in sys.argv[1:]:
        return 1 if stale else 0
    for path, text in stale.items():
        path.write_text(text, encoding="utf-8")
    return 0


def _is(path: Path, text: str) -> bool:
    return path.is_file() and path.read_text(encoding="utf-8") == text


if __name__ == "__main__":
    sys.exit(main())
