"""Idempotency-Key: a request sent twice is done once and answered twice alike.

The key is written with the answer, at the end of the verb's own transaction, so a refusal or a crash leaves no key
behind and may be tried again. A second request with the key finds it there (at the same moment it waits for the first
to end: the unique index makes it), takes back what it did, and gives the first one's answer with
`Idempotency-Replayed: true`. One statement beside the verb's.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import IntegrityError
from django.http import HttpResponse

from gongdan.kernel import clock, deed, sql
from gongdan.kernel.deed import Deed
from gongdan.kernel.errors import GongdanError, Invalid
from gongdan.kernel.unit import unit
from gongdan.web.auth import Request
from gongdan.web.json_body import CONTENT_TYPE, encode
from gongdan.web.models import IdempotencyKey

KEPT = timedelta(hours=48)
USABLE = re.compile(r"[!-~]{1,200}")
KEEP = """
INSERT INTO web_idempotencykey (staff_id, key, request_digest, status, answer, made_at)
VALUES (%s, %s, %s, %s, %s, %s) ON CONFLICT (staff_id, key) DO NOTHING RETURNING id
"""


class _KnownKey(Exception):
    """The key was kept meanwhile; what was done this time is rolled back."""


def idempotent(
    request: Request,
    do: Callable[[], Any] | Deed[Any],
    *,
    status: int = 201,
    kept: Callable[[Any], Any] | None = None,
) -> HttpResponse:
    """The answer of `do` (a function, or a change that others are asked about), kept under the request's key.

    `kept` says what of it is stored and replayed, where a secret must not be.
    With a key, `do` joins this transaction (kernel.unit).
    Raises idempotency_key_reused, invalid_idempotency_key (422).
    """
    change = _Plain(do) if callable(do) else do
    key = request.META.get("HTTP_IDEMPOTENCY_KEY")
    if key is None:
        return _answer(encode(deed.run(change)), status)
    if not USABLE.fullmatch(key):
        raise Invalid("invalid_idempotency_key", "Idempotency-Key takes 1 to 200 visible ASCII characters.")
    keyed = _Keyed(change, kept, status, request.grants.staff_id, key, digest_of(request))
    if keyed.asks and (replayed := _replay(keyed.staff_id, key, keyed.digest)) is not None:
        return replayed  # what was done is not asked about again
    try:
        made, body = deed.run(keyed)
    except (_KnownKey, GongdanError, IntegrityError):
        replayed = _replay(keyed.staff_id, key, keyed.digest)
        if replayed is None:
            raise
        return replayed
    return _answer(body if kept is None else encode(made), status)


@dataclass(frozen=True)
class _Plain:
    """A change that nobody is asked about."""

    act: Callable[[], Any]
    asks: bool = False

    def ask(self) -> None: ...


@dataclass(frozen=True)
class _Keyed:
    """A change that is kept with its answer under a key, in one transaction."""

    inner: Deed[Any]
    kept: Callable[[Any], Any] | None
    status: int
    staff_id: int
    key: str
    digest: bytes

    @property
    def asks(self) -> bool:
        return self.inner.asks

    def ask(self) -> None:
        self.inner.ask()

    def act(self) -> tuple[Any, bytes]:
        with unit():
            made = self.inner.act()
            body = encode(self.kept(made) if self.kept else made)
            values = [self.staff_id, self.key, self.digest, self.status, body, clock.now()]
            if not sql.execute(KEEP, values):
                raise _KnownKey
        return made, body


def _replay(staff_id: int, key: str, digest: bytes) -> HttpResponse | None:
    kept = IdempotencyKey.objects.filter(staff_id=staff_id, key=key).first()
    if kept is None:
        return None
    if bytes(kept.request_digest) != digest:
        raise Invalid("idempotency_key_reused", "This Idempotency-Key came with another request before.")
    response = _answer(bytes(kept.answer), kept.status)
    response["Idempotency-Replayed"] = "true"
    return response


def _answer(body: bytes, status: int) -> HttpResponse:
    return HttpResponse(body, status=status, content_type=CONTENT_TYPE)


def digest_of(request: Request) -> bytes:
    """SHA-256 over method, address and body; of an upload, over its values and files."""
    digest = hashlib.sha256(f"{request.method} {request.get_full_path()}\n".encode())
    if request.content_type != "multipart/form-data":
        digest.update(request.body)
        return digest.digest()
    for name, values in sorted(request.POST.lists()):
        digest.update(encode([name, values]))
    files: list[tuple[str, Any]] = sorted(request.FILES.items())
    for name, file in files:
        digest.update(encode([name, file.name, file.size]))
        for chunk in file.chunks():
            digest.update(chunk)
        file.seek(0)
    return digest.digest()


def forget_old_keys() -> int:
    """Remove keys older than 48 hours; returns how many. For the daily job."""
    return IdempotencyKey.objects.filter(made_at__lt=clock.now() - KEPT).delete()[0]
