"""What an administrator says of an interceptor, and whether it makes sense."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from gongdan.core.conditions import ConditionError, names, parse
from gongdan.core.sla.choose import FACTS
from gongdan.core.sla.known import own_fields
from gongdan.kernel import outward
from gongdan.kernel.errors import Invalid
from gongdan.modules.interception import entry_points, verbs

OF_VERBS = frozenset({"verb", "outcome"})  # facts of a proposal besides its ticket's
MOST = 50  # interceptors of an installation
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80)]
Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120)]
Verbs = Annotated[list[Annotated[str, Field(max_length=64)]], Field(max_length=100)]
Changes = Annotated[list[Annotated[str, Field(max_length=120)]], Field(max_length=100)]
Networks = Annotated[list[Annotated[str, Field(max_length=64)]], Field(max_length=20)]


class InterceptorDefinition(BaseModel):
    """`address` for kind http, `entry_point` for kind python. No `verbs`: every verb. `condition` "" always holds.

    `timeout_ms` holds for the whole question; `on_failure` says whether the verb goes on (open) or not (closed) when
    there is no usable answer in time. `may_change`: names of arguments, and fields.<code> for own fields.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)
    name: Name
    kind: Literal["http", "python"]
    address: Annotated[str, StringConstraints(strip_whitespace=True, max_length=500)] = ""
    entry_point: Annotated[str, StringConstraints(strip_whitespace=True, max_length=120)] = ""
    verbs: Verbs = []
    condition: Annotated[str, StringConstraints(strip_whitespace=True, max_length=4_000)] = ""
    timeout_ms: Annotated[int, Field(ge=50, le=10_000)] = 1_000
    on_failure: Literal["open", "closed"] = "open"
    may_change: Changes = []
    active: bool = True
    allowed_networks: Networks = []


def sound(
    definition: InterceptorDefinition, before: InterceptorDefinition | None = None
) -> InterceptorDefinition:
    """The definition in its plain form: lists sorted, networks as CIDR. What is as it was `before` is not looked at
    again, so that one whose package or own field is gone can still be changed, or switched off.

    Raises Invalid unusable_address, credentials_in_address, port_refused, address_refused, unknown_entry_point, unknown_verb,
    unusable_condition (with its position), unknown_argument, unusable_network.
    """
    plain = definition.model_copy(
        update={
            "verbs": sorted(set(definition.verbs)),
            "may_change": sorted(set(definition.may_change)),
            "allowed_networks": outward.require_networks(definition.allowed_networks),
        }
    )
    checks: dict[str, Callable[[InterceptorDefinition], None]] = {
        "address": _require_target,
        "allowed_networks": _require_target,
        "entry_point": _require_target,
        "condition": lambda one: _require_condition(one.condition),
        "verbs": lambda one: _require_verbs(one.verbs),
        "may_change": lambda one: _require_arguments(one.may_change),
    }
    for name, check in checks.items():
        if before is None or getattr(plain, name) != getattr(before, name):
            check(plain)
    return plain


def _require_verbs(asked: Iterable[str]) -> None:
    known = verbs.arguments()
    for verb in asked:
        if verb not in known:
            raise Invalid("unknown_verb", f"There is no verb {verb!r}.", field="verbs", verbs=sorted(known))


def _require_arguments(asked: Iterable[str]) -> None:
    for name in asked:
        if not verbs.changeable(name):
            raise Invalid(
                "unknown_argument",
                f"{name!r} is no argument that can be changed.",
                field="may_change",
                argument=name,
            )


def _require_target(definition: InterceptorDefinition) -> None:
    if definition.kind == "http":
        if definition.entry_point:
            raise Invalid("unknown_entry_point", "HTTP needs an address only.", field="entry_point")
        outward.require_usable(definition.address, definition.allowed_networks)
        return
    if definition.address:
        raise Invalid("unusable_address", "An entry point has no address.", field="address")
    if not entry_points.is_installed(definition.entry_point):
        raise Invalid(
            "unknown_entry_point",
            "No installed package brings this entry point.",
            field="entry_point",
            known=[one.name for one in entry_points.installed()],
        )


def _require_condition(text: str) -> None:
    """It can be read, and asks only about what there is: a name that is misspelt would never hold."""
    if not text:
        return
    try:
        condition = parse(text)
    except ConditionError as error:
        raise _unusable_condition(error.message, error.position) from None
    unknown = sorted(names(condition) - FACTS - OF_VERBS - own_fields())
    if unknown:
        raise _unusable_condition(f"there is no fact and no field {unknown[0]!r}", text.find(unknown[0]))


def _unusable_condition(why: str, position: int) -> Invalid:
    return Invalid("unusable_condition", why, field="condition", why=why, position=position)
