"""Every answer carries the security headers; pages may load only what this server serves, and the live push."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client as DjangoClient

from gongdan.core.interactions.models import TelephoneSystem
from tests.client import Client

pytestmark = pytest.mark.django_db


def policy_of(headers: dict[str, str]) -> dict[str, str]:
    parts = (rule.strip().partition(" ") for rule in headers["Content-Security-Policy"].split(";"))
    return {name: value for name, _, value in parts}


@pytest.mark.parametrize("path", ["/health", "/session", "/no/such/thing"])
def test_answers_that_are_no_pages_may_load_nothing(path: str) -> None:
    headers = Client().get(path).headers
    assert policy_of(headers)["default-src"] == "'none'"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]
    assert headers["Cache-Control"] == "no-store"


@pytest.fixture
def built(tmp_path: Path, settings: object) -> Path:
    (tmp_path / "assets").mkdir()
    (tmp_path / "index.html").write_text("<!doctype html><title>Gongdan</title>")
    (tmp_path / "assets" / "app-1a2b.js").write_text("export {};")
    settings.FRONTEND = tmp_path  # type: ignore[attr-defined]
    return tmp_path


def test_the_desk_runs_no_inline_script_and_reaches_only_this_server_and_the_live_push(built: Path) -> None:
    headers = dict(DjangoClient().get("/", headers={"host": "desk.example:8600"}).headers)
    policy = policy_of(headers)
    assert policy["script-src"] == "'self'"
    assert policy["connect-src"] == f"'self' http://desk.example:{settings.LIVE_PORT}"
    assert policy["frame-ancestors"] == "'none'"
    assert policy["object-src"] == "'none'"
    assert headers["Cache-Control"] == "no-cache"


@pytest.mark.django_db(transaction=True)
def test_softphones_may_reach_their_telephone_systems_and_nothing_else(built: Path) -> None:
    common = {"dialect": "asterisk", "name": "exchange"}
    TelephoneSystem.objects.create(code="one", sip_address="wss://pbx.example:8089/ws", **common)
    TelephoneSystem.objects.create(code="two", sip_address="https://elsewhere.example", **common)
    off = TelephoneSystem.objects.create(code="off", sip_address="wss://old.example", active=False, **common)
    assert reached().endswith(" wss://pbx.example:8089")
    TelephoneSystem.objects.filter(pk=off.pk).update(active=True)
    assert reached().endswith(" wss://old.example wss://pbx.example:8089")


def reached() -> str:
    return policy_of(dict(DjangoClient().get("/").headers))["connect-src"]


def test_every_address_of_the_desk_answers_its_page(built: Path) -> None:
    page = DjangoClient().get("/tickets/20261122-000123")
    assert page.status_code == 200
    assert b"<title>Gongdan</title>" in page.content
    assert DjangoClient().post("/tickets").status_code == 405


def test_built_files_are_kept_for_a_year(built: Path) -> None:
    file = DjangoClient().get("/assets/app-1a2b.js")
    assert file.headers["Content-Type"].startswith("text/javascript")
    assert "immutable" in file.headers["Cache-Control"]
    assert DjangoClient().get("/assets/gone.js").status_code == 404


@pytest.mark.parametrize("path", ["/../secret.txt", "/%2e%2e/secret.txt", "/assets/../../secret.txt"])
def test_nothing_outside_the_built_files_is_served(built: Path, path: str) -> None:
    (built.parent / "secret.txt").write_text("a secret of the house")
    assert b"a secret of the house" not in DjangoClient().get(path).content


def test_a_strange_host_adds_nothing_to_the_policy(built: Path) -> None:
    headers = dict(DjangoClient().get("/", headers={"host": "evil.example; script-src *"}).headers)
    assert policy_of(headers)["script-src"] == "'self'"
    assert policy_of(headers)["connect-src"] == "'self'"
