"""Signals over HTTP: the signed way in for telephone systems that speak it, and the raw signals of all as they came.

Promise of the way in: the signature is verified over the body's bytes before anything is read of them, the body is kept before it is
read, a message that comes twice changes nothing, and one that is unusable spoils no other. The same answer for a
system that does not exist as for a wrong signature.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Annotated, Any

import msgspec
from django.http import HttpRequest, HttpResponse
from ninja import Path, Query, Router, Schema

from gongdan.channels.phone.providers import http_signals
from gongdan.channels.phone.providers.http_signals import CallSnapshotIn, PhoneSignalIn
from gongdan.core.interactions import line_selectors
from gongdan.core.interactions.actions.note_heard import note_heard
from gongdan.core.interactions.actions.take_in import take_in
from gongdan.core.interactions.connections import calls_under_way
from gongdan.core.interactions.contracts import RawSignal
from gongdan.core.interactions.line_checks import RIGHT
from gongdan.core.interactions.line_selectors import SignalQuery, SignalSource
from gongdan.kernel import clock, signing
from gongdan.kernel.errors import Conflict, GongdanError, Invalid
from gongdan.web import paging
from gongdan.web.auth import Request, address_of
from gongdan.web.json_body import CONTENT_TYPE, answer, wrong_content_type
from gongdan.web.live import bell
from gongdan.web.rates import Rate

router = Router()
Code = Annotated[str, Path(max_length=64)]
MOST = 200  # signals in a message
LARGEST = 512 * 1024  # bytes of a message
SENDING = Rate(per_second=100, burst=400)  # messages of a system, in each web process
GUESSING = Rate(per_second=0.5, burst=30)  # messages of an address that were not signed rightly
HEADERS = ("webhook-id", "webhook-timestamp", "webhook-signature")

EXAMPLES: dict[str, Any] = {
    "a call comes in, waits and rings": {
        "value": [
            {"id": "e1", "call": "c-1", "kind": "start", "at": "2026-03-04T09:00:00+08:00", "direction": "inbound",
             "caller": "13800138000", "dialled": "4008001234", "line": "4008001234"},
            {"id": "e2", "call": "c-1", "kind": "menu", "at": "2026-03-04T09:00:06+08:00", "digits": "2",
             "label": "报修"},
            {"id": "e3", "call": "c-1", "kind": "queue", "at": "2026-03-04T09:00:07+08:00", "queue": "repairs"},
            {"id": "e4", "call": "c-1", "kind": "ring", "at": "2026-03-04T09:00:09+08:00", "extension": "801",
             "queue": "repairs"},
        ]
    },
    "it is answered": {
        "value": {"id": "e5", "call": "c-1", "kind": "answer", "at": "2026-03-04T09:00:14+08:00", "extension": "801"}
    },
    "it is over, with a recording": {
        "value": [
            {"id": "e6", "call": "c-1", "kind": "hang_up", "at": "2026-03-04T09:04:00+08:00", "by": "customer"},
            {"id": "e7", "call": "c-1", "kind": "recording", "at": "2026-03-04T09:04:01+08:00",
             "recording": "c-1.wav", "url": "https://pbx.example/recordings/c-1.wav", "seconds": 226},
        ]
    },
}  # fmt: skip


def _body_schema() -> dict[str, Any]:
    one = {"oneOf": [PhoneSignalIn.model_json_schema(), CallSnapshotIn.model_json_schema()]}
    return {"oneOf": [*one["oneOf"], {"type": "array", "items": one, "minItems": 1, "maxItems": MOST}]}


class SignalFault(Schema):
    """A signal that could not be used, by its place in the message (from 0), and why."""

    index: int
    code: str
    field: str


class SignalsTaken(Schema):
    """`accepted` were understood; `repeated` of them had come before."""

    accepted: int
    repeated: int
    faults: list[SignalFault]


def _header(name: str, words: str) -> dict[str, Any]:
    return {
        "in": "header", "name": name, "required": True, "description": words, "schema": {"type": "string"},
    }  # fmt: skip


class SignalFilter(Schema):
    """`fault=1`: only those that could not be read; `call` is the system's name of a call."""

    fault: Annotated[bool, Query()] = False
    call: Annotated[str | None, Query(max_length=120)] = None
    after: paging.After = None
    limit: paging.Limit = paging.DEFAULT_LIMIT


@router.get(
    "/phone/systems/{code}/signals",
    summary="The latest raw signals of a system",
    operation_id="get_signals_of_system",
    response=dict[str, Any],
)
def get_signals_of_system(request: Request, code: Code, chosen: Query[SignalFilter]) -> HttpResponse:
    """As /phone/signals. 404 unknown_system."""
    return _signals(request, chosen, code)


@router.get("/phone/signals", summary="The latest raw signals, newest first", response=dict[str, Any])
def get_signals(request: Request, chosen: Query[SignalFilter]) -> HttpResponse:
    """{items: [{id, system, key, call, received_at, raw, reading, fault}], next}; of `raw` the beginning."""
    return _signals(request, chosen, None)


def _signals(request: Request, chosen: SignalFilter, system: str | None) -> HttpResponse:
    request.grants.require(RIGHT)
    before = paging.decode(chosen.after, int)[0] if chosen.after else None
    wanted = SignalQuery(system=system, call=chosen.call, faults=chosen.fault, before=before)
    rows = line_selectors.raw_signals(wanted, chosen.limit + 1)
    items, following = paging.page(rows, chosen.limit, lambda row: (row["id"],))
    return answer({"items": items, "next": following})


@router.post(
    "/phone/systems/{code}/signals",
    auth=None,
    summary="Tell what happened to calls (signed)",
    response=SignalsTaken,
    operation_id="post_signals",
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {CONTENT_TYPE: {"schema": _body_schema(), "examples": EXAMPLES}},
        },
        "parameters": [
            _header("webhook-id", "Unique per message, the same when it is sent again; no full stop in it."),
            _header("webhook-timestamp", "Seconds since 1970, within five minutes of the server's clock."),
            _header("webhook-signature", "v1,<base64 of HMAC-SHA256 over id.timestamp.body>."),
        ],
    },
)
def post_signals(request: HttpRequest, code: Code) -> HttpResponse:
    """For telephone systems that speak HTTP; see docs/phone-http.md. A message that comes again (same `webhook-id`,
    same body) is harmless. 401 signature_missing, signature_wrong, signature_old, signature_future; 409
    delivery_id_reused; 413 body_too_large; 422 not_signals, too_many_signals; 429 too_many_requests."""
    source, message_id = _verified(request, code)
    SENDING.take(code)
    if request.content_type != CONTENT_TYPE:
        raise wrong_content_type(CONTENT_TYPE)
    return answer(_taken_in(source, message_id, request.body))


def _verified(request: HttpRequest, code: str) -> tuple[SignalSource, str]:
    """Who sends, and the message's id. Raises what signing.verify does."""
    length = int(request.META.get("CONTENT_LENGTH") or 0)  # web.limits saw that it is a number
    if length > LARGEST:
        sentence = f"The body has {length} bytes; {LARGEST} are allowed."
        raise GongdanError("body_too_large", sentence, status=413, limit=LARGEST)
    source = line_selectors.signal_source(code)
    now = clock.now()
    keys = signing.valid(source.keys, now) if source else []
    sent = {name: request.headers.get(name, "") for name in HEADERS}
    try:
        message_id = signing.verify(keys, sent, request.body, now)
    except GongdanError:
        GUESSING.take(
            address_of(request)
        )  # only now: a guesser at the same address holds up no genuine message
        raise
    assert source is not None  # without keys nothing is verified
    return source, message_id


def _taken_in(source: SignalSource, message_id: str, body: bytes) -> dict[str, Any]:
    now = clock.now()
    _keep(source, message_id, body)
    reading = http_signals.read(_entries(body), message_id, now)
    repeated = _took(source, reading.usable)
    for snapshot in reading.snapshots:
        known = {key: one.began_at for key, one in calls_under_way(source.id).items()}
        _took(source, snapshot.vanished(known, now))
    take_in(source.id, reading.kept)
    note_heard(source.id, now)
    return {
        "accepted": len(reading.usable) + len(reading.snapshots),
        "repeated": repeated,
        "faults": [one.to_json() for one in reading.faults],
    }


def _took(source: SignalSource, signals: Sequence[RawSignal]) -> int:
    """Take them in and tell whose pages must look anew; how many of them had come before."""
    taken = take_in(source.id, signals)
    if taken.staff:
        bell.ring(taken.staff, bell.PHONE)
    return taken.repeated


def _keep(source: SignalSource, message_id: str, body: bytes) -> None:
    """The message as it came, before it is read. Raises delivery_id_reused when another came under its id."""
    key, raw = f"message:{message_id}", body.decode("utf-8", "replace").replace("\0", "\ufffd")
    taken = take_in(source.id, [RawSignal(key=key, raw=raw, received_at=clock.now())])
    if taken.repeated and line_selectors.raw_of(source.id, key) != raw:
        raise Conflict("delivery_id_reused", "This webhook-id came with another body before.")


def _entries(body: bytes) -> list[Any]:
    """What a message says, one signal each. Raises broken_json, not_signals, too_many_signals."""
    try:
        said = msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        said = _leniently(body)
    entries = [said] if isinstance(said, dict) else said
    if not isinstance(entries, list) or not entries:
        raise Invalid("not_signals", "The body is neither a signal nor a list of signals.")
    if len(entries) > MOST:
        raise Invalid("too_many_signals", f"At most {MOST} signals in one message.", most=MOST)
    return entries


def _leniently(body: bytes) -> Any:
    """With halves of surrogate pairs, which spoil only the signals they stand in. Raises broken_json."""
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        raise GongdanError("broken_json", "The body is not valid JSON in UTF-8.") from None
