"""Signing in with a browser: cookies, CSRF, rotation, and what ends a session."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.contrib.auth.hashers import make_password
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gongdan.core.staff.models import Staff
from gongdan.web.models import Session
from tests.client import Answer, Client
from tests.company import Organisation

PASSWORD = "correct horse 42"


@pytest.fixture
def agent(organisation: Organisation) -> Staff:
    organisation.agent.password = make_password(PASSWORD)
    organisation.agent.save()
    return organisation.agent


def sign_in(browser: Client, password: str = PASSWORD, username: str = "agent") -> Answer:
    answer = browser.post("/session", {"username": username, "password": password})
    if answer.status == 200:
        browser.headers["X-CSRF-Token"] = answer["csrf"]
    return answer


def test_signing_in_answers_who_one_is_and_sets_careful_cookies(agent: Staff) -> None:
    browser = Client()
    me = sign_in(browser)
    assert me["staff"]["username"] == "agent"
    assert "ticket.open" in me["rights"]
    session, csrf = browser.django.cookies["gongdan_session"], browser.django.cookies["gongdan_csrf"]
    assert session["httponly"]
    assert session["samesite"] == "Lax"
    assert not csrf["httponly"]
    assert csrf.value == me["csrf"]
    assert browser.get("/session")["csrf"] == me["csrf"]


def test_only_a_hash_of_the_cookie_is_stored(agent: Staff) -> None:
    browser = Client()
    sign_in(browser)
    stored = Session.objects.get()
    assert browser.django.cookies["gongdan_session"].value != stored.digest
    browser.django.cookies["gongdan_session"] = stored.digest
    assert browser.get("/session").code == "signed_out"


def test_a_request_with_a_session_costs_one_statement(agent: Staff) -> None:
    browser = Client()
    sign_in(browser)
    browser.get("/live/ticket")
    with CaptureQueriesContext(connection) as caught:
        assert browser.get("/live/ticket").status == 200
    assert len(caught) == 1


@pytest.mark.parametrize("token", [None, "", "0" * 64, "é"])
def test_a_change_without_the_csrf_token_is_refused(agent: Staff, token: str | None) -> None:
    browser = Client()
    sign_in(browser)
    right = browser.headers.pop("X-CSRF-Token")
    if token is not None:
        browser.headers["X-CSRF-Token"] = token
    assert browser.patch("/session/preferences", {"theme": "dark"}).code == "csrf_failed"
    browser.headers["X-CSRF-Token"] = right
    assert browser.patch("/session/preferences", {"theme": "dark"}).body == {"theme": "dark"}


def test_the_csrf_token_of_another_session_does_not_do(agent: Staff) -> None:
    one, two = Client(), Client()
    sign_in(one)
    sign_in(two)
    one.headers, two.headers = two.headers, one.headers
    assert one.patch("/session/preferences", {"theme": "dark"}).code == "csrf_failed"


def test_signing_in_again_rotates_the_session(agent: Staff) -> None:
    browser = Client()
    sign_in(browser)
    before = browser.django.cookies["gongdan_session"].value
    sign_in(browser)
    assert browser.django.cookies["gongdan_session"].value != before
    assert Session.objects.count() == 1


def test_signing_out_ends_the_session_here_and_on_the_server(agent: Staff) -> None:
    browser = Client()
    sign_in(browser)
    kept = browser.django.cookies["gongdan_session"].value
    assert browser.delete("/session").status == 204
    browser.django.cookies["gongdan_session"] = kept
    assert browser.get("/session").code == "signed_out"


def test_signing_somebody_out_from_elsewhere_is_refused(agent: Staff) -> None:
    browser = Client()
    sign_in(browser)
    browser.headers.pop("X-CSRF-Token")
    assert browser.delete("/session").code == "csrf_failed"
    assert browser.get("/session").status == 200


def test_a_session_ends_after_twelve_hours(agent: Staff) -> None:
    with time_machine.travel(datetime(2026, 11, 22, 9, tzinfo=UTC), tick=False) as time:
        browser = Client()
        sign_in(browser)
        time.shift(timedelta(hours=11, minutes=59))
        assert browser.get("/session").status == 200
        time.shift(timedelta(minutes=1))
        assert browser.get("/session").code == "signed_out"


def test_a_new_password_ends_the_other_sessions_and_keeps_this_one(agent: Staff) -> None:
    here, elsewhere = Client(), Client()
    sign_in(here)
    sign_in(elsewhere)
    assert (
        here.post("/session/password", {"old": "wrong", "new": "another horse 43"}).code
        == "wrong_old_password"
    )
    assert here.post("/session/password", {"old": PASSWORD, "new": "short"}).code == "weak_password"
    changed = here.post("/session/password", {"old": PASSWORD, "new": "another horse 43"})
    here.headers["X-CSRF-Token"] = changed["csrf"]
    assert here.patch("/session/preferences", {"theme": "dark"}).status == 200
    assert elsewhere.get("/session").code == "signed_out"
    assert sign_in(Client()).code == "wrong_credentials"
    assert sign_in(Client(), "another horse 43").status == 200


def test_who_is_deactivated_loses_sessions_and_tokens_at_once(
    agent: Staff, organisation: Organisation
) -> None:
    browser, program, admin = Client(), Client.of(agent), Client.of(organisation.admin)
    sign_in(browser)
    assert admin.patch(f"/staff/{agent.pk}", {"active": False}).status == 200
    assert browser.get("/session").code == "signed_out"
    assert program.get("/session").code == "invalid_token"
    assert sign_in(Client()).code == "wrong_credentials"
    admin.patch(f"/staff/{agent.pk}", {"active": True})
    assert browser.get("/session").code == "signed_out"
    assert program.get("/session").code == "invalid_token"


def test_preferences_are_kept_and_checked(agent: Staff) -> None:
    client = Client.of(agent)
    assert client.patch("/session/preferences", {"language": "zh-Hant", "favourites": ["todo"]}).status == 200
    assert client.patch("/session/preferences", {"theme": "dark", "favourites": None}).status == 200
    assert client.get("/session")["staff"]["preferences"] == {"language": "zh-Hant", "theme": "dark"}
    assert client.patch("/session/preferences", {"language": "fr"}).code == "invalid_input"
