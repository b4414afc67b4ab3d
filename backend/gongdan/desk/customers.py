"""Customers: finding them by anything one knows, their page, and recording and changing them."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from django.conf import settings
from django.http import HttpResponse
from ninja import Field, Query, Router, Schema

from gongdan.core.customers import actions, contacts, find, levels, page, three_accounts
from gongdan.core.customers.access import ADMIN
from gongdan.core.customers.phone import mask, parse_numbers
from gongdan.core.tickets.of_customer import counts_of
from gongdan.web import paging
from gongdan.web.auth import Request
from gongdan.web.idempotency import idempotent

router = Router()
Id = Annotated[int, Field(ge=1, le=2**63 - 1)]
Short = Annotated[str, Field(max_length=120)]
CANDIDATES = 10  # shown when a number is matched


class NewContact(Schema):
    """`value` in any form; a list of numbers ("a/b") makes several contacts."""

    model_config = {"extra": "forbid"}

    kind: Literal["phone", "email", "wechat", "address"]
    value: Annotated[str, Field(max_length=300)]
    label: Annotated[str, Field(max_length=60)] = ""
    primary: bool = False


class CustomerData(Schema):
    """What a customer is; in a change, only what is sent."""

    model_config = {"extra": "forbid"}

    kind: Literal["person", "organization"] | None = None
    level: Annotated[str, Field(max_length=32)] | None = None
    customer_class: Literal["public", "industry", "cluster"] | None = None
    parent_id: Id | None = None
    external_id: Short | None = None
    note: Annotated[str, Field(max_length=10_000)] | None = None
    fields: dict[str, Any] | None = None


class NewCustomer(CustomerData):
    name: Annotated[str, Field(max_length=200)]
    contacts: Annotated[list[NewContact], Field(max_length=50)] = []


class CustomerChange(CustomerData):
    name: Annotated[str, Field(max_length=200)] | None = None
    version: int | None = None


class NewAccount(Schema):
    model_config = {"extra": "forbid"}

    number: Annotated[str, Field(max_length=64)]
    name: Annotated[str, Field(max_length=200)] = ""
    status: Annotated[str, Field(max_length=32)] = "active"


class NewSubscriber(Schema):
    model_config = {"extra": "forbid"}

    number: Annotated[str, Field(max_length=64)]
    account_id: Id | None = None
    product: Short = ""
    address: Annotated[str, Field(max_length=300)] = ""
    status: Annotated[str, Field(max_length=32)] = "active"


class NewLevel(Schema):
    model_config = {"extra": "forbid"}

    code: Annotated[str, Field(max_length=32)]
    name: Annotated[str, Field(max_length=60)]
    rank: Annotated[int, Field(ge=-1000, le=1000)] = 0


class LevelChange(Schema):
    model_config = {"extra": "forbid"}

    name: Annotated[str, Field(max_length=60)] | None = None
    rank: Annotated[int, Field(ge=-1000, le=1000)] | None = None


@router.get("/customers", summary="Customers found by anything, or the newest")
def customers(
    request: Request,
    q: Annotated[str, Query(max_length=100)] = "",
    level: Annotated[str | None, Query(max_length=32)] = None,
    limit: paging.Limit = paging.DEFAULT_LIMIT,
    after: paging.After = None,
) -> dict[str, Any]:
    """`q`: a name or part of it, pinyin initials, a number in any form, its last four digits or more, an external id, an
    account's number. The best fits come first and are one page; without `q` the newest come, page by page."""
    if q.strip():
        ids = find.search(q, asker=request.grants, level=level, limit=limit)
        return {"items": page.rows_of(ids, request.grants), "next": None}
    before = paging.decode(after, int)[0] if after else None
    found = page.newest(request.grants, level=level, before=before, limit=limit + 1)
    ids, following = paging.page(found, limit, lambda one: (one,))
    return {"items": page.rows_of(ids, request.grants), "next": following}


@router.get("/customers/match", summary="Whom a caller's number may belong to")
def match(request: Request, number: Annotated[str, Query(max_length=100)]) -> dict[str, Any]:
    """Each candidate with the contact that matched, open tickets and tickets of the last 90 days."""
    read = parse_numbers(number, settings.DEFAULT_REGION)
    found = find.customers_by_number(number, asker=request.grants, limit=CANDIDATES)
    rows = {row["id"]: row for row in page.rows_of([one.customer_id for one in found], request.grants)}
    counts = counts_of(rows, request.grants)
    first = read[0] if read else None
    said = {"e164": None, "extension": "", "digits": "", "display": ""}
    if first is not None:
        said = {name: getattr(first, name) for name in said}
    return {
        "number": said,
        "candidates": [_candidate(one, rows, counts) for one in found if one.customer_id in rows],
    }


def _candidate(one: find.Match, rows: dict[int, dict[str, Any]], counts: Any) -> dict[str, Any]:
    living, recent = counts[one.customer_id]
    contact = {
        "id": one.contact_id,
        "subscriber_id": one.subscriber_id,
        "value": mask(one.number, settings.DEFAULT_REGION),
        "extension": one.extension,
        "label": one.label,
        "how": one.how,
    }
    return {"customer": rows[one.customer_id], "contact": contact, "open_tickets": living, "recent": recent}


@router.post("/customers", summary="Record a customer", response={201: dict[str, Any]})
def create(request: Request, given: NewCustomer) -> HttpResponse:
    """`warnings` name customers that have one of the numbers already; that is no refusal."""

    def do() -> dict[str, Any]:
        values = given.model_dump(exclude_unset=True, exclude={"contacts"})
        made = [contact.model_dump() for contact in given.contacts]
        recorded = actions.create_customer(values, contacts=made, actor=request.actor, asker=request.grants)
        return {**_page(request, recorded.customer_id), "warnings": recorded.warnings}

    return idempotent(request, do)


@router.get("/customers/{customer_id}", summary="A customer with accounts, subscribers, parent and children")
def customer(request: Request, customer_id: int) -> dict[str, Any]:
    """Numbers are clear for those with `customer.reveal`, which is recorded, and masked for everybody else."""
    return _page(request, customer_id)


@router.patch("/customers/{customer_id}", summary="Change a customer")
def update(request: Request, customer_id: int, given: CustomerChange) -> dict[str, Any]:
    changes = given.model_dump(exclude_unset=True, exclude={"version"})
    actions.update_customer(
        customer_id, changes, version=given.version, actor=request.actor, asker=request.grants
    )
    return _page(request, customer_id)


@router.post(
    "/customers/{customer_id}/contacts",
    summary="Add a way to reach a customer",
    response={201: dict[str, Any]},
)
def add_contact(request: Request, customer_id: int, given: NewContact) -> HttpResponse:
    def do() -> dict[str, Any]:
        made, warnings = contacts.add_contact(
            customer_id, given.model_dump(), actor=request.actor, asker=request.grants
        )
        return {**_page(request, customer_id), "added": made, "warnings": warnings}

    return idempotent(request, do)


@router.delete(
    "/customers/{customer_id}/contacts/{contact_id}", summary="Remove a contact", response={204: None}
)
def remove_contact(request: Request, customer_id: int, contact_id: int) -> HttpResponse:
    contacts.remove_contact(customer_id, contact_id, actor=request.actor, asker=request.grants)
    return HttpResponse(status=204)


@router.post(
    "/customers/{customer_id}/accounts", summary="Add an account that pays", response={201: dict[str, Any]}
)
def add_account(request: Request, customer_id: int, given: NewAccount) -> HttpResponse:
    def do() -> dict[str, Any]:
        made = three_accounts.add_account(
            customer_id, **given.model_dump(), actor=request.actor, asker=request.grants
        )
        return {**_page(request, customer_id), "added": made}

    return idempotent(request, do)


@router.post(
    "/customers/{customer_id}/subscribers",
    summary="Add a subscriber that uses",
    response={201: dict[str, Any]},
)
def add_subscriber(request: Request, customer_id: int, given: NewSubscriber) -> HttpResponse:
    def do() -> dict[str, Any]:
        made = three_accounts.add_subscriber(
            customer_id, **given.model_dump(), actor=request.actor, asker=request.grants
        )
        return {**_page(request, customer_id), "added": made}

    return idempotent(request, do)


def _page(request: Request, customer_id: int) -> dict[str, Any]:
    return page.page_of(customer_id, actor=request.actor, asker=request.grants)


@router.get("/customer-levels", summary="Levels of customers, the highest rank first")
def customer_levels(request: Request) -> dict[str, Any]:
    return {"items": levels.levels(), "next": None}


@router.post("/customer-levels", summary="Make a level", response={201: dict[str, Any]})
def create_level(request: Request, given: NewLevel) -> HttpResponse:
    request.grants.require(ADMIN)
    return idempotent(request, lambda: levels.create_level(actor=request.actor, **given.model_dump()))


@router.patch("/customer-levels/{code}", summary="Rename a level or give it another rank")
def update_level(request: Request, code: str, given: LevelChange) -> dict[str, Any]:
    request.grants.require(ADMIN)
    return levels.update_level(code, actor=request.actor, name=given.name, rank=given.rank)
