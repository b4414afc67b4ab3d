"""The verbs that can be intercepted, and the arguments each of them takes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from pydantic import BaseModel, ValidationError

from gongdan.core.tickets.actions.catalogue import VERBS
from gongdan.core.tickets.contracts import OpenTicket

OPEN = "open"
NEVER_CHANGED = frozenset({"version", "item"})  # they say what the actor looked at
FIELDS = "fields"


def contract_of(verb: str) -> type[BaseModel]:
    """What the verb takes. Raises KeyError for no verb."""
    return OpenTicket if verb == OPEN else VERBS[verb].args


@cache
def arguments() -> dict[str, tuple[str, ...]]:
    """Every verb with the names of its arguments that an interceptor could change."""
    names = sorted([OPEN, *VERBS])
    return {verb: tuple(sorted(set(contract_of(verb).model_fields) - NEVER_CHANGED)) for verb in names}


def changeable(name: str) -> bool:
    """Whether `name` is an argument of some verb, or fields.<code>."""
    whole, _, code = name.partition(".")
    if whole == FIELDS:
        return bool(code) and len(code) <= 64
    return not code and any(whole in known for known in arguments().values())


def is_argument(verb: str, name: str) -> bool:
    """Whether the verb takes the argument (fields.<code>: own fields)."""
    return name.partition(".")[0] in arguments()[verb]


@dataclass(frozen=True, slots=True)
class Mistake:
    """What a verb does not take: where, and why."""

    place: tuple[str, ...]
    words: str


def mistakes(verb: str, args: dict[str, Any]) -> list[Mistake]:
    """Everything about `args` that the verb does not take; own fields are looked at by the verb itself."""
    try:
        contract_of(verb).model_validate(args)
    except ValidationError as error:
        found = error.errors(include_url=False, include_input=False)
        return [Mistake(tuple(str(part) for part in one["loc"]), one["msg"]) for one in found]
    return []
