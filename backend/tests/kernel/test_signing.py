"""Signatures as any receiver checks them: by the scheme's words, with nothing of ours."""

from __future__ import annotations

import base64
import hashlib
import hmac
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from gongdan.kernel import signing
from gongdan.kernel.errors import GongdanError

AT = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)


def accepted(secret: str, headers: dict[str, str], body: bytes) -> bool:
    """What a receiver does."""
    key = base64.b64decode(secret.removeprefix("whsec_"), validate=True)
    text = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    mine = base64.b64encode(hmac.new(key, text, hashlib.sha256).digest()).decode()
    given = [one.split(",", 1) for one in headers["webhook-signature"].split(" ")]
    return any(version == "v1" and hmac.compare_digest(mine, theirs) for version, theirs in given)


@given(some.binary(max_size=200))
def test_a_receiver_accepts_what_was_signed_and_nothing_else(body: bytes) -> None:
    ring = signing.new_ring()
    secret = signing.newest(ring)
    sent = dict(signing.headers(signing.valid(ring, AT), "msg_1", AT, body))
    assert sent["webhook-timestamp"] == str(int(AT.timestamp()))
    assert accepted(secret, sent, body)
    assert not accepted(secret, sent, body + b" ")
    assert not accepted(secret, sent | {"webhook-id": "msg_2"}, body)
    assert not accepted(secret, sent | {"webhook-timestamp": "1"}, body)
    assert not accepted(signing.newest(signing.new_ring()), sent, body)


def test_while_keys_rotate_both_are_accepted_and_afterwards_only_the_new_one() -> None:
    ring = signing.new_ring()
    old, until = signing.newest(ring), AT + timedelta(hours=1)
    ring = signing.rotated(ring, until)
    new = signing.newest(ring)
    during = dict(signing.headers(signing.valid(ring, AT), "msg_1", AT, b"{}"))
    assert accepted(old, during, b"{}")
    assert accepted(new, during, b"{}")
    after = dict(signing.headers(signing.valid(ring, until), "msg_1", until, b"{}"))
    assert not accepted(old, after, b"{}")
    assert accepted(new, after, b"{}")
    assert len(signing.valid(signing.rotated(ring, until), AT)) == 2


def test_what_is_kept_is_not_the_key() -> None:
    ring = signing.new_ring()
    key = base64.b64decode(signing.newest(ring).removeprefix("whsec_"))
    assert 24 <= len(key) <= 64
    assert key.hex() not in str(ring)


def refusal(keys: list[bytes], sent: dict[str, str], body: bytes, now: datetime) -> tuple[str, int]:
    with pytest.raises(GongdanError) as refused:
        signing.verify(keys, sent, body, now)
    return refused.value.code, refused.value.status


@given(some.binary(max_size=200), some.integers(-300, 300))
def test_what_was_signed_is_verified_within_five_minutes(body: bytes, apart: int) -> None:
    keys = signing.valid(signing.new_ring(), AT)
    sent = dict(signing.headers(keys, "msg_1", AT, body))
    now = AT + timedelta(seconds=apart)
    assert signing.verify(keys, sent, body, now) == "msg_1"
    wrong = ("signature_wrong", 401)
    assert refusal(keys, sent, body + b" ", now) == wrong
    assert refusal(keys, sent | {"webhook-id": "msg_2"}, body, now) == wrong
    assert refusal(keys, sent | {"webhook-timestamp": "1"}, body, now) == wrong
    assert refusal(signing.valid(signing.new_ring(), AT), sent, body, now) == wrong
    assert refusal([], sent, body, now) == wrong


def test_a_message_out_of_its_time_is_refused() -> None:
    keys = signing.valid(signing.new_ring(), AT)
    sent = dict(signing.headers(keys, "msg_1", AT, b"x"))
    assert refusal(keys, sent, b"x", AT + timedelta(seconds=301)) == ("signature_old", 401)
    assert refusal(keys, sent, b"x", AT - timedelta(seconds=301)) == ("signature_future", 401)


@pytest.mark.parametrize(
    "changed",
    [
        {"webhook-id": ""},
        {"webhook-id": "a.b"},
        {"webhook-id": "a b"},
        {"webhook-timestamp": "now"},
        {"webhook-timestamp": "-1"},
        {"webhook-timestamp": "٣"},
        {"webhook-signature": ""},
    ],
)
def test_headers_that_are_none_are_refused(changed: dict[str, str]) -> None:
    keys = signing.valid(signing.new_ring(), AT)
    sent = dict(signing.headers(keys, "msg_1", AT, b"x"))
    assert refusal(keys, sent | changed, b"x", AT) == ("signature_missing", 401)


@given(some.text(), some.text(), some.text())
def test_no_headers_break_it(message_id: str, timestamp: str, signature: str) -> None:
    keys = signing.valid(signing.new_ring(), AT)
    sent = {"webhook-id": message_id, "webhook-timestamp": timestamp, "webhook-signature": signature}
    assert refusal(keys, sent, b"x", AT)[1] == 401


def test_while_keys_rotate_a_message_of_either_is_verified() -> None:
    ring = signing.new_ring()
    old = signing.headers(signing.valid(ring, AT), "msg_1", AT, b"x")
    keys = signing.valid(signing.rotated(ring, AT + timedelta(hours=1)), AT)
    assert signing.verify(keys, old, b"x", AT) == "msg_1"
    both = signing.headers(keys, "msg_1", AT, b"x")
    assert signing.verify(keys[:1], both, b"x", AT) == signing.verify(keys[1:], both, b"x", AT) == "msg_1"
