"""A company with categories, and an import run in the process as the command line runs it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from gongdan.channels.importing import ways
from gongdan.channels.importing.mapping import read_mapping
from gongdan.channels.importing.running import Report, rejected_path, run
from gongdan.core.catalogue.actions import add_form_version, create_category
from gongdan.core.flow.publish import publish
from gongdan.kernel import reference
from gongdan.kernel.actor import Actor, system
from tests.company import Organisation
from tests.tickets import flows

SIMPLE = """flow: simple
nodes:
  intake: {kind: start}
  answer: {kind: task, handled_by: department of category, fields: {answer: required}}
  done: {kind: end}
edges:
  - intake -> answer -> done
"""
TEXT = {"max_length": 200}
FIELDS = [
    {"code": "line", "type": "text", "label": {"en": "Line"}},
    {"code": "speed", "type": "number", "label": {"en": "Speed"}},
    {"code": "since", "type": "date", "label": {"en": "Since"}},
    {"code": "again", "type": "boolean", "label": {"en": "Again"}},
    {"code": "answer", "type": "long_text", "label": {"en": "Answer"}},
]


@dataclass(frozen=True)
class Importer:
    """Writes a table and a mapping into `folder` and imports the one with the other."""

    folder: Path
    organisation: Organisation

    def table(self, text: str, name: str = "table.csv", encoding: str = "utf-8") -> Path:
        path = self.folder / name
        path.write_bytes(text.encode(encoding))
        return path

    def mapping(self, text: str) -> Path:
        path = self.folder / "mapping.yaml"
        path.write_text(text, encoding="utf-8")
        return path

    def tickets(
        self, table: Path, mapping: str, *, actor: Actor | None = None, check: bool = False
    ) -> Report:
        read = read_mapping(self.mapping(mapping))
        way = ways.tickets_way(read, actor or system("import"))
        return run(table, read, way, lambda report, share: None, only_check=check)

    def customers(self, table: Path, mapping: str) -> Report:
        read = read_mapping(self.mapping(mapping))
        way = ways.customers_way(read, system("import"))
        return run(table, read, way, lambda report, share: None)

    @staticmethod
    def rejected(table: Path) -> str:
        path = rejected_path(table)
        return path.read_text(encoding="utf-8-sig") if path.exists() else ""


def prepare(organisation: Organisation) -> None:
    """Categories fault (own fields, one task) and grave (the long way, called back)."""
    actor = system("test")
    for code, document in (("simple", SIMPLE), ("complaint", flows.COMPLAINT)):
        publish(code, document, actor=actor)
    reference.forget()
    network = organisation.network.pk
    common = {"entry_department": network, "kind": "repair"}
    create_category(actor=actor, name="故障", code="fault", settings={**common, "flow": "simple"})
    create_category(actor=actor, name="宽带", code="broadband", parent="fault", settings={})
    add_form_version("fault", FIELDS, actor=actor)
    settings = {**common, "flow": "complaint", "callback_mode": "always"}
    create_category(actor=actor, name="严重", code="grave", settings=settings)
    reference.forget()


@pytest.fixture
def importer(organisation: Organisation, tmp_path: Path) -> Importer:
    prepare(organisation)
    return Importer(tmp_path, organisation)


@pytest.fixture
def in_company() -> Callable[[Organisation], None]:
    return prepare
