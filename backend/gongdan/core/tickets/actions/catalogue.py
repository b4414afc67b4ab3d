"""Loads every verb, so that the registry is whole. Who runs or lists verbs imports `VERBS` from here."""

from __future__ import annotations

from gongdan.core.tickets.actions import (  # noqa: F401  each registers its verb
    accept,
    acknowledge_card,
    appeal_card,
    append,
    attach,
    call_back,
    cancel,
    close,
    co_handle,
    consult,
    countersign,
    decide_extension,
    edit,
    extend,
    force_end,
    link,
    note,
    pause,
    process,
    reopen,
    reply,
    resolve,
    resume,
    return_ticket,
    submit,
    supervision,
    transfer,
    uphold_card,
    urge,
    withdraw,
    withdraw_card,
)
from gongdan.core.tickets.actions.registry import VERBS

__all__ = ["VERBS"]
