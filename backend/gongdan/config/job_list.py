"""Every job the worker knows, on one page. A job may run more than once and must not mind."""

from __future__ import annotations

import structlog
from django.db import connections

from gongdan.core.tickets.policy_use import apply_version
from gongdan.kernel import jobs, reference
from gongdan.kernel.actor import system

log = structlog.get_logger(__name__)


APPLY_POLICY = "policies.apply"
NAMES = (APPLY_POLICY,)


@jobs.job(APPLY_POLICY)
def apply_policy(code: str, number: int, asked_by: int | None = None) -> None:
    """Bring a policy's version to the open tickets it touches; `asked_by` is the administrator's id."""
    try:
        reference.refresh()
        count = apply_version(code, number, actor=system("policies"))
        log.info("policies.applied", policy=code, number=number, count=count, asked_by=asked_by)
    finally:
        connections.close_all()
