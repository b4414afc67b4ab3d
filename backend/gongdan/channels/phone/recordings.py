"""Fetching recordings that a telephone system said it has. The phone process calls `fetch_some` now and then.

Promise: a recording is fetched by one process at a time and tried again for about a day; what came is kept whole and
checked by its first bytes, never by its name. One that never comes ends as failed, with the reason in words.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import structlog
from django.db import connection

from gongdan.channels.phone import recording_folder
from gongdan.channels.phone.recording_http import NotFetched, Place, fetched
from gongdan.core.interactions import sound_files
from gongdan.core.interactions.actions import recordings
from gongdan.core.interactions.actions.recordings import Due

MOST_BYTES = 512 * 1024 * 1024  # a recording
FOLDER = "recording_folder"  # of TelephoneSystem.settings

log = structlog.get_logger(__name__)


async def fetch_some(limit: int = 10) -> list[int]:
    """Fetch up to `limit` recordings whose time it is; answers whose pages must look anew, sorted."""
    return await asyncio.to_thread(_in_thread, limit)


def _in_thread(limit: int) -> list[int]:
    """The thread may be another one each time: it keeps no connection."""
    try:
        return fetch_now(limit)
    finally:
        connection.close()


def fetch_now(limit: int = 10) -> list[int]:
    """`fetch_some` for callers without an event loop. One is claimed after the other, for a claim ends by itself."""
    told: set[int] = set()
    for _ in range(limit):
        due = recordings.claim(1)
        if not due:
            break
        told |= _fetch(due[0])
    return sorted(told)


def _fetch(due: Due) -> frozenset[int]:
    try:
        with sound_files.spooled(_pieces(due), MOST_BYTES) as spool:
            return recordings.keep(due, spool)
    except NotFetched as error:
        log.info("recording.not_fetched", recording=due.id, why=str(error))
        return recordings.not_come(due, str(error), for_good=error.for_good)
    except sound_files.NoSound as error:
        log.info("recording.no_sound", recording=due.id, why=str(error))
        return recordings.not_come(due, str(error))
    except OSError as error:
        log.warning("recording.not_kept", recording=due.id, error=str(error))
        return recordings.not_come(due, "The recording could not be written to our disk; is it full?")


def _pieces(due: Due) -> Iterator[bytes]:
    where = due.url or due.ref
    folder = due.settings.get(FOLDER)
    if isinstance(folder, str) and folder and not where.startswith(("http://", "https://")):
        return recording_folder.read(folder, where)
    return fetched(where, Place(due.address, due.username, due.secret, due.allowed_networks))
