"""Makes the demo company from nothing, in one transaction: organisation, flows, catalogue, calendars,
policies, telephone, customers, tickets, calls."""

from __future__ import annotations

from importlib import resources
from random import Random

from gongdan.config.demo.calendars import make_calendars
from gongdan.config.demo.cards import answer_cards
from gongdan.config.demo.categories import make_categories
from gongdan.config.demo.customer_writing import make_customers
from gongdan.config.demo.organisation import make_organisation
from gongdan.config.demo.phone import make_phone
from gongdan.config.demo.phone_after import make_after
from gongdan.config.demo.phone_past import make_past
from gongdan.config.demo.plan import planned
from gongdan.config.demo.policies import make_policies
from gongdan.config.demo.running import play
from gongdan.core.catalogue.models import Category
from gongdan.core.customers.models import Customer
from gongdan.core.flow.models import Flow
from gongdan.core.flow.publish import publish
from gongdan.core.staff.models import Department, Staff
from gongdan.core.tickets.models import Ticket
from gongdan.kernel import clock, reference
from gongdan.kernel.actor import Actor, system
from gongdan.kernel.unit import unit

SEED = 20260
FLOWS = (
    *("consultation", "complaint", "repair", "compensation", "suggestion", "daily_service"),
    "warning_complaint",
)


def is_empty() -> bool:
    """Nobody works here and nothing was set up."""
    return not any(model.objects.exists() for model in (Staff, Department, Flow, Category, Customer, Ticket))


def make_demo() -> int:
    """Fill the database, which must be empty; answers how many tickets were made."""
    actor = system("demo")
    with unit():
        make_company(actor)
        customers = make_customers(actor)
        reference.forget()
        now = clock.now()
        lives = planned(now, customers, Random(SEED))  # noqa: S311  the same company every time is wanted
        numbers = play(lives, now)
        answer_cards()
        make_past(now)
        make_after(now)
    reference.forget()
    return len(numbers)


def make_company(actor: Actor) -> None:
    """Everything but customers and tickets: who works here, by which flows, on what, and within which time."""
    reference.forget()
    make_organisation(actor)
    _publish_flows(actor)
    reference.forget()
    make_categories(actor)
    make_calendars(actor)
    reference.forget()
    make_policies(actor)
    make_phone(actor)
    reference.forget()


def _publish_flows(actor: Actor) -> None:
    folder = resources.files("gongdan.core.flow") / "demo"
    for code in FLOWS:
        publish(code, (folder / f"{code}.yaml").read_text(encoding="utf-8"), actor=actor)
