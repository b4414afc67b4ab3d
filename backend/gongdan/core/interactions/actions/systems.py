"""Setting up, changing and removing telephone systems, and their keys; each change is on the trail.

Needs admin.phone. Passwords are sealed, never answered and never told in an event; the key of an HTTP system is
answered once. The phone process sees a change by the row's version.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from django.db import transaction

from gongdan.core.interactions import line_checks
from gongdan.core.interactions.line_checks import HIDDEN, PORTS, RIGHT
from gongdan.core.interactions.models import Call, Dialect, PhoneSignal, Presence, TelephoneSystem
from gongdan.core.staff.administration import require, require_free, usable_code, usable_name
from gongdan.kernel import clock, outward, signing
from gongdan.kernel.actor import Actor
from gongdan.kernel.errors import Conflict, Invalid, NotFound
from gongdan.kernel.sealing import seal
from gongdan.outbox.log import NewEvent, append_to

SUBJECT = "telephone_system"
MOST = 50  # systems
SETTINGS = (
    "name", "host", "port", "username", "control_address", "recording_address", "allowed_networks", "settings",
    "sip_address", "sip_domain", "ice_servers", "active",
)  # fmt: skip
OF_THE_ROW = (*SETTINGS, "secret")


def create_system(*, code: str, dialect: str, given: Mapping[str, Any], actor: Actor) -> str:
    """Set up a system; `given` names any of SETTINGS and `secret`. Returns the key of an HTTP system, else "".

    Raises code_taken, invalid_code, unknown_dialect, too_many_systems, and what line_checks raises.
    """
    require(actor, RIGHT)
    if dialect not in Dialect.values:
        raise Invalid("unknown_dialect", "This dialect is not spoken.", field="dialect", dialect=dialect)
    with transaction.atomic():
        if TelephoneSystem.objects.count() >= MOST:
            raise Conflict("too_many_systems", f"There are {MOST} telephone systems already.", most=MOST)
        require_free(TelephoneSystem.objects.filter(code=usable_code(code)), code)
        one = TelephoneSystem(code=code, dialect=dialect, port=PORTS.get(dialect))
        _set(one, {"name": given.get("name", code), **given})
        if dialect == Dialect.HTTP:
            one.keys = signing.new_ring()
        one.save()
        _tell(one, NewEvent("TelephoneSystemCreated", {"new": told(one)}), actor)
    return signing.newest(one.keys) if one.keys else ""


def change_system(code: str, changes: Mapping[str, Any], *, version: int | None, actor: Actor) -> None:
    """Change what `changes` names of SETTINGS and `secret` ("" forgets it). Changing nothing writes nothing.

    Raises unknown_system, stale_version, secret_needed (it is elsewhere now), and what line_checks raises.
    """
    with _locked(code, actor, version) as one:
        old, sealed, ice, places = told(one), one.secret, one.ice_servers, _places(one)
        _set(one, changes)
        if one.secret == sealed and sealed and _places(one) - places:
            raise Invalid(
                "secret_needed", "It is in another place now; give its password again.", field="secret"
            )
        new = told(one)
        if one.secret != sealed:
            old, new = {**old, "secret": _mark(sealed)}, {**new, "secret": _mark(one.secret)}
        changed = [name for name in new if old[name] != new[name]]
        if changed or one.secret != sealed or one.ice_servers != ice:
            _keep(one, OF_THE_ROW)
            changed += ["secret"] if one.secret != sealed and "secret" not in changed else []
            data = {
                "old": {name: old[name] for name in changed},
                "new": {name: new[name] for name in changed},
            }
            _tell(one, NewEvent("TelephoneSystemChanged", data), actor)


def remove_system(code: str, *, actor: Actor) -> None:
    """Remove a system that nothing refers to, with its extensions and queues. Raises unknown_system, system_in_use."""
    with _locked(code, actor) as one:
        if (
            Call.objects.filter(system=one).exists()
            or PhoneSignal.objects.filter(system=one).exists()
            or Presence.objects.filter(extension__system=one).exists()
        ):
            raise Conflict("system_in_use", "Calls came in by this system; switch it off instead.")
        _tell(one, NewEvent("TelephoneSystemRemoved", {"code": one.code, "name": one.name}), actor)
        one.delete()


def rotate_system_key(code: str, overlap: timedelta, *, actor: Actor) -> str:
    """A new key for an HTTP system, answered once; the one before it counts for `overlap`.

    Raises unknown_system, system_has_no_key.
    """
    with _locked(code, actor) as one:
        if one.dialect != Dialect.HTTP:
            raise Conflict("system_has_no_key", "Only systems that speak the HTTP interface have a key.")
        until = clock.now() + overlap
        one.keys = signing.rotated(one.keys, until)
        _keep(one, ["keys"])
        _tell(one, NewEvent("TelephoneKeyRotated", {"until": until.isoformat()}), actor)
        return signing.newest(one.keys)


def locked_system(code: str) -> TelephoneSystem:
    """The row, locked until the transaction ends. Raises unknown_system."""
    one = TelephoneSystem.objects.select_for_update(no_key=True).filter(code=code).first()
    if one is None:
        raise NotFound("unknown_system", "There is no such telephone system.")
    return one


@contextmanager
def _locked(code: str, actor: Actor, version: int | None = None) -> Iterator[TelephoneSystem]:
    require(actor, RIGHT)
    with transaction.atomic():
        one = locked_system(code)
        if version is not None and version != one.version:
            sentence = "Somebody changed this telephone system since your page was loaded."
            raise Conflict("stale_version", sentence, version=one.version, yours=version)
        yield one


def _places(one: TelephoneSystem) -> set[str]:
    """Where its password is sent: a password meant for one place is not carried to another."""
    recordings = urlsplit(one.recording_address).netloc.lower()
    return {f"{one.host}:{one.port}"} | ({f"recordings at {recordings}"} if recordings else set())


def _keep(one: TelephoneSystem, names: Sequence[str]) -> None:
    """Not the columns of health, which the phone process writes meanwhile."""
    one.version += 1
    one.save(update_fields=[*names, "version"])


def _tell(one: TelephoneSystem, event: NewEvent, actor: Actor) -> None:
    append_to(SUBJECT, one.pk, [event], actor=actor)


def _set(one: TelephoneSystem, given: Mapping[str, Any]) -> None:
    """Put `given` into the row and check the whole of it."""
    kept = list(one.ice_servers)
    for name in SETTINGS:
        if name in given:
            setattr(one, name, given[name])
    if given.get("secret", HIDDEN) != HIDDEN:
        one.secret = seal(line_checks.plain(given["secret"], "secret", 500))
    if "ice_servers" in given:
        one.ice_servers = _ice_servers(given["ice_servers"], kept)
    _check(one)


def _check(one: TelephoneSystem) -> None:
    one.name = usable_name(one.name)
    one.allowed_networks = outward.require_networks(one.allowed_networks)
    one.control_address = line_checks.address(one.control_address, one.allowed_networks, "control_address")
    one.recording_address = line_checks.address(
        one.recording_address, one.allowed_networks, "recording_address"
    )
    one.settings = line_checks.words(one.settings)
    one.sip_address = line_checks.sip_address(one.sip_address)
    one.sip_domain = line_checks.sip_domain(one.sip_domain)
    one.username = line_checks.plain(one.username, "username", 120)
    if one.dialect == Dialect.HTTP:
        one.host, one.port = "", None
        return
    one.host = line_checks.host(one.host)
    one.port = one.port or PORTS[one.dialect]


def _ice_servers(
    given: Sequence[Mapping[str, Any]], kept: Sequence[Mapping[str, Any]]
) -> list[dict[str, Any]]:
    """As they are stored, the credential sealed; "…" takes that of the same server before."""
    found = []
    for server in given:
        urls, username = line_checks.ice_urls(server["urls"]), server.get("username", "")
        credential = line_checks.plain(server.get("credential", ""), "ice_servers", 300)
        sealed = _sealed_before(urls, username, kept) if credential == HIDDEN else seal(credential)
        found.append(
            {
                "urls": urls,
                "username": line_checks.plain(username, "ice_servers", 200),
                "credential": sealed,
            }
        )
    return found


def _sealed_before(urls: list[str], username: str, kept: Sequence[Mapping[str, Any]]) -> str:
    for one in kept:
        if one["urls"] == urls and one["username"] == username:
            return str(one["credential"])
    raise Invalid(
        "secret_needed", "It is in another place now; give its password again.", field="ice_servers"
    )


def told(one: TelephoneSystem) -> dict[str, Any]:
    """A system's settings as the trail and the page have them: secrets as a mark."""
    return {
        "code": one.code,
        "dialect": one.dialect,
        **{name: getattr(one, name) for name in SETTINGS},
        "ice_servers": [{**ice, "credential": _mark(ice["credential"])} for ice in one.ice_servers],
    }


def _mark(sealed: str) -> str:
    return HIDDEN if sealed else ""
