"""The catalogue of rights: one per verb of a ticket, and one per area of administration.

A role holds codes from here. What each reaches is the role's data scope (see `grants.py`), except administration,
which reaches everything or nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from gongdan.kernel.errors import Invalid

VERBS = [
    *(
        "open",
        "submit",
        "accept",
        "process",
        "append",
        "reply",
        "note",
        "transfer",
        "return",
        "withdraw",
        "urge",
    ),
    *("consult", "co_handle", "countersign", "extend", "decide_extension", "pause", "resume", "cancel"),
    *("force_end", "resolve", "close", "reopen", "call_back", "link", "attach", "edit"),
    *("acknowledge_card", "appeal_card", "uphold_card", "withdraw_card", "supervise", "circulate"),
]
OTHERS = [
    *("ticket.view", "ticket.view_notes", "ticket.dispatch", "callback.work"),
    *("customer.view", "customer.edit", "customer.reveal", "report.view"),
    *("call.take", "call.view", "call.listen", "call.download", "call.supervise"),
]
AREAS = [
    *("organisation", "catalogue", "flows", "calendars", "policies", "tokens", "customers", "trail"),
    *("tickets", "integrations", "phone"),
]


@dataclass(frozen=True, slots=True)
class Right:
    """`area` groups rights on the screen: ticket, callback, customer, report, call or admin."""

    code: str
    area: str


RIGHTS: tuple[Right, ...] = tuple(
    Right(code, code.partition(".")[0])
    for code in (*(f"ticket.{verb}" for verb in VERBS), *OTHERS, *(f"admin.{area}" for area in AREAS))
)
CODES = frozenset(right.code for right in RIGHTS)
ADMIN_ORGANISATION = "admin.organisation"


def require_known(codes: Iterable[str]) -> list[str]:
    """`codes` sorted and without repetition. Raises Invalid("unknown_right")."""
    asked = set(codes)
    unknown = sorted(asked - CODES)
    if unknown:
        raise Invalid("unknown_right", f"There is no right “{unknown[0]}”.", field="rights", right=unknown[0])
    return sorted(asked)
