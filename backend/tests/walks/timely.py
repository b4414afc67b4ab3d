"""Time made short for walks: limits of one ticket's own, and cards that are due at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

from tests.walks.desk import Desk


def minutes(amount: int) -> dict[str, Any]:
    """A limit in plain minutes."""
    return {"amount": amount, "unit": "minutes", "working": False}


@dataclass(frozen=True)
class Late:
    """A complaint that lies with a handler since an hour; `mark` is in its subject, and in the condition of what limits it."""

    number: str
    subject: str
    mark: str


def ask(desk: Desk, path: str, body: Any = None, method: str = "POST") -> Any:
    """A request as the person at this window; what it answers. A refusal fails the walk."""
    session = desk.context.request.get(f"{desk.at}/api/v1/session").json()
    answer = desk.context.request.fetch(
        f"{desk.at}/api/v1{path}",
        method=method,
        data=body,
        headers={"X-CSRF-Token": session["csrf"], "Idempotency-Key": uuid4().hex},
    )
    assert answer.ok, answer.text()
    return answer.json()


def taken_up_late(agent: Desk, clerk: Desk, words: str) -> Late:
    """The customer called an hour ago, the agent writes it down now, the clerk takes it."""
    mark = uuid4().hex[:8]
    subject = f"{words} {mark}"
    sent = {
        "category": "complaint_late",
        "body": f"{subject}\n约好上午来修宽带，等到晚上无人上门。",
        "received_at": (datetime.now(UTC) - timedelta(hours=1)).isoformat(),
    }
    number = ask(agent, "/tickets", sent)["number"]
    ask(clerk, f"/tickets/{number}/actions/accept", {})
    return Late(number, subject, mark)


def limited(admin: Desk, one: Late, **terms: Any) -> str:
    """A policy for this ticket alone, before all others, and applied to it: what has passed is breached at once."""
    code = f"walk_{one.mark}"
    wanted = {"when": f'subject contains "{one.mark}"', **terms}
    ask(admin, "/policies", {"code": code, "names": {"zh-Hans": f"专用 {one.mark}"}, "terms": wanted})
    first(admin, code)
    ask(admin, f"/policies/{code}/apply", {"number": 1})
    return code


def first(admin: Desk, code: str) -> None:
    """Put a policy before all others."""
    standing = [line["code"] for line in ask(admin, "/policies", method="GET")["items"]]
    ask(admin, "/policies/order", {"codes": [code, *(one for one in standing if one != code)]}, "PUT")
