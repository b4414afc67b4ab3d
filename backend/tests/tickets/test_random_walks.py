"""Random walks over the verbs of all flows: refusals are fine, anything else is not, and a ticket stays sound."""

from __future__ import annotations

from contextlib import ExitStack
from typing import Any, ClassVar

from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from gongdan.core.staff.grants import grants_of
from gongdan.core.staff.models import Staff
from gongdan.core.tickets.actions.catalogue import VERBS
from gongdan.core.tickets.actions.open_ticket import open_ticket
from gongdan.core.tickets.actions.shape import perform
from gongdan.core.tickets.contracts import OpenTicket
from gongdan.core.tickets.detail import ticket_page
from gongdan.core.tickets.models import Ticket
from gongdan.kernel.actor import Actor
from gongdan.kernel.errors import GongdanError, NotFound
from tests.tickets import walks
from tests.tickets.conftest import World

CATEGORIES = ["complaint", "consultation", "sampled", "compensation"]


def actor(who: Staff) -> Actor:
    return Actor(kind="staff", name=who.name, staff_id=who.pk, via="test")


def assert_is_refusal(error: GongdanError) -> None:
    assert error.code
    assert error.sentence.endswith("."), error.sentence
    assert error.status < 500


class Walk(RuleBasedStateMachine):
    """One ticket, many hands. Everything is rolled back at the end of each walk."""

    world: ClassVar[World]

    def __init__(self) -> None:
        super().__init__()
        self.stack = ExitStack()
        self.stack.enter_context(transaction.atomic())
        self.number = ""
        self.version = 0

    @initialize(data=st.data())
    def open(self, data: st.DataObject) -> None:
        category = data.draw(st.sampled_from(CATEGORIES))
        amount = data.draw(st.sampled_from([{}, {"amount": 50}])) if category == "compensation" else {}
        request = OpenTicket(category=category, body="断网", draft=data.draw(st.booleans()), fields=amount)
        self.number = open_ticket(request, actor=actor(self.world.o.agent)).number
        self.version = Ticket.objects.get(number=self.number).version

    @rule(data=st.data(), verb=st.sampled_from(sorted(VERBS)))
    def anybody_anything(self, data: st.DataObject, verb: str) -> None:
        self._do(data, data.draw(st.sampled_from(walks.people_of(self.world.o))), verb)

    @rule(data=st.data())
    def what_is_offered(self, data: st.DataObject) -> None:
        """Most of the way is made by verbs that the page offers; talk alone leads nowhere."""
        who = data.draw(st.sampled_from(walks.people_of(self.world.o)))
        try:
            page = ticket_page(self.number, actor=actor(who), grants=grants_of(who.pk))
        except NotFound:
            return
        moving = [one["verb"] for one in page["actions"] if one["items"] or one["verb"] == "reopen"]
        if moving:
            self._do(data, who, data.draw(st.sampled_from(moving)))

    def _do(self, data: st.DataObject, who: Staff, verb: str) -> None:
        def draw(choices: list[Any]) -> Any:
            return data.draw(st.sampled_from(choices))

        args = VERBS[verb].args(**walks.arguments(draw, verb, self.number, self.world.o))
        try:
            result = perform(verb, self.number, args, actor=actor(who))
        except GongdanError as error:
            assert_is_refusal(error)
        else:
            self.version += 1
            assert result.version == self.version

    @invariant()
    def sound(self) -> None:
        if self.number:
            ticket = Ticket.objects.get(number=self.number)
            assert ticket.version == self.version
            walks.assert_sound(ticket)

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.stack.close()


def test_a_ticket_stays_sound_whatever_people_do(world: World) -> None:
    Walk.world = world
    run_state_machine_as_test(
        Walk,
        settings=settings(
            max_examples=30,
            stateful_step_count=20,
            deadline=None,
            phases=(Phase.explicit, Phase.reuse, Phase.generate),  # a failing walk is printed as it is
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
        ),
    )
