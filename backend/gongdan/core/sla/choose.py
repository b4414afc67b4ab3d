"""Which policy a ticket falls under: the first active one, in their order, whose condition holds for its facts.

Promise: no statement while the cache is warm. The list is reference data (kernel.reference), versions are immutable.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from gongdan.core.conditions import Condition, matches, parse
from gongdan.core.sla.contracts import Terms
from gongdan.core.sla.models import Policy, PolicyVersion
from gongdan.kernel import reference

# What conditions may ask about besides own fields. `category` and `department` (the entry department) are lists: the
# code itself and those of its ancestors, so that `category is network` holds for everything below it too.
FACTS = frozenset(
    "kind category customer_level contract channel priority department flow tags subject".split()
)


@dataclass(frozen=True, slots=True)
class Chosen:
    """An immutable version of a policy."""

    version_id: int
    code: str
    number: int
    terms: Terms


@dataclass(frozen=True, slots=True)
class Candidate:
    """A policy as choosing sees it; `condition` None always holds."""

    code: str
    condition: Condition | None
    chosen: Chosen


def choose(facts: Mapping[str, object]) -> Chosen | None:
    """The version new tickets with these facts are pinned to; None when no policy's condition holds."""
    return first_of(candidates(), facts)


def first_of(among: Iterable[Candidate], facts: Mapping[str, object]) -> Chosen | None:
    """The first candidate whose condition holds. Pure."""
    for candidate in among:
        if candidate.condition is None or matches(candidate.condition, facts):
            return candidate.chosen
    return None


def candidates() -> tuple[Candidate, ...]:
    """The current versions of active policies, in their order; cached."""
    return reference.get("policies", _load)


def candidate(chosen: Chosen) -> Candidate:
    """A version with its condition parsed. Raises ConditionError when its condition says nothing."""
    return Candidate(chosen.code, parse(chosen.terms.when) if chosen.terms.when else None, chosen)


def _load() -> tuple[Candidate, ...]:
    standing = Policy.objects.filter(active=True, current__isnull=False).order_by("position", "id")
    return tuple(
        candidate(terms_of(version_id)) for version_id in standing.values_list("current_id", flat=True)
    )


@lru_cache(maxsize=512)
def terms_of(version_id: int) -> Chosen:
    """A version by id; versions never change, so a process reads each once. Raises PolicyVersion.DoesNotExist."""
    row = PolicyVersion.objects.select_related("policy").get(pk=version_id)
    return Chosen(row.pk, row.policy.code, row.number, Terms.model_validate(row.terms))


def policy_words(chosen: Chosen) -> dict[str, object]:
    """{code, names, number} of a version; the names are the policy's present ones, cached."""
    names = reference.get("policy.names", lambda: dict(Policy.objects.values_list("code", "names")))
    return {"code": chosen.code, "names": names.get(chosen.code, {}), "number": chosen.number}
