"""Passwords: argon2 hashes, long enough, neither common nor like the name."""

from __future__ import annotations

from django.contrib.auth import password_validation
from django.contrib.auth.hashers import check_password, make_password
from django.core.exceptions import ValidationError
from django.db import transaction

from gongdan.core.staff.models import Staff
from gongdan.kernel.actor import Actor
from gongdan.kernel.errors import Invalid, NotFound
from gongdan.outbox.log import NewEvent, append_to


def hash_of(password: str, person: Staff | None = None) -> str:
    """The hash to store. Raises Invalid("weak_password") with every reason."""
    try:
        password_validation.validate_password(password, person)
    except ValidationError as error:
        codes = [part.code for part in error.error_list]
        raise Invalid(
            "weak_password",
            "The password needs 10 characters or more, and must be neither common nor like the name.",
            field="password",
            reasons=codes,
        ) from None
    return make_password(password)


def change_own(staff_id: int, old: str, new: str, *, actor: Actor) -> None:
    """A person changes their own password. Raises wrong_old_password, weak_password."""
    with transaction.atomic():
        person = _locked(staff_id)
        if not check_password(old, person.password):
            raise Invalid("wrong_old_password", "The old password is wrong.", field="old")
        _set(person, new, actor=actor, by_owner=True)


def set_anew(staff_id: int, new: str, *, actor: Actor) -> None:
    """An administrator (whose right the caller has checked) sets a person's password. Raises weak_password."""
    with transaction.atomic():
        _set(_locked(staff_id), new, actor=actor, by_owner=False)


def _locked(staff_id: int) -> Staff:
    person = Staff.objects.select_for_update(no_key=True).filter(pk=staff_id).first()
    if person is None:
        raise NotFound("unknown_staff", "There is no such person.", staff_id=staff_id)
    return person


def _set(person: Staff, new: str, *, actor: Actor, by_owner: bool) -> None:
    person.password = hash_of(new, person)
    person.save(update_fields=["password"])
    append_to("staff", person.pk, [NewEvent("PasswordChanged", {"by_owner": by_owner})], actor=actor)
