"""Making policies, publishing their versions, renaming, switching off, and putting them in order.

Promise: what is published is sound (check.py), never changes afterwards, and is what new tickets are pinned to from
the commit on, in one transaction with its event. Tickets under way keep theirs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import F, Min

from gongdan.core.sla.check import Finding, check
from gongdan.core.sla.contracts import Terms
from gongdan.core.sla.known import Flows, known
from gongdan.core.sla.models import Policy, PolicyVersion
from gongdan.core.staff.grants import grants_of
from gongdan.kernel import clock
from gongdan.kernel.actor import Actor
from gongdan.kernel.errors import Conflict, Invalid, NotFound
from gongdan.kernel.text import unusable_text
from gongdan.outbox.log import NewEvent, append_to

RIGHT = "admin.policies"
CODE = re.compile(r"[a-z][a-z0-9_]{0,63}")
RESERVED = frozenset({"order", "check"})  # words of the address below /policies
LOCALES = ("zh-Hans", "en", "zh-Hant")
LONGEST_NAME = 120
ORDER = 1  # the one subject that events about the order belong to


@dataclass(frozen=True, slots=True)
class Published:
    """A version just published."""

    policy: str
    number: int
    version_id: int


def create_policy(
    code: str, names: Mapping[str, str], terms: Terms, *, flows: Flows, actor: Actor
) -> Published:
    """A new policy with its first version; before the first one that always holds if this one has a condition.

    `flows` as in `known.Flows`. Raises Forbidden right_missing, Invalid (unusable_code, unusable_name,
    unsound_policy), Conflict code_taken.
    """
    _require(actor)
    if not CODE.fullmatch(code) or code in RESERVED:
        raise Invalid(
            "unusable_code", "A code is small letters, digits and _, from a letter on.", field="code"
        )
    clean = _names(names)
    require_sound(terms, flows)
    with transaction.atomic():
        list(Policy.objects.select_for_update(no_key=True).order_by("id"))  # the order is everybody's
        if Policy.objects.filter(code=code).exists():
            raise Conflict("code_taken", "Another policy has this code.", field="code", policy=code)
        place = _place_of(terms)
        Policy.objects.filter(position__gte=place).update(position=F("position") + 1)
        policy = Policy.objects.create(code=code, names=clean, position=place)
        told = {"code": code, "names": clean, "position": place}
        append_to("policy", policy.pk, [NewEvent("PolicyCreated", told)], actor=actor)
        return _publish(policy, terms, actor)


def publish_version(
    code: str, terms: Terms, *, flows: Flows, actor: Actor, version: int | None = None
) -> Published:
    """Make `terms` the policy's current version. `version` is the one the author looked at.

    Raises Forbidden right_missing, NotFound unknown_policy, Conflict (stale_version, policy_unchanged), Invalid
    unsound_policy with `errors` [{field, code, detail, place}].
    """
    _require(actor)
    require_sound(terms, flows)
    with transaction.atomic():
        policy = _locked(code, version)
        current = policy.current
        if current is not None and Terms.model_validate(current.terms) == terms:
            sentence = f"Version {current.number} says exactly this; nothing was published."
            raise Conflict("policy_unchanged", sentence, number=current.number)
        policy.version += 1
        return _publish(policy, terms, actor)


def change_policy(
    code: str,
    *,
    actor: Actor,
    names: Mapping[str, str] | None = None,
    active: bool | None = None,
    version: int | None = None,
) -> None:
    """Rename a policy, or switch it off or on. Changing nothing writes no event.

    Raises Forbidden right_missing, NotFound unknown_policy, Conflict stale_version, Invalid unusable_name.
    """
    _require(actor)
    wanted = {"names": None if names is None else _names(names), "active": active}
    with transaction.atomic():
        policy = _locked(code, version)
        new = {
            key: value for key, value in wanted.items() if value is not None and value != getattr(policy, key)
        }
        if not new:
            return
        old = {key: getattr(policy, key) for key in new}
        for key, value in new.items():
            setattr(policy, key, value)
        policy.version += 1
        policy.save(update_fields=[*new, "version"])
        event = NewEvent("PolicyChanged", {"code": code, "old": old, "new": new})
        append_to("policy", policy.pk, [event], actor=actor)


def order_policies(codes: Sequence[str], *, actor: Actor) -> None:
    """Put all policies in this order; the first active one whose condition holds is a ticket's.

    Raises Forbidden right_missing, Invalid incomplete_order unless every policy is named once.
    """
    _require(actor)
    with transaction.atomic():
        policies = {one.code: one for one in Policy.objects.select_for_update(no_key=True).order_by("id")}
        if sorted(codes) != sorted(policies):
            raise Invalid(
                "incomplete_order", "Name every policy once.", field="codes", known=sorted(policies)
            )
        before = sorted(policies, key=lambda code: (policies[code].position, policies[code].pk))
        if list(codes) == before:
            return
        for position, code in enumerate(codes):
            policies[code].position = position
        Policy.objects.bulk_update(policies.values(), ["position"])
        event = NewEvent("PoliciesOrdered", {"old": before, "new": list(codes)})
        append_to("policy_order", ORDER, [event], actor=actor)


def _publish(policy: Policy, terms: Terms, actor: Actor) -> Published:
    previous = policy.current.number if policy.current else None
    made = PolicyVersion.objects.create(
        policy=policy,
        number=(previous or 0) + 1,
        terms=terms.model_dump(mode="json"),
        created_at=clock.now(),
        created_by_id=actor.staff_id,
    )
    policy.current = made
    policy.save(update_fields=["current", "version"])
    told: dict[str, Any] = {
        "code": policy.code,
        "number": made.number,
        "previous": previous,
        "terms": made.terms,
    }
    append_to("policy", policy.pk, [NewEvent("PolicyPublished", told)], actor=actor)
    return Published(policy.code, made.number, made.pk)


def _place_of(terms: Terms) -> int:
    """After all others; one with a condition before those that always hold, or it would never be chosen."""
    if terms.when:
        always = Policy.objects.filter(active=True, current__terms__when="").aggregate(first=Min("position"))
        if always["first"] is not None:
            return int(always["first"])
    last = Policy.objects.order_by("-position").values_list("position", flat=True).first()
    return 0 if last is None else last + 1


def _locked(code: str, version: int | None) -> Policy:
    policy = (
        Policy.objects.select_for_update(no_key=True, of=("self",))
        .select_related("current")
        .filter(code=code)
        .first()
    )
    if policy is None:
        raise unknown(code)
    if version is not None and version != policy.version:
        raise Conflict(
            "stale_version",
            "Somebody changed this policy since your page was loaded.",
            version=policy.version,
            yours=version,
        )
    return policy


def unknown(code: str) -> NotFound:
    return NotFound("unknown_policy", "There is no such policy.", policy=code[:64])


def _require(actor: Actor) -> None:
    if actor.staff_id is not None:
        grants_of(actor.staff_id).require(RIGHT)


def require_sound(terms: Terms, flows: Flows) -> None:
    """Raise Invalid unsound_policy with every finding unless the terms can be kept."""
    findings = check(terms, known(flows))
    if findings:
        raise _unsound(findings)


def _unsound(findings: Iterable[Finding]) -> Invalid:
    errors = [finding.to_json() for finding in findings]
    sentence = f"The policy is not sound: {len(errors)} finding{'s' if len(errors) != 1 else ''}."
    return Invalid("unsound_policy", sentence, field="terms", errors=errors)


def _names(names: Mapping[str, str]) -> dict[str, str]:
    clean = {locale: text.strip() for locale, text in names.items()}
    clean = {locale: text for locale, text in clean.items() if text}
    usable = clean and clean.keys() <= set(LOCALES)
    if not usable or any(len(text) > LONGEST_NAME or unusable_text(text) for text in clean.values()):
        raise Invalid(
            "unusable_name",
            f"A policy has a name in at least one language, of up to {LONGEST_NAME} characters.",
            field="names",
            longest=LONGEST_NAME,
        )
    return clean
