"""What a person set on their desk: language, theme, favourites. Not part of the trail."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from gongdan.core.staff.models import Staff


@transaction.atomic
def keep_preferences(staff_id: int, changes: Mapping[str, Any]) -> dict[str, Any]:
    """Change what is given (None removes it); returns all preferences."""
    person = Staff.objects.select_for_update(no_key=True).only("preferences").get(pk=staff_id)
    merged = {**person.preferences, **changes}
    person.preferences = {name: value for name, value in merged.items() if value is not None}
    person.save(update_fields=["preferences"])
    return person.preferences
