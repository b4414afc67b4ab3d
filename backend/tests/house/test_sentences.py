"""Every code a refusal can carry has a sentence in each of the desk's languages, filled with what the server sends."""

from __future__ import annotations

import ast
import json
import re
from typing import Any

import pytest

from gongdan.web.errors import FIELD_CODES, PLAIN
from tests.house.sources import PROJECT, calls, modules, words

LOCALES = ("zh-Hans", "en", "zh-Hant")
REFUSALS = {
    "GongdanError",
    "Invalid",
    "NotFound",
    "Forbidden",
    "Conflict",
    "TooMany",
    "Mistake",
    "EngineError",
}
# Codes put together at run time: where, and what they can be.
PUT_TOGETHER = {
    "core/tickets/actions/transfer.py": {"unknown_department", "unknown_team"},
    "core/catalogue/forms.py": {"unknown_person", "unknown_attachment"},
}
NOT_FOR_THE_DESK = {"config/"}  # the command line speaks for itself


def codes() -> dict[str, set[str]]:
    """Every code, and the parameters that all its refusals send."""
    found: dict[str, set[str]] = {code: set() for code, _ in PLAIN.values()}
    found |= {code: set() for code in (*FIELD_CODES.values(), "invalid")}
    found |= {code: set() for some in PUT_TOGETHER.values() for code in some}
    for path, tree in modules():
        if path.startswith(tuple(NOT_FOR_THE_DESK)):
            continue
        for name, call in calls(tree):
            for code in said(name, call):
                given = {keyword.arg for keyword in call.keywords if keyword.arg}
                params = found.setdefault(code, given)
                params &= given
        for code in handed_on(tree):
            found.setdefault(code, set())
    return found


def said(name: str, call: ast.Call) -> list[str]:
    if name in REFUSALS:
        return words(call.args[:1])
    return words(call.args[1:2]) if name == "problem" else []


def handed_on(tree: ast.Module) -> list[str]:
    """Codes given to a helper that raises them: `_one(rows, id, "unknown_x", …)`, `raise_it(code="…")`."""
    helpers = {
        function.name: [argument.arg for argument in function.args.args].index("code")
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef)
        and "code" in [argument.arg for argument in function.args.args]
        and any(
            name in REFUSALS and isinstance(call.args[0], ast.Name)
            for name, call in calls(function)
            if call.args
        )
    }
    return [
        code
        for name, call in calls(tree)
        if name in helpers
        for code in words(call.args[helpers[name] :][:1])
    ]


def sentences(locale: str) -> dict[str, str]:
    text = (PROJECT / "frontend" / "src" / "locales" / locale / "errors.json").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


@pytest.mark.parametrize("locale", LOCALES)
def test_every_code_has_a_sentence(locale: str) -> None:
    assert sorted(codes().keys() - sentences(locale).keys()) == []


def test_the_languages_have_the_same_sentences() -> None:
    assert sentences("zh-Hans").keys() == sentences("en").keys() == sentences("zh-Hant").keys()


@pytest.mark.parametrize("locale", LOCALES)
def test_sentences_are_filled_only_with_what_every_refusal_sends(locale: str) -> None:
    sent = codes()
    wrong = {}
    for code, sentence in sentences(locale).items():
        wanted = set(re.findall(r"\{(\w+)\}", sentence))
        if code in sent and wanted - sent[code]:
            wrong[code] = wanted - sent[code]
    assert wrong == {}
