"""How many SQL statements each verb and page costs, counted in the product's own code on the bench's database."""

from __future__ import annotations

import json
import sys
from typing import Any
from uuid import uuid4


def count(token: str, category: str) -> dict[str, int]:
    """Statements by name. BEGIN and COMMIT count too."""
    import django

    django.setup()
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(headers={"Authorization": f"Bearer {token}"})
    base = "/api/v1/tickets"
    found: dict[str, int] = {}

    def ask(name: str, method: str, path: str, body: Any = None) -> Any:
        with CaptureQueriesContext(connection) as captured:
            answer = client.generic(
                method,
                path,
                json.dumps(body) if body is not None else "",
                content_type="application/json",
                headers={"Idempotency-Key": uuid4().hex} if name == "open" else {},
            )
        if answer.status_code >= 300:
            raise RuntimeError(f"{name}: {answer.status_code} {answer.content[:300]!r}")
        found[name] = len(captured)
        return answer.json()

    for _ in range(2):  # the first round fills the caches
        number = ask("open", "POST", base, {"category": category, "body": "宽带断了三天，没有人上门。"})[
            "number"
        ]
        ask("append", "POST", f"{base}/{number}/actions/append", {"body": "客户来电补充：今天在家。"})
        ask("accept", "POST", f"{base}/{number}/actions/accept", {})
        ask("ticket page", "GET", f"{base}/{number}")
        ask("track", "GET", f"{base}/{number}/track")
        ask(
            "process",
            "POST",
            f"{base}/{number}/actions/process",
            {"result": "已处理", "fields": {"answer": "已告知"}},
        )
        ask("list of 50", "GET", f"{base}?limit=50")
        ask("to-do of department", "GET", "/api/v1/todo/department")
    return found


if __name__ == "__main__":
    sys.stdout.write(json.dumps(count(sys.argv[1], sys.argv[2])) + "\n")
