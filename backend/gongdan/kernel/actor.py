"""Who does something: a person of the staff, a customer, or the system itself.

An `Actor` is handed to every verb by keyword and is written into every event. It carries no rights; those are
looked up by `core.staff` through its `staff_id`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

ActorKind = Literal["staff", "customer", "system"]


@dataclass(frozen=True, slots=True)
class Actor:
    """`via` names the way in: desk, api, import, cli, callback plan…; `staff_id`/`customer_id` fit `kind`."""

    kind: ActorKind
    name: str
    staff_id: int | None = None
    customer_id: int | None = None
    via: str = "api"


def system(via: str) -> Actor:
    """The product acting by itself, e.g. `system("worker")`."""
    return Actor(kind="system", name="system", via=via)
