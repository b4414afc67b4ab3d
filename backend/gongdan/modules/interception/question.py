"""The question an interceptor is asked, and getting its answer; no policy, no log."""

from __future__ import annotations

import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import msgspec
import structlog

from gongdan.core.ports import Proposal
from gongdan.kernel import clock, signing
from gongdan.modules.interception import answers, client, entry_points, threads
from gongdan.modules.interception.answers import Answer
from gongdan.modules.interception.book import Entry
from gongdan.web.release import VERSION

log = structlog.get_logger(__name__)
_encoder = msgspec.json.Encoder(enc_hook=str)


@dataclass(frozen=True, slots=True)
class Heard:
    """An answer, or the failure that stands for it. `args` are the verb's as they are now; `excerpt` of what came."""

    milliseconds: int
    answer: Answer | None = None
    failure: str = ""
    args: Mapping[str, Any] | None = None
    excerpt: str = ""


def ask(one: Entry, proposal: Proposal, args: Mapping[str, Any], proposal_id: str) -> Heard:
    """Ask it within its time limit, and apply what it changes to `args`. Never raises."""
    begin = time.perf_counter()
    excerpt = ""
    try:
        answer, excerpt = _answer(one, body_of(proposal, args, proposal_id))
        changed = answers.changed(proposal.verb, args, answer.changes, one.may_change)
        return Heard(_since(begin), answer, args=changed)
    except (answers.Nonsense, threads.Late, entry_points.Missing) as error:
        return Heard(_since(begin), failure=_clean(str(error)), excerpt=excerpt)
    except client.Failed as error:
        return Heard(_since(begin), failure=_clean(str(error)), excerpt=_text(error.excerpt))
    except Exception as error:  # an entry point may raise anything, and none may stop a verb by accident
        log.warning("interception.failed", interceptor=one.name, exc_info=error)
        return Heard(_since(begin), failure=f"it failed: {type(error).__name__}", excerpt=_clean(str(error)))


def _since(begin: float) -> int:
    return round((time.perf_counter() - begin) * 1000)


def body_of(proposal: Proposal, args: Mapping[str, Any], proposal_id: str) -> bytes:
    """The question as JSON: {proposal_id, at, verb, ticket, args, actor}."""
    return _encoder.encode(
        {
            "proposal_id": proposal_id,
            "at": clock.now(),
            "verb": proposal.verb,
            "ticket": proposal.ticket,
            "args": args,
            "actor": proposal.actor,
        }
    )


def _answer(one: Entry, body: bytes) -> tuple[Answer, str]:
    if one.kind == "python":
        value = threads.within(
            one.seconds,
            f"entry point {one.target}",
            lambda: entry_points.function_of(one.target)(msgspec.json.decode(body)),
        )
        return answers.understood(_as_json(value)), ""
    raw = client.post(one.target, body, _headers(one, body), seconds=one.seconds, networks=one.networks)
    try:
        return answers.read(raw), _text(raw)
    except answers.Nonsense as error:
        raise client.Failed(str(error), raw) from None


def _as_json(value: object) -> object:
    """What a function answered as it would have come by HTTP, so that both are read alike."""
    try:
        return msgspec.json.decode(_encoder.encode(value))
    except (TypeError, ValueError, RecursionError, msgspec.MsgspecError):
        raise answers.Nonsense("the answer cannot be said in JSON") from None


def _headers(one: Entry, body: bytes) -> dict[str, str]:
    now = clock.now()
    signed = signing.headers(signing.valid(one.keys, now), f"ask_{secrets.token_hex(12)}", now, body)
    return {
        "content-type": "application/json",
        "accept": "application/json",
        "accept-encoding": "identity",
        "user-agent": f"Gongdan/{VERSION}",
        **signed,
    }


def _text(raw: bytes) -> str:
    return _clean(raw[:500].decode(errors="replace"))


def _clean(text: str) -> str:
    """Without what no database keeps."""
    return text[:500].encode(errors="replace").decode().replace("\0", "�")
