"""Own fields that hold files: one's own uploads become the ticket's, a stranger's are refused."""

from __future__ import annotations

from io import BytesIO

import pytest

from gongdan.core.catalogue.models import Category, FormVersion
from gongdan.core.tickets.models import Attachment
from tests.tickets.conftest import World


@pytest.fixture
def with_file_field(world: World) -> World:
    category = Category.objects.get(code="consultation")
    fields = [{"code": "photo", "type": "attachment", "label": {"zh-Hans": "照片"}}]
    category.form_version = FormVersion.objects.create(category=category, number=1, fields=fields)
    category.save()
    return world


def _uploaded(world: World) -> int:
    file = BytesIO(b"\x89PNG")
    file.name = "照片.png"
    return int(world.by(world.o.agent).upload("/attachments", file=file)["id"])


def test_a_file_in_a_field_becomes_the_tickets(with_file_field: World) -> None:
    world = with_file_field
    file = _uploaded(world)
    number = world.number("consultation", fields={"photo": [file]})
    assert Attachment.objects.get(pk=file).ticket is not None
    assert world.page(world.o.clerk, number)["attachments"][0]["id"] == file
    assert world.by(world.o.clerk).get(f"/attachments/{file}").status == 200


def test_somebody_elses_file_is_refused(with_file_field: World) -> None:
    world = with_file_field
    answer = world.open("consultation", by=world.o.agent_two, fields={"photo": [_uploaded(world)]})
    assert (answer.status, answer.code) == (422, "invalid_fields")
    assert answer["errors"][0]["field"] == "photo"
