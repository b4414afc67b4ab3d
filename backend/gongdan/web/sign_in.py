"""Signing in with a password: slow for guessers, the same for names that exist and names that do not.

Every try is counted before the password is looked at, so tries at the same time cannot outrun the count. From the
third wrong password on the next try must wait, from the fifth on for a quarter of an hour; meanwhile no password is
looked at, right or wrong. An address may fail more often, as many people may share it. A success resets.
"""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from functools import lru_cache

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.db.models import F

from gongdan.core.staff import identity
from gongdan.core.staff.identity import Identity
from gongdan.kernel import clock
from gongdan.kernel.errors import GongdanError, TooMany
from gongdan.web.models import SignInFailure

LOCK = timedelta(minutes=15)
FORGET = timedelta(hours=1)  # a failure this old no longer counts
NAME_WAITS = {3: timedelta(seconds=2), 4: timedelta(seconds=5)}  # after so many failures
NAME_LOCK = 5
ADDRESS_LOCK = 50


def sign_in(username: str, password: str, address: str) -> Identity:
    """The person, if the password is right. Raises wrong_credentials (401), sign_in_locked (429, retry_after)."""
    name_key, address_key = _key("name", username.casefold()), _key("address", address)
    if address:
        _count_try(address_key, ADDRESS_LOCK, {})
    _count_try(name_key, NAME_LOCK, NAME_WAITS)
    person = identity.by_username(username)
    right = check_password(password, person.password if person else _nobodys_password())
    if person is None or not right or not person.active:
        raise GongdanError("wrong_credentials", "The name or the password is wrong.", status=401)
    SignInFailure.objects.filter(name=name_key).delete()
    SignInFailure.objects.filter(name=address_key).update(failures=F("failures") - 1, locked_until=None)
    return person


def unlock(username: str) -> None:
    """Forget the failures of a name (after its password was set anew)."""
    SignInFailure.objects.filter(name=_key("name", username.casefold())).delete()


def forget_old_failures() -> int:
    """Remove failures that no longer count; returns how many. For the daily job."""
    old = SignInFailure.objects.filter(last_at__lt=clock.now() - FORGET)
    return old.delete()[0]


def _key(kind: str, value: str) -> str:
    return hashlib.sha256(f"{kind}:{value}".encode()).hexdigest()


@lru_cache(maxsize=1)
def _nobodys_password() -> str:
    """A hash that unknown names are compared with, so that they take as long as known ones."""
    return make_password("the password of nobody")


@transaction.atomic
def _count_try(key: str, lock_at: int, waits: dict[int, timedelta]) -> None:
    now = clock.now()
    SignInFailure.objects.bulk_create([SignInFailure(name=key, last_at=now)], ignore_conflicts=True)
    tries = SignInFailure.objects.select_for_update().get(name=key)
    if tries.locked_until is not None and tries.locked_until > now:
        raise _locked(tries.locked_until, now)
    tries.failures = 1 if now - tries.last_at > FORGET else tries.failures + 1
    wait = LOCK if tries.failures >= lock_at else waits.get(tries.failures)
    tries.last_at = now
    tries.locked_until = None if wait is None else now + wait
    tries.save()


def _locked(until: datetime, now: datetime) -> TooMany:
    seconds = max(1, round((until - now).total_seconds()))
    return TooMany(
        "sign_in_locked", f"Too many wrong passwords; try again in {seconds} seconds.", retry_after=seconds
    )
