"""Bad input gets a 4xx with a code and a sentence, never a 500, whatever it is."""

from __future__ import annotations

import pytest
from django.conf import settings

from tests.client import Answer, Client
from tests.company import Organisation

GOOD = b'{"code": "north", "name": "North"}'
CASES = {
    "broken json": (b'{"code": "north", ', 400, "broken_json"),
    "not utf-8": (b'{"code": "\xff\xfe"}', 400, "broken_json"),
    "not a number": (b'{"position": NaN}', 400, "broken_json"),
    "endless nesting": (b"[" * 100_000, 400, "broken_json"),
    "nul character": (b'{"code": "north", "name": "a\\u0000b"}', 422, "unusable_text"),
    "lone surrogate": (b'{"code": "north", "name": "a\\ud800b"}', 422, "unusable_text"),
    "lone surrogate at the end": (b'{"code": "north", "name": "\\udfff"}', 422, "unusable_text"),
    "nul in a key": (b'{"co\\u0000de": "north"}', 422, "unusable_text"),
    "missing field": (b'{"code": "north"}', 422, "invalid_input"),
    "unknown field": (b'{"code": "north", "name": "North", "colour": "red"}', 422, "invalid_input"),
    "wrong type": (b'{"code": ["north"], "name": "North"}', 422, "invalid_input"),
    "too long": (b'{"code": "north", "name": "' + b"x" * 121 + b'"}', 422, "invalid_input"),
    "too large a number": (
        b'{"code": "n", "name": "N", "parent_id": 99999999999999999999}',
        422,
        "invalid_input",
    ),
    "not an object": (b"[1, 2]", 422, "invalid_input"),
    "no body": (b"", 422, "invalid_input"),
}


@pytest.fixture
def admin(organisation: Organisation) -> Client:
    return Client.of(organisation.admin)


def is_problem(answer: Answer, status: int, code: str) -> bool:
    assert answer.headers["Content-Type"] == "application/problem+json", answer.body
    assert answer.body["detail"].endswith(".")
    assert answer.body["title"]
    return (answer.status, answer.body["status"], answer.code) == (status, status, code)


@pytest.mark.parametrize(("raw", "status", "code"), CASES.values(), ids=CASES.keys())
def test_each_kind_of_unusable_body_has_its_code(admin: Client, raw: bytes, status: int, code: str) -> None:
    assert is_problem(admin.raw("POST", "/departments", raw), status, code)
    assert len(admin.get("/departments")["items"]) == 5


def test_the_same_body_without_the_mistake_is_taken(admin: Client) -> None:
    assert admin.raw("POST", "/departments", GOOD).status == 201


def test_fields_are_named(admin: Client) -> None:
    answer = admin.post("/departments", {"code": "", "head_id": 0, "colour": "red"})
    named = {(error["field"], error["code"]) for error in answer["errors"]}
    assert named == {
        ("code", "too_short"),
        ("name", "required"),
        ("head_id", "invalid"),
        ("colour", "unknown_field"),
    }
    assert answer["field"] in {"code", "name", "head_id", "colour"}


def test_a_query_is_checked_like_a_body(admin: Client) -> None:
    assert admin.get("/staff", limit="none")["errors"][0]["field"] == "limit"
    assert admin.get("/staff", limit=0).status == 422
    assert is_problem(admin.get("/staff", q="a\0b"), 422, "unusable_text")
    assert is_problem(admin.get("/staff", after="nonsense"), 422, "invalid_cursor")
    assert is_problem(admin.get("/staff", after="WyJhIiwxZTQwMF0"), 422, "invalid_cursor")


def test_an_address_with_unusable_characters_is_refused(admin: Client) -> None:
    assert is_problem(admin.get("/roles/a%00b"), 422, "unusable_text")


@pytest.mark.parametrize(
    "content_type", ["text/plain", "application/xml", "application/x-www-form-urlencoded"]
)
def test_a_body_of_another_type_is_refused(admin: Client, content_type: str) -> None:
    answer = admin.raw("POST", "/departments", GOOD, content_type=content_type)
    assert is_problem(answer, 415, "wrong_content_type")
    assert answer["params"]["wanted"] == "application/json"


@pytest.mark.parametrize("charset", ["hex", "gbk", "no-such-charset"])
def test_another_charset_is_refused(admin: Client, charset: str) -> None:
    answer = admin.raw("POST", "/departments", GOOD, content_type=f"application/json; charset={charset}")
    assert is_problem(answer, 415, "wrong_content_type")


def test_utf8_said_aloud_is_fine(admin: Client) -> None:
    assert (
        admin.raw("POST", "/departments", GOOD, content_type="application/json; charset=UTF-8").status == 201
    )


def test_a_body_of_20_megabytes_is_refused_before_it_is_read(admin: Client) -> None:
    body = b'{"name": "' + b"x" * 20_000_000 + b'"}'
    assert is_problem(admin.raw("POST", "/departments", body), 413, "body_too_large")


def test_the_limit_itself_is_allowed(admin: Client) -> None:
    padded = GOOD + b" " * (settings.MAX_BODY_BYTES - len(GOOD))
    assert admin.raw("POST", "/departments", padded).status == 201
    assert admin.raw("POST", "/departments", padded + b" ").status == 413


def test_a_nonsense_length_is_refused(admin: Client) -> None:
    response = admin.django.generic(
        "POST", "/api/v1/departments", GOOD, "application/json", headers=admin.headers, CONTENT_LENGTH="-5"
    )
    assert (response.status_code, response.json()["code"]) == (400, "bad_request")


def test_unknown_addresses_and_methods(admin: Client) -> None:
    assert is_problem(admin.get("/no/such/thing"), 404, "not_found")
    answer = admin.send("PUT", "/departments", {})
    assert is_problem(answer, 405, "method_not_allowed")
    assert "GET" in answer.headers["Allow"]


def test_ids_no_database_could_hold_are_simply_not_there(admin: Client) -> None:
    assert is_problem(admin.get(f"/staff/{10**30}"), 404, "unknown_staff")
    assert admin.get("/staff/abc").status in {404, 422}


def test_something_unforeseen_says_its_reference_and_nothing_else(
    admin: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken() -> None:
        raise RuntimeError("a secret of the house")

    monkeypatch.setattr("gongdan.desk.organisation.selectors.departments", broken)
    answer = admin.get("/departments")
    assert is_problem(answer, 500, "unforeseen")
    reference = answer["params"]["reference"]
    assert reference in caplog.text
    assert "a secret of the house" in caplog.text
    assert "secret" not in str(answer.body)
