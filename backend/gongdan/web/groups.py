"""Consumer groups: a reader's place in the feed, kept with us and moved only by the reader.

Promise: reading moves nothing; committing does, and only forwards unless forced, so what was not committed is read
again. A group is a place, not a queue: two readers of one group are given the same events, and whoever committed
further wins. A group is its owner's; who has admin.integrations sees all of them.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q

from gongdan.core.staff.grants import StaffGrants
from gongdan.kernel import clock
from gongdan.kernel.errors import Conflict, Invalid, NotFound
from gongdan.outbox import feed, lag
from gongdan.outbox.feed import Cursor
from gongdan.web.event_filter import Filter
from gongdan.web.models import FeedGroup

RIGHT = "admin.integrations"
MOST = 50  # groups of one person
SHOWN = 500
usable = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}").fullmatch


def group_of(name: str, asker: StaffGrants) -> FeedGroup:
    """One's own group, or anybody's with the right. Raises NotFound("unknown_group")."""
    found: FeedGroup | None = _visible(asker).filter(name=name).first()
    if found is None:
        raise NotFound("unknown_group", f"There is no group “{name}”.", name=name)
    return found


def groups_of(asker: StaffGrants) -> list[dict[str, Any]]:
    """One's own groups, or everybody's with the right, by name. Two statements."""
    return shown(list(_visible(asker).order_by("name")[:SHOWN]))


def shown(groups: Sequence[FeedGroup]) -> list[dict[str, Any]]:
    """Groups as the API answers them. One statement."""
    behind = lag.lags({one.name: place_of(one) for one in groups})
    return [_shown(one, behind) for one in groups]


def put(name: str, wanted: Filter, begin: str | None, asker: StaffGrants) -> tuple[FeedGroup, bool]:
    """Make a group that begins at `begin` (None or "now": now; "": the beginning), or give one's own another filter:
    then its place stays. (group, whether it is new). Raises unusable_name, name_taken, too_many_groups, invalid_cursor.
    """
    if not usable(name):
        raise Invalid("unusable_name", "A name has a-z, 0-9, “.”, “_” and “-”, 64 at most.", field="name")
    filters = _columns(wanted)
    changed = _visible(asker).filter(name=name).update(**filters)
    if changed:
        return group_of(name, asker), False
    place = feed.position() if begin in {None, "now"} else require_reached(Cursor.parse(begin or ""))
    if FeedGroup.objects.filter(owner_id=asker.staff_id).count() >= MOST:
        raise Conflict("too_many_groups", f"You have {MOST} groups; remove some.", most=MOST)
    now = clock.now()
    try:
        with transaction.atomic():
            made = FeedGroup.objects.create(
                name=name, owner_id=asker.staff_id, xact=place.xact, event_id=place.id,
                moved_at=now, created_at=now, **filters,
            )  # fmt: skip
    except IntegrityError:
        raise Conflict("name_taken", f"The name “{name}” is taken.", name=name) from None
    return made, True


def commit(name: str, cursor: Cursor, *, force: bool, asker: StaffGrants) -> Cursor:
    """Everything up to `cursor` was read; committing the same twice does no harm. Raises unknown_group, invalid_cursor
    for a place the feed has not reached, and Conflict("cursor_backwards") unless `force`."""
    require_reached(cursor)
    mine = _visible(asker).filter(name=name)
    not_after = Q(xact__lt=cursor.xact) | Q(xact=cursor.xact, event_id__lte=cursor.id)
    moving = mine if force else mine.filter(not_after)
    if not moving.update(xact=cursor.xact, event_id=cursor.id, moved_at=clock.now()):
        here = place_of(group_of(name, asker))
        raise Conflict("cursor_backwards", "The group is further already.", cursor=str(here))
    return cursor


def remove(name: str, asker: StaffGrants) -> None:
    """End it, and within seconds its streams. Raises unknown_group."""
    group_of(name, asker).delete()


def still_there(ids: Collection[int]) -> set[int]:
    """Those of the groups that were not removed. One statement."""
    return set(FeedGroup.objects.filter(pk__in=ids).values_list("pk", flat=True))


def place_of(group: FeedGroup) -> Cursor:
    """How far it has read."""
    return Cursor(group.xact, group.event_id)


def filter_of(group: FeedGroup) -> Filter:
    """What it wants."""
    return Filter(tuple(group.types), group.subject, group.ticket, group.condition)


def require_reached(cursor: Cursor) -> Cursor:
    """The cursor, if the feed has come so far: a place beyond the end would pass over what is to come."""
    if cursor > feed.position():
        raise Invalid("invalid_cursor", "The feed has not come that far.", field="cursor")
    return cursor


def _visible(asker: StaffGrants) -> Any:
    everybody = FeedGroup.objects.select_related("owner")
    return everybody if RIGHT in asker.rights else everybody.filter(owner_id=asker.staff_id)


def _columns(wanted: Filter) -> dict[str, Any]:
    return {
        "types": list(wanted.types),
        "subject": wanted.subject,
        "ticket": wanted.ticket,
        "condition": wanted.condition,
    }


def _shown(group: FeedGroup, behind: Mapping[str, lag.Lag]) -> dict[str, Any]:
    return {
        "name": group.name,
        "owner": {"id": group.owner_id, "name": group.owner.name},
        **_columns(filter_of(group)),
        "cursor": str(place_of(group)),
        "lag": behind[group.name],
        "moved_at": group.moved_at,
        "created_at": group.created_at,
    }
