"""The HTTP API: every room's router, listed once. Base address /api/v1, schema at /api/v1/openapi.json.

A room that is added gets one line in ROUTERS. Operations need a signed-in person or a token unless they say
`auth=None`.
"""

from __future__ import annotations

import importlib
from typing import Any

from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema

from gongdan.config import rooms
from gongdan.config.problem_docs import add_problems, name_files
from gongdan.config.reference_page import ReferencePage
from gongdan.web import errors
from gongdan.web.auth import STAFF
from gongdan.web.json_body import JSONAnswer, JSONBody
from gongdan.web.release import VERSION

# (module that has `router`, tag in the reference)
ROUTERS: tuple[tuple[str, str], ...] = (
    ("gongdan.desk.session", "Session"),
    ("gongdan.desk.tickets", "Tickets"),
    ("gongdan.desk.todo", "To do"),
    ("gongdan.desk.time", "Time"),
    ("gongdan.desk.attachments", "Tickets"),
    ("gongdan.desk.organisation", "Organisation"),
    ("gongdan.desk.people", "Organisation"),
    ("gongdan.desk.roles", "Organisation"),
    ("gongdan.desk.catalogue", "Catalogue"),
    ("gongdan.desk.customers", "Customers"),
    ("gongdan.desk.phone", "Telephone"),
    ("gongdan.desk.colleagues", "Telephone"),
    ("gongdan.desk.calls", "Calls"),
    ("gongdan.desk.callbacks", "Telephone"),
    ("gongdan.desk.board", "Telephone"),
    ("gongdan.desk.tokens", "Tokens"),
    ("gongdan.desk.flows", "Flows"),
    ("gongdan.desk.calendars", "Calendars"),
    ("gongdan.desk.policies", "Policies"),
    ("gongdan.modules.interception.api", "Interceptors"),
    ("gongdan.web.feed", "Events"),
    ("gongdan.web.feed_groups", "Events"),
    ("gongdan.web.listening", "Events"),
    ("gongdan.listeners.notify.api", "Notifications"),
    ("gongdan.listeners.webhooks.api", "Webhooks"),
    ("gongdan.channels.phone.api", "Telephone settings"),
    ("gongdan.channels.phone.api_line", "Telephone settings"),
    ("gongdan.channels.phone.api_signals", "Telephone signals"),
    ("gongdan.channels.phone.recordings_api", "Telephone"),
    ("gongdan.reports.line.api", "Measures of the line"),
)

DESCRIPTION = """Everything the desk can do, for programs too.

Send `Authorization: Bearer gdt_…`. Times are ISO 8601 in UTC. Refusals are `application/problem+json` with a stable
`code`. Whatever creates takes an `Idempotency-Key`. Lists answer `{items, next}`; pass `next` as `after` to go on.
"""


class Api(NinjaAPI):
    """Ninja's API, whose schema also says how operations refuse."""

    def get_openapi_schema(self, **kwargs: Any) -> OpenAPISchema:
        schema = super().get_openapi_schema(**kwargs)
        name_files(schema)
        add_problems(schema)
        return schema


def build() -> NinjaAPI:
    """The API with all its operations."""
    made = Api(
        title="Gongdan",
        version=VERSION,
        description=DESCRIPTION,
        docs=ReferencePage(),
        urls_namespace="api",
        auth=list(STAFF),
        parser=JSONBody(),
        renderer=JSONAnswer(),
    )
    errors.install(made)
    rooms.load()  # so that the page of listeners knows them

    @made.get("/health", auth=None, tags=["Health"], summary="Whether the server answers")
    def health(request: Any) -> dict[str, str]:
        return {"status": "ok"}

    for module, tag in ROUTERS:
        made.add_router("", importlib.import_module(module).router, tags=[tag])
    return made


api = build()
