"""Five wrong passwords slow down and then lock; names that exist and names that do not behave alike."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.contrib.auth.hashers import check_password, make_password

from gongdan.web import sign_in
from gongdan.web.models import SignInFailure
from tests.client import Answer, Client
from tests.company import Organisation

PASSWORD, WRONG = "correct horse 42", "wrong horse 42"
NAMES = ["agent", "nobody-of-that-name"]


@pytest.fixture
def time(organisation: Organisation) -> Iterator[time_machine.Traveller]:
    organisation.agent.password = make_password(PASSWORD)
    organisation.agent.save()
    with time_machine.travel(datetime(2026, 11, 22, 9, tzinfo=UTC), tick=False) as frozen:
        yield frozen


def attempt(username: str, password: str = WRONG, address: str = "10.0.0.1") -> Answer:
    browser = Client()
    browser.django.defaults["REMOTE_ADDR"] = address
    return browser.post("/session", {"username": username, "password": password})


@pytest.mark.parametrize("name", NAMES)
def test_wrong_passwords_slow_down_and_lock(time: time_machine.Traveller, name: str) -> None:
    answers = []
    for _ in range(20):
        answer = attempt(name)
        answers.append((answer.code, answer.headers.get("Retry-After")))
        if answer.status == 429:
            time.shift(timedelta(seconds=int(answer.headers["Retry-After"])))
        if answers[-1][1] == "900":
            break
    wrong, locked = ("wrong_credentials", None), "sign_in_locked"
    assert answers == [wrong] * 3 + [(locked, "2"), wrong, (locked, "5"), wrong, (locked, "900")]


def test_while_locked_even_the_right_password_waits(time: time_machine.Traveller) -> None:
    SignInFailure.objects.create(name=sign_in._key("name", "agent"), failures=4, last_at=datetime.now(UTC))
    assert attempt("agent").code == "wrong_credentials"
    locked = attempt("agent", PASSWORD)
    assert (locked.status, locked.code, locked["params"]["retry_after"]) == (429, "sign_in_locked", 900)
    time.shift(timedelta(minutes=15))
    assert attempt("agent", PASSWORD).status == 200


def test_a_success_resets_the_count(time: time_machine.Traveller) -> None:
    for _ in range(3):
        assert attempt("agent").status == 401
        assert attempt("agent").status == 401
        assert attempt("agent", PASSWORD).status == 200


def test_the_count_does_not_care_for_upper_and_lower_case(time: time_machine.Traveller) -> None:
    codes = [attempt(name).code for name in ("agent", "Agent", "AGENT", "aGent")]
    assert codes[-1] == "sign_in_locked"


def test_known_and_unknown_names_are_answered_alike(time: time_machine.Traveller) -> None:
    known, unknown = (attempt(name) for name in NAMES)
    assert known.body == unknown.body
    assert known.status == unknown.status == 401


@pytest.mark.parametrize("name", NAMES)
def test_known_and_unknown_names_cost_the_same_work(
    time: time_machine.Traveller, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    compared = []
    real = check_password

    def counting(password: str, encoded: str) -> bool:
        compared.append(encoded.split("$")[:4])
        return bool(real(password, encoded))

    monkeypatch.setattr(sign_in, "check_password", counting)
    attempt(name)
    assert compared == [make_password("any").split("$")[:4]]


def test_an_address_that_tries_many_names_is_locked(time: time_machine.Traveller) -> None:
    SignInFailure.objects.create(
        name=sign_in._key("address", "10.6.6.6"), failures=sign_in.ADDRESS_LOCK - 1, last_at=datetime.now(UTC)
    )
    assert attempt("agent", address="10.6.6.6").status == 401
    assert attempt("agent", PASSWORD, address="10.6.6.6").code == "sign_in_locked"
    assert attempt("agent", PASSWORD, address="10.0.0.2").status == 200


def test_names_tried_are_not_stored_for_people_type_passwords_there(time: time_machine.Traveller) -> None:
    attempt("my secret password")
    assert "secret" not in str(list(SignInFailure.objects.values()))


def test_old_failures_are_forgotten(time: time_machine.Traveller) -> None:
    attempt("agent")
    time.shift(timedelta(hours=2))
    assert sign_in.forget_old_failures() == 2
