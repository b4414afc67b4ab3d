"""Setting up, changing and removing webhooks, their keys, and sending again; each change is on the trail.

Needs admin.integrations. An endpoint sees what its owner sees, so nobody gives one an owner who may more than they do.
A key is answered once, when it is made; header values may be secrets too and are never answered or told.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.db import transaction

from gongdan.core.staff import identity
from gongdan.core.staff.administration import require, require_not_beyond
from gongdan.kernel import clock, outward, signing
from gongdan.kernel.actor import Actor
from gongdan.kernel.errors import Conflict, Invalid, NotFound
from gongdan.listeners.webhooks import guard, queueing
from gongdan.listeners.webhooks.health import RIGHT
from gongdan.listeners.webhooks.models import Delivery, Endpoint
from gongdan.listeners.webhooks.retrying import LASTING
from gongdan.outbox.log import NewEvent, append_to
from gongdan.web import event_filter

MOST = 200  # endpoints
MOST_AGAIN = 50_000  # deliveries sent again by one call
HIDDEN = "…"  # stands for a header's value; sent back, it leaves the value as it is
LENDING = (
    "address",
    "types",
    "condition",
    "headers",
    "allowed_networks",
)  # say who is told of what the owner sees
SETTINGS = ("name", "address", "types", "condition", "headers", "allowed_networks", "active", "owner_id")


@dataclass(frozen=True, slots=True)
class NewEndpoint:
    """A webhook to be; see models.Endpoint."""

    name: str
    address: str
    types: Sequence[str] = ()
    condition: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    allowed_networks: Sequence[str] = ()
    active: bool = True
    owner_id: int | None = None


def create(new: NewEndpoint, *, actor: Actor) -> tuple[Endpoint, str]:
    """The endpoint and its key. Raises unusable_address, credentials_in_address, port_refused, address_refused,
    unusable_network, unusable_header, unknown_event_type, unusable_condition, unknown_staff, beyond_your_rights,
    too_many_webhooks."""
    require(actor, RIGHT)
    owner_id = new.owner_id or actor.staff_id or 0
    with transaction.atomic():
        if Endpoint.objects.count() >= MOST:
            raise Conflict("too_many_webhooks", f"There are {MOST} webhooks; remove some.", most=MOST)
        _require_owner(owner_id, actor)
        ring = signing.new_ring()
        one = Endpoint(
            name=new.name.strip(),
            address=new.address.strip(),
            types=list(new.types),
            condition=new.condition.strip(),
            headers=dict(new.headers),
            allowed_networks=list(new.allowed_networks),
            active=new.active,
            owner_id=owner_id,
            keys=ring,
            created_at=clock.now(),
        )
        _check(one)
        one.save()
        append_to("webhook", one.pk, [NewEvent("WebhookCreated", _told(one))], actor=actor)
    return one, signing.newest(ring)


def change(
    endpoint_id: int, changes: Mapping[str, Any], *, version: int | None = None, actor: Actor
) -> Endpoint:
    """Change what `changes` names of SETTINGS; changing nothing writes nothing. Raises as `create` does, and
    unknown_webhook, stale_version. A new address begins with a clean record. Where it goes and what it tells is changed
    only by who may all that its owner may: otherwise an owner's eyes could be had by moving their webhook."""
    with _locked(endpoint_id, actor) as one:
        if version is not None and version != one.version:
            sentence = "Somebody changed this webhook since your page was loaded."
            raise Conflict("stale_version", sentence, version=one.version, yours=version)
        old, address, kept = _told(one), one.address, dict(one.headers)
        for name, value in changes.items():
            setattr(one, name, value)
        if _host(one.address) != _host(address):
            _require_values(one.headers, kept, "headers" in changes)
        one.headers = {
            name: kept.get(name, "") if value == HIDDEN else value for name, value in one.headers.items()
        }
        _check(one)
        new = _told(one)
        if new == old and one.headers == kept:
            return one
        if one.owner_id != old["owner_id"]:
            _require_owner(one.owner_id, actor)
        elif one.headers != kept or any(old[name] != new[name] for name in LENDING):
            _require_no_more(one.owner_id, actor)
        if one.address != address:
            _forgive(one)
        one.version += 1
        one.save()
        changed = [name for name in old if old[name] != new[name]]
        told = {"old": {name: old[name] for name in changed}, "new": {name: new[name] for name in changed}}
        append_to("webhook", one.pk, [NewEvent("WebhookChanged", told)], actor=actor)
        queueing.wake()
    return one


def _host(address: str) -> str:
    return urlsplit(address).netloc.lower()


def _require_values(headers: Mapping[str, str], kept: Mapping[str, str], given: bool) -> None:
    """Values that were meant for one host are not carried to another unseen."""
    if kept and (not given or HIDDEN in headers.values()):
        raise Invalid(
            "headers_needed",
            "The address is on another host now; give the headers' values again.",
            field="headers",
        )


def remove(endpoint_id: int, *, actor: Actor) -> None:
    """Remove it with its deliveries. Raises unknown_webhook."""
    with _locked(endpoint_id, actor) as one:
        told = {"name": one.name, "address": one.address}
        append_to("webhook", one.pk, [NewEvent("WebhookRemoved", told)], actor=actor)
        Delivery.objects.filter(endpoint_id=endpoint_id)._raw_delete("default")
        one.delete()


def rotate(endpoint_id: int, overlap: timedelta, *, actor: Actor) -> tuple[Endpoint, str]:
    """A new key, answered once; the one before signs along for `overlap`. Raises unknown_webhook."""
    with _locked(endpoint_id, actor) as one:
        until = clock.now() + overlap
        one.keys = signing.rotated(one.keys, until)
        one.version += 1
        one.save(update_fields=["keys", "version"])
        told = {"until": until.isoformat()}
        append_to("webhook", one.pk, [NewEvent("WebhookKeyRotated", told)], actor=actor)
    return one, signing.newest(one.keys)


def resume(endpoint_id: int, *, actor: Actor) -> Endpoint:
    """Try it again now, with everything that waits, three days from now on. Raises unknown_webhook."""
    with _locked(endpoint_id, actor) as one:
        was_paused = one.paused_at is not None or not one.active
        _forgive(one)
        one.active = True
        one.version += int(was_paused)
        one.save()
        now = clock.now()
        waiting = Delivery.objects.filter(endpoint_id=endpoint_id, state="waiting")
        waiting.update(next_try_at=now, give_up_at=now + LASTING)
        if was_paused:
            append_to("webhook", one.pk, [NewEvent("WebhookResumed", {"name": one.name})], actor=actor)
        queueing.wake()
    return one


def send_again(delivery_id: int, *, actor: Actor) -> None:
    """Send one delivery again, whatever became of it; it is the same message with the same `webhook-id`.

    Raises unknown_delivery."""
    require(actor, RIGHT)
    with transaction.atomic():
        one = Delivery.objects.select_for_update().filter(pk=delivery_id).first()
        if one is None:
            raise NotFound("unknown_delivery", "There is no such delivery.")
        _again([one.pk])
        told = {"count": 1, "delivery_id": delivery_id}
        append_to("webhook", one.endpoint_id, [NewEvent("WebhookReplayed", told)], actor=actor)


def send_range_again(
    endpoint_id: int, since: datetime, until: datetime, states: Sequence[str], *, actor: Actor
) -> int:
    """Send the deliveries recorded from `since` to `until` in these states again, the oldest MOST_AGAIN of them.

    Answers how many. Raises unknown_webhook, range_backwards."""
    if until < since:
        raise Invalid("range_backwards", "The end of the range lies before its beginning.", field="until")
    with _locked(endpoint_id, actor):
        rows = Delivery.objects.filter(endpoint_id=endpoint_id, state__in=list(states))
        rows = rows.filter(created_at__gte=since, created_at__lte=until).order_by("created_at", "id")
        ids = list(rows.values_list("pk", flat=True)[:MOST_AGAIN])
        count = _again(ids)
        told = {
            "count": count,
            "since": since.isoformat(),
            "until": until.isoformat(),
            "states": sorted(set(states)),
        }
        append_to("webhook", endpoint_id, [NewEvent("WebhookReplayed", told)], actor=actor)
    return count


def _again(ids: Sequence[int]) -> int:
    now = clock.now()
    count: int = Delivery.objects.filter(pk__in=ids).update(
        state="waiting",
        attempts=0,
        next_try_at=now,
        claimed_until=None,
        give_up_at=now + LASTING,
        done_at=None,
    )
    queueing.wake()
    return count


def _forgive(one: Endpoint) -> None:
    one.paused_at, one.paused_why, one.failures = None, "", 0
    one.failing_since, one.rest_until, one.last_success_at = None, None, None


@contextmanager
def _locked(endpoint_id: int, actor: Actor) -> Iterator[Endpoint]:
    """A transaction with the endpoint's row locked."""
    require(actor, RIGHT)
    with transaction.atomic():
        one = Endpoint.objects.select_for_update().filter(pk=endpoint_id).first()
        if one is None:
            raise NotFound("unknown_webhook", "There is no such webhook.")
        yield one


def _require_owner(owner_id: int, actor: Actor) -> None:
    if not identity.lock_active(owner_id):
        raise NotFound("unknown_staff", "There is no such person.")
    _require_no_more(owner_id, actor)


def _require_no_more(owner_id: int, actor: Actor) -> None:
    if owner_id != actor.staff_id:
        require_not_beyond(actor, owner_id)


def _check(one: Endpoint) -> None:
    one.allowed_networks = outward.require_networks(one.allowed_networks)
    outward.require_usable(one.address, one.allowed_networks)
    guard.require_headers(one.headers)
    wanted = event_filter.made(one.types, None, None, one.condition or None)
    one.types = sorted(wanted.types)


def _told(one: Endpoint) -> dict[str, Any]:
    """An endpoint's settings as the trail keeps them: of headers the names."""
    return {name: getattr(one, name) for name in SETTINGS} | {"headers": sorted(one.headers)}
