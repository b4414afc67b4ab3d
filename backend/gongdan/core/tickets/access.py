"""The one permission rule of tickets: compiled once, used as SQL (`visible_q`) and on a single ticket (`allowing`).

A grant that holds the right reaches a ticket if it reaches everything or shares a token with the ticket's parties,
and its narrowing by category (and below) and customer level fits. Nothing else lets anyone see or do anything.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Q

from gongdan.core.catalogue.models import Category
from gongdan.core.staff.grants import Grant, StaffGrants
from gongdan.kernel import reference


@dataclass(frozen=True, slots=True)
class TicketFacts:
    """All the rule looks at. `customer_level` is empty without a customer."""

    parties: Collection[str]
    category_id: int
    customer_level: str


@dataclass(frozen=True, slots=True)
class Because:
    """Why a ticket is reached: the role, its scope, and the parties (or "all") that matched."""

    role: str
    scope: str
    matched: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """One grant, ready to compare: `category_ids` hold the descendants too."""

    grant: Grant
    category_ids: frozenset[int] | None


def visible_q(grants: StaffGrants, right: str = "ticket.view", prefix: str = "") -> Q:
    """The condition on tickets (or on rows joined to one, e.g. prefix "ticket__") that `right` reaches."""
    rules = compiled(grants, right)
    if not rules:
        return Q(pk__in=[])
    if any(_is_unbounded(rule) for rule in rules):
        return Q()
    tokens: dict[tuple[frozenset[int] | None, frozenset[str] | None, bool], set[str]] = {}
    for rule in rules:
        key = (rule.category_ids, rule.grant.levels, rule.grant.everything)
        tokens.setdefault(key, set()).update(rule.grant.tokens)
    condition = Q()
    for (categories, levels, everything), some in tokens.items():
        condition |= _condition(prefix, None if everything else some, categories, levels)
    return condition


def _is_unbounded(rule: Rule) -> bool:
    return rule.grant.everything and rule.category_ids is None and rule.grant.levels is None


def _condition(
    prefix: str,
    tokens: set[str] | None,
    categories: frozenset[int] | None,
    levels: frozenset[str] | None,
) -> Q:
    condition = Q()
    if tokens is not None:
        condition &= Q(**{f"{prefix}parties__overlap": sorted(tokens)})
    if categories is not None:
        condition &= Q(**{f"{prefix}category_id__in": sorted(categories)})
    if levels is not None:
        condition &= Q(**{f"{prefix}customer_level__in": sorted(levels)})
    return condition


def allowing(grants: StaffGrants, right: str, facts: TicketFacts) -> tuple[Because, ...]:
    """Every grant that reaches the ticket with `right`, and by what; empty if none does."""
    found = (_because(rule, facts) for rule in compiled(grants, right))
    return tuple(because for because in found if because is not None)


def may(grants: StaffGrants, right: str, facts: TicketFacts) -> bool:
    """Whether `right` reaches the ticket."""
    return any(_because(rule, facts) is not None for rule in compiled(grants, right))


def _because(rule: Rule, facts: TicketFacts) -> Because | None:
    grant = rule.grant
    if rule.category_ids is not None and facts.category_id not in rule.category_ids:
        return None
    if grant.levels is not None and facts.customer_level not in grant.levels:
        return None
    if grant.everything:
        return Because(grant.role, grant.scope, ("all",))
    matched = tuple(sorted(grant.tokens.intersection(facts.parties)))
    return Because(grant.role, grant.scope, matched) if matched else None


def compiled(grants: StaffGrants, right: str) -> tuple[Rule, ...]:
    """The rule: the grants that hold `right`, their categories worked out down the tree."""
    return tuple(
        Rule(grant, _and_below(grant.category_ids)) for grant in grants.grants if right in grant.rights
    )


def _and_below(category_ids: frozenset[int] | None) -> frozenset[int] | None:
    if category_ids is None:
        return None
    return reference.get(("access.categories", category_ids), lambda: _load_below(category_ids))


def _load_below(category_ids: frozenset[int]) -> frozenset[int]:
    wanted = {str(category_id) for category_id in category_ids}
    rows = Category.objects.values_list("id", "path")
    below = (row_id for row_id, path in rows if wanted.intersection(path.split(".")))
    return category_ids | frozenset(below)
