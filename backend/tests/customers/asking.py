"""Short words for recording and finding customers over HTTP."""

from __future__ import annotations

from typing import Any

from tests.client import Client


def record(client: Client, name: str, *numbers: str, **more: Any) -> dict[str, Any]:
    contacts = [{"kind": "phone", "value": number} for number in numbers]
    answer = client.post("/customers", {"name": name, "contacts": contacts, **more})
    assert answer.status == 201, answer.body
    return dict(answer.body)


def found(client: Client, q: str, **more: Any) -> list[str]:
    answer = client.get("/customers", q=q, **more)
    assert answer.status == 200, answer.body
    return [row["name"] for row in answer["items"]]
