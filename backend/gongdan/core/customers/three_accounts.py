"""The three-account model: a customer's accounts, which pay, and subscribers, which use and are paid by an account."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import transaction

from gongdan.core.customers.access import EDIT, Asker, find_visible
from gongdan.core.customers.hierarchy import ids_above
from gongdan.core.customers.models import Account, Subscriber
from gongdan.core.customers.phone import mask, parse_number
from gongdan.kernel.actor import Actor
from gongdan.kernel.errors import Conflict, Invalid
from gongdan.kernel.text import unusable_text
from gongdan.outbox.log import NewEvent, append_to


def add_account(
    customer_id: int,
    *,
    number: str,
    name: str = "",
    status: str = "active",
    actor: Actor,
    asker: Asker | None = None,
) -> int:
    """A new account; its number is unique among all. Raises Conflict account_taken."""
    texts = _texts(number=(number, 64), name=(name, 200), status=(status, 32))
    with transaction.atomic():
        find_visible(customer_id, asker, right=EDIT, lock=True)
        account, created = Account.objects.get_or_create(
            number=texts["number"],
            defaults={"customer_id": customer_id, "name": texts["name"], "status": texts["status"]},
        )
        if not created:
            raise Conflict(
                "account_taken", "Another account has this number.", field="number", number=texts["number"]
            )
        append_to(
            "customer",
            customer_id,
            [NewEvent("AccountAdded", {"account_id": account.pk, **texts})],
            actor=actor,
        )
    return account.pk


def add_subscriber(
    customer_id: int,
    *,
    number: str,
    account_id: int | None = None,
    product: str = "",
    address: str = "",
    status: str = "active",
    actor: Actor,
    asker: Asker | None = None,
) -> int:
    """A new subscriber, paid by an account of the customer or of one above it. Raises Invalid unknown_account."""
    texts = _texts(number=(number, 64), product=(product, 120), address=(address, 300), status=(status, 32))
    with transaction.atomic():
        find_visible(customer_id, asker, right=EDIT, lock=True)
        if account_id is not None and not _pays(account_id, customer_id):
            raise Invalid(
                "unknown_account",
                "Neither the customer nor one above it has this account.",
                field="account_id",
            )
        read = parse_number(texts["number"], settings.DEFAULT_REGION)
        line = Subscriber.objects.create(
            customer_id=customer_id,
            account_id=account_id,
            e164=read.e164,
            reversed=read.digits[::-1][:40],
            **texts,
        )
        data: dict[str, Any] = {
            "subscriber_id": line.pk,
            "account_id": account_id,
            "number": shown_line(line.number, line.e164, clear=False),
            "product": line.product,
            "status": line.status,
        }
        append_to("customer", customer_id, [NewEvent("SubscriberAdded", data)], actor=actor)
    return line.pk


def shown_line(number: str, e164: str | None, *, clear: bool) -> str:
    """A subscriber's number for somebody who may (`clear`) or may not see telephone numbers."""
    return number if clear or e164 is None else mask(number, settings.DEFAULT_REGION)


def _pays(account_id: int, customer_id: int) -> bool:
    return Account.objects.filter(pk=account_id, customer_id__in=ids_above(customer_id)).exists()


def _texts(**given: tuple[str, int]) -> dict[str, str]:
    texts = {name: value.strip() for name, (value, _) in given.items()}
    for name, (_, longest) in given.items():
        if len(texts[name]) > longest or unusable_text(texts[name]):
            raise Invalid(
                "too_long", f"It has at most {longest} usable characters.", field=name, longest=longest
            )
    if not texts["number"]:
        raise Invalid("number_missing", "It has a number.", field="number")
    return texts
