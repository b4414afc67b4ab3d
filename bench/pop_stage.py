"""The step of the pop's benchmark that needs the product's code: `python -m bench.pop_stage JSON`.

Hires agents, gives each an extension of the demo's Asterisk and a token, and lets that system be where the bench plays
it. Says what the clients need as JSON on its last line.
"""

from __future__ import annotations

import json
import sys
from typing import Any

SYSTEM = "demo_asterisk"
FIRST_NUMBER = 20000  # of the agents' extensions


def prepare(agents: int, port: int, secret: str) -> dict[str, Any]:
    from gongdan.core.customers.models import Contact, ContactKind
    from gongdan.core.interactions.actions.extensions import create_extension
    from gongdan.core.interactions.actions.systems import change_system
    from gongdan.core.staff.models import RoleGrant, Staff
    from gongdan.kernel import reference
    from gongdan.kernel.actor import system
    from gongdan.web import tokens

    actor = system("bench")
    reference.refresh()
    pattern = Staff.objects.get(username="agent")
    roles = list(RoleGrant.objects.filter(staff=pattern).values_list("role_id", "department_id"))
    hired = []
    for place in range(agents):
        person = Staff.objects.create(
            username=f"bench{place}",
            name=f"坐席{place}",
            department=pattern.department,
            password="!",  # noqa: S106  fits no password
        )
        RoleGrant.objects.bulk_create(
            RoleGrant(staff=person, role_id=role_id, department_id=department_id)
            for role_id, department_id in roles
        )
        number = str(FIRST_NUMBER + place)
        create_extension(SYSTEM, {"number": number, "staff_id": person.pk}, actor=actor)
        hired.append({"number": number, "token": tokens.issue(person.pk, "bench")[1]})
    change_system(SYSTEM, {"port": port, "secret": secret, "active": True}, version=None, actor=actor)
    found = Contact.objects.filter(kind=ContactKind.PHONE, extension="").order_by("id")
    numbers = [value.replace("-", "") for value in found.values_list("value", flat=True)[:500]]
    return {"agents": hired, "numbers": numbers}


def main() -> None:
    import django

    django.setup()
    sys.stdout.write(json.dumps(prepare(**json.loads(sys.argv[1]))) + "\n")


if __name__ == "__main__":
    main()
