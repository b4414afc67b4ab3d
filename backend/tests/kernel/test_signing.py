"""Signatures as any receiver checks them: by the scheme's words, with nothing of ours."""

from __future__ import annotations

import base64
import hashlib
import hmac
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as some

from gongdan.kernel import signing

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
