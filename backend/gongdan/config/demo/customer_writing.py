"""Records the demo customers with their contacts, accounts and subscribers."""

from __future__ import annotations

from typing import Any

from gongdan.config.demo.customers import PRODUCTS, DemoCustomer, demo_customers
from gongdan.core.customers.actions import create_customer
from gongdan.core.customers.three_accounts import add_account, add_subscriber
from gongdan.kernel.actor import Actor


def make_customers(actor: Actor) -> dict[int, int]:
    """Every demo customer; answers index to id."""
    made: dict[str, int] = {}
    for one in demo_customers():
        made[one.name] = _customer(one, made.get(one.parent or ""), actor)
    return {one.index: made[one.name] for one in demo_customers()}


def _customer(one: DemoCustomer, parent_id: int | None, actor: Actor) -> int:
    values = {
        "kind": "organization" if one.organization else "person",
        "name": one.name,
        "level": one.level,
        "customer_class": one.customer_class,
        "parent_id": parent_id,
        "external_id": f"DEMO-{one.index:04d}",
        "fields": {"contract": one.contract} if one.contract else {},
    }
    customer_id = create_customer(values, contacts=_contacts(one), actor=actor).customer_id
    account_id = add_account(customer_id, number=one.account, name=one.name, actor=actor)
    for nth, product in enumerate(_products(one)):
        add_subscriber(
            customer_id,
            number=one.mobile if nth == 0 else f"{one.account}-{nth}",
            account_id=account_id,
            product=product,
            address=one.address,
            actor=actor,
        )
    return customer_id


def _contacts(one: DemoCustomer) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = [{"kind": "phone", "value": one.mobile, "label": "手机", "primary": True}]
    if one.organization or one.index % 5 == 0:
        found.append({"kind": "phone", "value": f"{one.landline}转{800 + one.index}", "label": "座机"})
    if one.index % 3 == 0:
        found.append({"kind": "email", "value": f"user{one.index:04d}@example.com", "label": "邮箱"})
    if one.index % 4 == 1:
        found.append({"kind": "wechat", "value": f"demo_wx_{one.index:04d}", "label": "微信"})
    found.append({"kind": "address", "value": one.address, "label": "装机地址"})
    return found


def _products(one: DemoCustomer) -> list[str]:
    many = 3 if one.organization else 1 + (one.index % 3 == 0)
    return [PRODUCTS[(one.index + nth) % len(PRODUCTS)] for nth in range(many)]
