"""What a client library would never send, over a bare socket to the running server: refused, in words, and survived."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

import pytest

from tests.robustness.installation import PATIENCE, Installation

pytestmark = pytest.mark.crash
PROBLEM = "application/problem+json"
MEGABYTE = b"x" * 1_000_000


class Reply(NamedTuple):
    status: int
    headers: dict[str, str]
    raw: bytes

    @property
    def code(self) -> str:
        """The stable code; the reply must be a whole problem."""
        assert self.headers["content-type"] == PROBLEM, self
        body: dict[str, Any] = json.loads(self.raw)
        assert body["status"] == self.status
        assert body["detail"].endswith(".")
        return str(body["code"])


@contextmanager
def line(product: Installation) -> Iterator[socket.socket]:
    with socket.create_connection(("127.0.0.1", product.port), timeout=PATIENCE) as made:
        yield made


def heard(made: socket.socket, *, headless: bool = False) -> Reply:
    """The reply; raises ConnectionError when the server hung up without one."""
    with made.makefile("rb") as stream:
        first = stream.readline()
        if not first:
            raise ConnectionError("no reply")
        headers = {}
        while (row := stream.readline().strip()) != b"":
            name, _, value = row.decode("latin-1").partition(":")
            headers[name.lower()] = value.strip()
        body = stream.read(0 if headless else int(headers.get("content-length", 0)))
    return Reply(int(first.split()[1]), headers, body)


def asked(product: Installation, raw: bytes) -> Reply:
    with line(product) as made:
        made.sendall(raw)
        return heard(made, headless=raw.startswith(b"HEAD "))


def head(product: Installation, start: bytes, *more: bytes, who: str = "agent") -> bytes:
    token = product.company["tokens"][who].encode()
    rows = [start + b" HTTP/1.1", b"Host: localhost", b"Authorization: Bearer " + token, *more]
    return b"\r\n".join(rows) + b"\r\n\r\n"


def post(product: Installation, *more: bytes, path: bytes = b"/api/v1/tickets") -> bytes:
    return head(product, b"POST " + path, b"Content-Type: application/json", *more)


def test_a_negative_length_is_refused(product: Installation) -> None:
    assert asked(product, post(product, b"Content-Length: -5") + b"{}").status == 400


def test_a_length_that_is_no_number_is_refused(product: Installation) -> None:
    assert asked(product, post(product, b"Content-Length: many") + b"{}").status == 400


def test_two_lengths_are_refused(product: Installation) -> None:
    raw = post(product, b"Content-Length: 2", b"Content-Length: 40") + b"{}"
    assert asked(product, raw).status == 400


def test_a_body_in_chunks_without_length_is_refused(product: Installation) -> None:
    raw = post(product, b"Transfer-Encoding: chunked") + b"2\r\n{}\r\n0\r\n\r\n"
    reply = asked(product, raw)
    assert (reply.status, reply.code) == (411, "length_required")


def test_length_and_chunks_together_are_refused(product: Installation) -> None:
    raw = post(product, b"Content-Length: 2", b"Transfer-Encoding: chunked") + b"2\r\n{}\r\n0\r\n\r\n"
    assert 400 <= asked(product, raw).status < 500


def test_a_flood_of_headers_is_refused(product: Installation) -> None:
    many = [f"X-Header-{n}: {n}".encode() for n in range(2000)]
    assert 400 <= asked(product, head(product, b"GET /api/v1/session", *many)).status < 500


def test_a_huge_header_is_refused(product: Installation) -> None:
    huge = b"X-Huge: " + MEGABYTE
    try:
        reply = asked(product, head(product, b"GET /api/v1/session", huge))
    except ConnectionError:
        return  # hung up on, which is an answer too
    assert 400 <= reply.status < 500


def test_nonsense_instead_of_a_request_is_refused(product: Installation) -> None:
    assert asked(product, b"\x16\x03\x01\x00\xa5\x01\x00\r\n\r\n").status == 400


def test_a_body_that_never_ends_is_cut_short(product: Installation) -> None:
    """The refusal comes from the length alone; whoever sends on regardless is not read."""
    with line(product) as made:
        made.sendall(post(product, b"Content-Length: 20000000"))
        sent = 0
        try:
            while sent < 20:
                made.sendall(MEGABYTE)
                sent += 1
        except OSError:
            assert sent < 20
            return
        reply = heard(made)
    assert (reply.status, reply.code) == (413, "body_too_large")


def test_a_client_that_leaves_in_the_middle_does_no_harm(product: Installation) -> None:
    for _ in range(20):
        with line(product) as made:
            made.sendall(post(product, b"Content-Length: 1000") + b'{"category":')
    assert product.answers()


@pytest.mark.parametrize(
    "path",
    [
        b"/api/v1/../../etc/passwd",
        b"/api/v1/%2e%2e/%2e%2e/etc/passwd",
        b"/api/v1/tickets/..%2f..%2fetc%2fpasswd",
        b"/assets/../../../../../etc/passwd",
        b"/assets/%2e%2e/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
        b"/assets/..%2f..%2f..%2f..%2fetc%2fpasswd",
        b"/assets//etc/passwd",
    ],
)
def test_no_path_leads_out_of_the_house(product: Installation, path: bytes) -> None:
    reply = asked(product, head(product, b"GET " + path))
    assert b"root:" not in reply.raw
    assert reply.status < 500


@pytest.mark.parametrize(
    ("path", "status"),
    [
        (b"/api/v1/tickets/\xff\xfe", {400, 404, 422}),
        (b"/api/v1/tickets/%ff%fe", {404, 422}),
        (b"/api/v1/tickets/%00", {422}),
        (b"/api/v1/tickets/%E5%B7%A5%E5%8D%95", {404}),
        ("/api/v1/tickets/工单".encode(), {400, 404}),
        (b"/api/v1/tickets?q=%ff%fe", {200, 422}),
        (b"/api/v1/tickets?q=%ED%A0%80", {200, 422}),
        (b"/api/v1/tickets?q=" + b"%E5%B7%A5" * 20, {200}),
        (b"/api/v1/tickets?q=" + b"x" * 30_000, {400, 414, 422, 431}),
        (b"/api/v1/customers/99999999999999999999999", {404, 422}),
        (b"/api/v1/attachments/-1", {404, 422}),
        (b"//api/v1/tickets", {404, 200}),
    ],
)
def test_strange_addresses_are_answered(product: Installation, path: bytes, status: set[int]) -> None:
    assert asked(product, head(product, b"GET " + path, who="admin")).status in status


@pytest.mark.parametrize("method", [b"HEAD", b"OPTIONS", b"PUT", b"TRACE", b"CONNECT", b"BREW"])
def test_methods_nobody_knows_are_refused(product: Installation, method: bytes) -> None:
    reply = asked(product, head(product, method + b" /api/v1/tickets"))
    assert reply.status in {400, 404, 405}
    assert reply.headers.get("x-content-type-options") == "nosniff" or reply.status == 400


def test_guessing_a_password_slows_down_and_then_locks(product: Installation) -> None:
    """By the clock of the real server: two waits of seconds cannot be skipped, so only the first is seen here."""
    body = json.dumps({"username": "biller", "password": "a wrong guess"}).encode()
    headers = {"Content-Type": "application/json"}
    codes = [json.loads(product.ask("POST", "/api/v1/session", body, headers)[1])["code"] for _ in range(4)]
    assert codes == ["wrong_credentials"] * 3 + ["sign_in_locked"]


def test_a_right_password_opens_a_session_that_ends(product: Installation) -> None:
    body = json.dumps({"username": "agent", "password": "correct horse battery"}).encode()
    with line(product) as made:
        rows = b"POST /api/v1/session HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
        made.sendall(rows + b"Content-Length: %d\r\n\r\n" % len(body) + body)
        reply = heard(made)
    assert reply.status == 200
    assert json.loads(reply.raw)["staff"]["username"] == "agent"
