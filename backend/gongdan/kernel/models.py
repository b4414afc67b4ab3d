"""The reference revision: one row that every change of reference data bumps, by triggers."""

from __future__ import annotations

from django.db import models


class ReferenceRevision(models.Model):
    """A single row (id 1). A process drops its cached reference data when `revision` differs from what it saw."""

    revision = models.BigIntegerField(default=0)
