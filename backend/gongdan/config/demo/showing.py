"""Which logins stand on the screen after the start."""

from __future__ import annotations

from django.contrib.auth.hashers import check_password

from gongdan.config.demo.organisation import PASSWORD
from gongdan.config.demo.people import DEPARTMENTS, PEOPLE
from gongdan.core.staff.models import Department, Staff


def shown_logins() -> list[tuple[str, str, str]]:
    """The demo company's logins whose password nobody has changed; none for a company of one's own."""
    root, name, _ = DEPARTMENTS[0]
    if not Department.objects.filter(code=root, name=name).exists():
        return []
    wanted = {person.username: person for person in PEOPLE if person.shown}
    hashes = dict(
        Staff.objects.filter(username__in=wanted, is_active=True).values_list("username", "password")
    )
    unchanged = {one for one in set(hashes.values()) if check_password(PASSWORD, one)}
    return [
        (person.username, PASSWORD, f"{person.name} · {person.shown}")
        for person in wanted.values()
        if hashes.get(person.username) in unchanged
    ]
