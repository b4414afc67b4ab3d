"""The organisation: departments, teams, people, roles and their rights."""

from __future__ import annotations

from ninja import Router

router = Router()
