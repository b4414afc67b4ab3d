"""Which operations of the API the tests have called with success, for the test that asks for all of them.

`python -m tests.calls FILE...` asks it of several runs that each noted theirs with `--note-calls`.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

CALLED: set[str] = set()  # "METHOD api/v1/tickets/<number>"
METHODS = {"get", "post", "put", "patch", "delete"}


def note(response: Any) -> None:
    """Remember an answer of Django's test client, unless it is a refusal."""
    match = getattr(response, "resolver_match", None)
    if match is not None and response.status_code < 400:
        CALLED.add(f"{response.request['REQUEST_METHOD']} {match.route}")


def never_called(called: Iterable[str]) -> list[str]:
    """Operations of the schema that are not among `called`. Django must be set up."""
    from gongdan.config.api import api

    offered = {
        f"{method.upper()} {path.lstrip('/')}"
        for path, methods in api.get_openapi_schema()["paths"].items()
        for method in methods
        if method in METHODS
    }
    return sorted(offered - {re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", name) for name in called})


def main(files: list[str]) -> int:
    """Say what no run called; 1 if there is anything."""
    import os

    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongdan.config.settings")
    django.setup()
    missing = never_called(name for file in files for name in Path(file).read_text().splitlines())
    for name in missing:
        sys.stdout.write(f"no test calls {name} with success\n")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
