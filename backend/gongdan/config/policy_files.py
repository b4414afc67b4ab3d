"""Policies as readable files: {names, terms}, the file's name is the policy's code; `like` names a file beside it whose terms
count where this one leaves something out."""

from __future__ import annotations

from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from gongdan.core.sla.contracts import Terms
from gongdan.core.sla.models import Policy
from gongdan.core.sla.publish import create_policy, publish_version
from gongdan.core.tickets.policy_use import known_flows
from gongdan.kernel.actor import Actor
from gongdan.kernel.errors import Conflict, Invalid


def read_policy(folder: Path | Traversable, code: str) -> tuple[dict[str, str], Terms]:
    """The names and terms of `folder/code.yaml`. Raises Invalid policy_file_unusable with what is wrong."""
    document = _read(folder, code)
    given = _read(folder, str(document["like"]))["terms"] if "like" in document else {}
    try:
        return document["names"], Terms.model_validate(given | document["terms"])
    except ValidationError as error:
        first = error.errors()[0]
        raise _unusable(code, f"{'.'.join(map(str, first['loc']))}: {first['msg']}") from None


def publish_policy(folder: Path, code: str, *, actor: Actor) -> int | None:
    """Make the file the policy's current version, or the policy; answers its number, None if it says what is there."""
    names, terms = read_policy(folder, code)
    if not Policy.objects.filter(code=code).exists():
        return create_policy(code, names, terms, flows=known_flows(), actor=actor).number
    try:
        return publish_version(code, terms, flows=known_flows(), actor=actor).number
    except Conflict as conflict:
        if conflict.code != "policy_unchanged":
            raise
        return None


def _read(folder: Path | Traversable, code: str) -> dict[str, Any]:
    try:
        read = yaml.safe_load((folder / f"{code}.yaml").read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise _unusable(code, str(error).partition("\n")[0]) from None
    wrong = not isinstance(read, dict) or not isinstance(read.get("names"), dict)
    if wrong or not isinstance(read.get("terms"), dict):
        raise _unusable(code, "it must be {names: {…}, terms: {…}}")
    return dict(read)


def _unusable(code: str, why: str) -> Invalid:
    return Invalid("policy_file_unusable", f"The file {code}.yaml is no policy: {why}.", policy=code)
