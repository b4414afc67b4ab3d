"""What an administrator says of an interceptor, and whether it makes sense."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from gongdan.core.conditions import ConditionError, parse
from gongdan.kernel.addresses import network_of
from gongdan.kernel.errors import Invalid
from gongdan.modules.interception import entry_points, verbs

MOST = 50  # interceptors of an installation
WEB_PORTS = (80, 443)
FIRST_FREE_PORT = 1024  # those below belong to other services: mail, shells, directories
WIDEST = {4: 8, 6: 16}  # the shortest prefix of a network that may be allowed
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


def sound(definition: InterceptorDefinition) -> InterceptorDefinition:
    """The definition in its plain form: lists sorted, networks as CIDR.

    Raises Invalid unusable_address, unknown_entry_point, unknown_verb, unusable_condition (with its position),
    unknown_argument, unusable_network.
    """
    known = verbs.arguments()
    _require_target(definition)
    _require_condition(definition.condition)
    for verb in definition.verbs:
        if verb not in known:
            raise Invalid("unknown_verb", f"There is no verb {verb!r}.", field="verbs", verbs=sorted(known))
    for name in definition.may_change:
        if not verbs.changeable(name):
            raise Invalid(
                "unknown_argument",
                f"{name!r} is no argument that can be changed.",
                field="may_change",
                argument=name,
            )
    plain = {
        "verbs": sorted(set(definition.verbs)),
        "may_change": sorted(set(definition.may_change)),
        "allowed_networks": _networks(definition.allowed_networks),
    }
    return definition.model_copy(update=plain)


def _require_target(definition: InterceptorDefinition) -> None:
    if definition.kind == "http":
        if definition.entry_point:
            raise Invalid("unknown_entry_point", "HTTP needs an address only.", field="entry_point")
        require_address(definition.address)
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


def require_address(address: str) -> None:
    """Raise Invalid unless it is http or https, with a plain host in ASCII, no password, no fragment, and a port that
    does not belong to another service: unusable_address, credentials_in_address, port_refused."""
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        raise _unusable("unusable_address", "This is no address.") from None
    plain = address.isascii() and not any(one.isspace() for one in address) and not parts.fragment
    if parts.scheme not in ("http", "https") or not parts.hostname or not plain:
        raise _unusable("unusable_address", "An address begins with http:// or https:// and is in ASCII.")
    if parts.username is not None or parts.password is not None:
        raise _unusable("credentials_in_address", "An address holds no password; questions are signed.")
    if port is not None and port not in WEB_PORTS and port < FIRST_FREE_PORT:
        raise _unusable("port_refused", "Only ports 80, 443 and those from 1024 on are called.")


def _unusable(code: str, sentence: str) -> Invalid:
    return Invalid(code, sentence, field="address")


def _require_condition(text: str) -> None:
    if not text:
        return
    try:
        parse(text)
    except ConditionError as error:
        raise Invalid(
            "unusable_condition",
            error.message,
            field="condition",
            why=error.message,
            position=error.position,
        ) from None


def _networks(texts: Iterable[str]) -> list[str]:
    found = set()
    for text in texts:
        try:
            network = network_of(text.strip())
        except ValueError:
            network = None
        if network is None or network.prefixlen < WIDEST[network.version]:
            raise Invalid(
                "unusable_network",
                "A network is written like 10.1.0.0/16 and is no wider than /8 (IPv6: /16).",
                field="allowed_networks",
                network=text,
            )
        found.add(str(network))
    return sorted(found)
