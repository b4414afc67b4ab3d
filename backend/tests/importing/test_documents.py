"""`gongdan import flows|policies`: documents become versions in any installation; the warning complaint (C3) too."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from gongdan.config.cli import importing
from gongdan.config.cli.environment import EnvironmentProblem
from gongdan.config.demo import fields
from gongdan.core.catalogue.actions import add_form_version
from gongdan.core.flow.models import Flow
from gongdan.core.sla.models import Policy
from gongdan.core.staff.roles import create_role
from gongdan.kernel import reference
from gongdan.kernel.actor import system
from tests.importing.conftest import Importer

READY = Path(str(resources.files("gongdan.config.demo"))) / "policy_documents"
FLOW = Path(str(resources.files("gongdan.core.flow"))) / "demo" / "warning_complaint.yaml"


@pytest.fixture(autouse=True)
def here(monkeypatch: pytest.MonkeyPatch, importer: Importer) -> None:
    """The test's database is the database, with a company in it."""
    monkeypatch.setattr(importing, "use_database", lambda: None)


def gongdan_import(*words: str | Path) -> Result:
    return CliRunner().invoke(importing.app, [str(word) for word in words], catch_exceptions=False)


def flow_for_this_company(folder: Path) -> Path:
    text = FLOW.read_text(encoding="utf-8")
    text = text.replace("department hotline", "department network").replace(", form: warning", "")
    made = folder / FLOW.name
    made.write_text(text, encoding="utf-8")
    return made


def test_the_warning_complaint_is_brought_in_and_brought_in_again(tmp_path: Path) -> None:
    flow = flow_for_this_company(tmp_path)
    refused = gongdan_import("flows", flow)
    assert refused.exit_code == 1
    assert "there is no role 'callback_agent'" in refused.output
    create_role(
        code="callback_agent", name="回访员", rights=["callback.work"], scope="team", actor=system("test")
    )
    field = next(one for one in fields.WARNING if one["code"] == "complexity")
    add_form_version("fault", [field], actor=system("test"))
    reference.forget()
    done = gongdan_import("flows", flow)
    assert done.output == "warning_complaint: version 1 is published.\n"
    reference.forget()
    files = READY / "warning_simple.yaml", READY / "warning.yaml"
    assert gongdan_import("policies", *files).output.count("version 1 is published.") == 2
    assert gongdan_import("policies", *files).output == "warning_simple: unchanged.\nwarning: unchanged.\n"
    assert Flow.objects.filter(code="warning_complaint").exists()
    simple, whole = (Policy.objects.get(code=code).current for code in ("warning_simple", "warning"))
    assert simple is not None
    assert whole is not None
    assert simple.terms["process"] == whole.terms["process"]
    assert simple.terms["first_response"]["amount"] == 2


def test_what_is_no_policy_is_refused_with_its_place(tmp_path: Path) -> None:
    file = tmp_path / "odd.yaml"
    file.write_text("names: {zh-Hans: 怪}\nterms: {process: {amount: -1}}\n", encoding="utf-8")
    refused = gongdan_import("policies", file)
    assert refused.exit_code == 1
    assert "process.amount" in refused.output
    with pytest.raises(EnvironmentProblem, match="There is no file"):
        gongdan_import("policies", tmp_path / "nowhere.yaml")
    file.write_text("- 1\n", encoding="utf-8")
    assert "it must be" in gongdan_import("policies", file).output
    assert not Policy.objects.filter(code="odd").exists()
