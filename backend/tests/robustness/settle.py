"""Run beside a product with an empty database: founds the tests' company and prints who may do what with which token.

{"tokens": {"admin": "gdt_…", "agent": …, "clerks": [...]}, "ids": {…}}
"""

from __future__ import annotations

import json
import sys

import django


def main() -> None:
    django.setup()
    from django.contrib.auth.hashers import make_password

    from gongdan.core.catalogue.models import Category, FormVersion
    from gongdan.core.customers.models import CustomerLevel
    from gongdan.core.flow import document, stored
    from gongdan.core.flow.models import Flow, FlowVersion
    from gongdan.web import tokens
    from tests.company import found
    from tests.tickets import flows

    o = found()
    o.agent.password = make_password("correct horse battery")
    o.agent.save()
    for text in (flows.COMPLAINT, flows.CONSULTATION):
        definition = document.parse(text)
        flow = Flow.objects.create(code=definition.code, title=dict(definition.title))
        flow.current = FlowVersion.objects.create(
            flow=flow, number=1, document=text, definition=stored.to_json(definition)
        )
        flow.save()
    for code, callback in (("consultation", "never"), ("complaint", "always")):
        made = Category.objects.create(
            code=code, name=code, kind=code, flow_id=code, entry_department=o.network, callback_mode=callback
        )
        made.path = f"{made.pk}."
        fields = [{"code": "facts", "type": "long_text", "label": {"zh-Hans": "事实"}}]
        made.form_version = FormVersion.objects.create(category=made, number=1, fields=fields)
        made.save()
    CustomerLevel.objects.get_or_create(code="ordinary", defaults={"name": "普通", "rank": 0})
    people = {
        "admin": o.admin,
        "agent": o.agent,
        "clerk": o.clerk,
        "clerk_two": o.clerk_two,
        "biller": o.biller,
    }
    secrets = {name: tokens.issue(person.pk, "test")[1] for name, person in people.items()}
    ids = {name: person.pk for name, person in people.items()}
    json.dump({"tokens": secrets, "ids": ids}, sys.stdout)


if __name__ == "__main__":
    main()
