"""Asterisk by its manager interface (AMI): events to signals, commands to actions. Asterisk 16 or newer.

Settings: `trunks`, `extension_pattern`, `technology` (see asterisk_channels), `context` (where numbers are dialled;
from-internal), `notify` (desk phones obey NOTIFY talk/hold), `tls`, `tls_ca`. docs/phone.md shows manager.conf.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from gongdan.channels.phone.contract import CommandFailed, Intake, KnownCall, SystemSettings
from gongdan.channels.phone.intake import unreadable
from gongdan.channels.phone.providers import asterisk_commands
from gongdan.channels.phone.providers.asterisk_channels import sides_of
from gongdan.channels.phone.providers.asterisk_protocol import Garbage, Message
from gongdan.channels.phone.providers.asterisk_reader import Reader
from gongdan.channels.phone.providers.asterisk_resync import learn
from gongdan.channels.phone.providers.asterisk_session import Session, connected, log_in
from gongdan.core.interactions.contracts import RawSignal
from gongdan.kernel import clock

MOST_GARBAGE = 50  # in a row, without one message among it
MOST_EARLY = 5000  # events kept while the lists are asked for


class AsteriskConnection:
    """A `contract.Connection`."""

    def __init__(
        self,
        settings: SystemSettings,
        intake: Intake,
        ready: Callable[[], None],
        live_calls: Callable[[], Awaitable[Mapping[str, KnownCall]]],
    ) -> None:
        self.settings = settings
        self.intake = intake
        self.ready = ready
        self.live_calls = live_calls
        self.sides = sides_of(settings.settings, settings.extensions)
        self.capabilities = asterisk_commands.able(settings.settings)
        self.reader = Reader(self.sides)
        self.session: Session | None = None
        self.early: list[tuple[Message, datetime]] = []
        self.in_step = asyncio.Event()
        self.garbage = 0

    async def run(self) -> None:
        """See contract.Connection."""
        session = self.session = await connected(self.settings, self._heard)
        reading = asyncio.create_task(session.read())
        others = [asyncio.create_task(self._begin(session)), asyncio.create_task(session.keep_alive())]
        try:
            while not reading.done():
                waited = [reading, *(one for one in others if not one.done())]
                done, _ = await asyncio.wait(waited, return_when=asyncio.FIRST_COMPLETED)
                for one in done:
                    one.result()
        finally:
            for one in (reading, *others):
                one.cancel()
            await asyncio.gather(reading, *others, return_exceptions=True)
            await session.close()

    async def _begin(self, session: Session) -> None:
        """Sign in, find out what goes on, and then let events through."""
        await log_in(session, self.settings)
        try:
            channels = await session.items("CoreShowChannels")
            waiting = await session.items("QueueStatus")
        except TimeoutError:
            raise OSError("it does not tell its channels") from None
        now = clock.now()
        learned = learn(self.reader.view, channels, waiting, await self.live_calls(), now)
        await self.intake.take(learned)
        await self._take_early()
        self.ready()

    async def _take_early(self) -> None:
        early, self.early = self.early, []
        self.in_step.set()
        await self.intake.take([one for event, at in early for one in self.reader.read(event, at)])

    async def _heard(self, messages: Sequence[Message | Garbage]) -> None:
        now = clock.now()
        found: list[RawSignal] = []
        for one in messages:
            if isinstance(one, Garbage):
                self.garbage += 1
                found.append(unreadable(one.raw, now, one.why))
                if self.garbage > MOST_GARBAGE:
                    break
                continue
            self.garbage = 0
            if self.in_step.is_set():
                found += self.reader.read(one, now)
            else:
                self.early.append((one, now))
        if found:
            await self.intake.take(found)
        if self.garbage > MOST_GARBAGE:
            raise OSError("it sends nothing that can be read")
        if len(self.early) >= MOST_EARLY:
            await self.in_step.wait()

    async def command(self, verb: str, args: Mapping[str, Any]) -> None:
        """See contract.Connection."""
        if self.session is None:
            raise CommandFailed("Asterisk is not connected.")
        wanted = asterisk_commands.actions(
            verb, args, self.settings.settings, self.sides, self.reader.view.state
        )
        for action, headers in wanted:
            try:
                answer = await self.session.request(action, headers)
            except ValueError as error:
                raise CommandFailed(str(error)) from None
            if answer.get("response") != "Success":
                raise CommandFailed(answer.get("message") or f"Asterisk refused {action}.")

    async def close(self) -> None:
        """See contract.Connection."""
        if self.session is not None:
            await self.session.close()
