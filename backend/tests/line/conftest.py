"""A hotline of three people and a stranger's extension."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from gongdan.kernel import reference
from tests.company import Organisation
from tests.interactions.telling import exchange
from tests.line.days import Days


@pytest.fixture
def days(organisation: Organisation) -> Callable[[int], Days]:
    """`days(seed)`: two days with their calls and presence."""

    def made(seed: int, calls: int = 60) -> Days:
        told = exchange(f"pbx{seed}")
        people = {"801": organisation.agent, "802": organisation.agent_two, "803": organisation.clerk}
        for number, person in people.items():
            told.sit(number, person)
        reference.forget()
        found = Days(told, people, random.Random(seed))
        found.attend(40)
        found.play(calls)
        return found

    return made
