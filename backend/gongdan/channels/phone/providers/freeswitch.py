"""FreeSWITCH over its event socket (mod_event_socket, inbound mode): signals in, commands out.

Promise: whatever comes, nothing but OSError, EOFError and Refused leaves `run`; what cannot be read is kept as a fault;
a silent connection is noticed within QUIET + PATIENCE seconds. Events that come while it resynchronises wait for it.
"""

from __future__ import annotations

import asyncio
import secrets
from collections import deque
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

from gongdan.channels.phone.contract import CommandFailed, Intake, KnownCall, Refused, SystemSettings
from gongdan.channels.phone.intake import unreadable
from gongdan.channels.phone.providers import freeswitch_commands, freeswitch_sync
from gongdan.channels.phone.providers.freeswitch_commands import MAKERS, switch_of
from gongdan.channels.phone.providers.freeswitch_legs import sides_of
from gongdan.channels.phone.providers.freeswitch_protocol import (
    JSON,
    LONGEST_HEAD,
    PLAIN,
    Garbage,
    Message,
    event_of,
    read_message,
)
from gongdan.channels.phone.providers.freeswitch_reader import (
    HANDLERS,
    SUBCLASSES,
    Reader,
    moment_of,
    ways_of,
)
from gongdan.kernel import clock

CONNECTING = 5.0  # seconds for a connection and for signing in
CLOSING = 1.0  # seconds for a connection to close
QUIET, PATIENCE = 20.0, 10.0  # seconds without a word until it is asked, and until it counts as lost
ANSWERING = 3.0  # seconds for the answer to a command
JOB = 1.5  # seconds in which a command done in the background is seen to fail
MOST_ASKED = 500  # legs, whom they ring for
MOST_EARLY = 50_000  # events that wait while it resynchronises
NAMES = " ".join([*(name for name in HANDLERS if name != "CUSTOM"), "BACKGROUND_JOB", "CUSTOM", *SUBCLASSES])


class FreeswitchConnection:
    """One connection's life; see contract.Connection."""

    def __init__(
        self,
        settings: SystemSettings,
        intake: Intake,
        ready: Callable[[], None],
        live_calls: Callable[[], Awaitable[Mapping[str, KnownCall]]],
    ) -> None:
        self.settings, self.intake, self.ready, self.live_calls = settings, intake, ready, live_calls
        self.capabilities = frozenset(MAKERS)
        self.sides = sides_of(settings.settings, settings.extensions)
        self.reader = Reader(ways_of(self.sides, settings.settings))
        self.agents: dict[str, str] = {}
        self.writer: asyncio.StreamWriter | None = None
        self.waiting: deque[asyncio.Future[Message]] = deque()  # for the answers to what was sent, in order
        self.jobs: dict[str, asyncio.Future[str]] = {}
        self.early: deque[dict[str, str]] | None = deque()
        self.ahead = timedelta()  # of the switch's clock
        self.heard = 0.0
        self.handing_over = False  # while the intake has no room, silence is ours

    async def run(self) -> None:
        try:
            async with asyncio.timeout(CONNECTING):
                stream, self.writer = await asyncio.open_connection(
                    self.settings.host, self.settings.port, limit=LONGEST_HEAD
                )
                await self._sign_in(stream)
            await self._live(stream)
        except (Garbage, TimeoutError) as error:
            raise ConnectionError(str(error) or "it does not answer") from None
        finally:
            await self.close()

    async def close(self) -> None:
        for answer in self.waiting:
            _lose(answer)
        for job in self.jobs.values():
            _lose(job)
        self.waiting.clear()
        self.jobs.clear()
        writer, self.writer = self.writer, None
        if writer is not None:
            writer.close()
            with suppress(OSError):
                async with asyncio.timeout(CLOSING):
                    await writer.wait_closed()

    async def command(self, verb: str, args: Mapping[str, Any]) -> None:
        switch = switch_of(self.settings.settings, self.reader.state, self.sides, self.agents)
        line = freeswitch_commands.line_of(verb, args, switch)
        if verb not in self.capabilities:
            raise CommandFailed("the system cannot do this")
        self.reader.expect(line.dials, line.joins)
        giver = self.reader.state.legs.get(line.given_on[0]) if line.given_on else None
        try:
            answer = await (self._in_background(line.text) if line.background else self._api(line.text))
        except OSError as error:
            raise CommandFailed(str(error) or "no answer in time") from None
        if answer.startswith(("-ERR", "-USAGE")):
            raise CommandFailed(answer.strip()[:200])
        if line.given_on and giver is not None:  # which the switch itself may not tell
            told = self.reader.gave_on(giver, line.given_on[1], line.text, self._time())
            await self.intake.take(told)

    # -- signing in ------------------------------------------------------------------------------------------------

    async def _sign_in(self, stream: asyncio.StreamReader) -> None:
        try:
            greeting = await read_message(stream)
        except EOFError:
            raise ConnectionError("it closed the connection at once") from None
        if greeting.kind == "text/rude-rejection":
            raise Refused("its access list refuses our address")
        if greeting.kind != "auth/request":
            raise Refused("what answers there is not the event socket of a FreeSWITCH")
        if "\n" in self.settings.secret or "\r" in self.settings.secret:
            raise Refused("the password holds a line break")
        who = self.settings.username
        word = f"userauth {who}:{self.settings.secret}" if "@" in who else f"auth {self.settings.secret}"
        await self._asked(stream, word, "the password is wrong")
        await self._asked(stream, f"event json {NAMES}", "it lets us hear no events")

    async def _asked(self, stream: asyncio.StreamReader, line: str, else_words: str) -> None:
        self._send(line)
        while (message := await read_message(stream)).kind in (PLAIN, JSON):
            await self._event(message)
        if not message.headers.get("Reply-Text", "").startswith("+OK"):
            raise Refused(else_words)

    # -- the conversation ------------------------------------------------------------------------------------------

    async def _live(self, stream: asyncio.StreamReader) -> None:
        """Until one of its works fails; reading ends with the connection."""
        works = [self._read(stream), self._resynchronise(), self._keep_alive()]
        pending = {asyncio.create_task(work) for work in works}
        try:
            while pending:
                done, pending = await asyncio.wait(pending, return_when=asyncio.FIRST_COMPLETED)
                for one in done:
                    one.result()
        finally:
            for one in pending:
                one.cancel()
            await asyncio.gather(*pending, return_exceptions=True)

    async def _read(self, stream: asyncio.StreamReader) -> None:
        now = asyncio.get_running_loop().time
        self.heard = now()
        while True:
            message = await read_message(stream)
            self.heard = now()
            if message.kind in (PLAIN, JSON):
                await self._event(message)
            elif message.kind in ("command/reply", "api/response"):
                if self.waiting:
                    self._answered(self.waiting.popleft(), message)
            elif message.kind == "text/disconnect-notice":
                raise EOFError("it said goodbye")

    @staticmethod
    def _answered(future: asyncio.Future[Message], message: Message) -> None:
        if not future.done():
            future.set_result(message)

    async def _event(self, message: Message) -> None:
        now = clock.now()
        try:
            event = event_of(message)
        except ValueError as error:
            await self.intake.take([unreadable(message.body, now, str(error)[:200])])
            return
        self.ahead = moment_of(event, now) - now
        if event["Event-Name"] == "BACKGROUND_JOB":
            job = self.jobs.pop(event.get("Job-UUID", ""), None)
            if job is not None and not job.done():
                job.set_result(event.get("_body", ""))
        elif self.early is not None:
            self.early.append(event)
            if len(self.early) > MOST_EARLY:
                raise ConnectionError("too many events came before its calls were known")
        else:
            await self._take(event)

    async def _take(self, event: dict[str, str]) -> None:
        found = self.reader.read(event, clock.now())
        if found:
            self.handing_over = True
            await self.intake.take(found)
            self.handing_over = False

    async def _resynchronise(self) -> None:
        await self._in_background("version")  # whose event shows the switch's clock
        answer = await self._api("show channels as json")
        try:
            rows = freeswitch_sync.rows_of(answer)
        except ValueError:
            raise ConnectionError("it does not list its channels") from None
        await self._learn_agents()
        members = await self._members(rows)
        known = await self.live_calls()
        found = freeswitch_sync.resync(self.reader.state, self.sides, rows, known, members, self._time())
        await self.intake.take(found)
        while self.early:
            await self._take(self.early.popleft())
        self.early = None
        self.ready()

    def _time(self) -> datetime:
        """By the switch's clock, as its last event showed it."""
        return clock.now() + self.ahead

    async def _members(self, rows: Sequence[freeswitch_sync.Row]) -> dict[str, str]:
        """Legs that ring for somebody in a queue, by the leg of who waits: a list of channels does not say it."""
        found = {}
        for leg in freeswitch_sync.lonely(rows, self.sides)[:MOST_ASKED]:
            answer = (await self._api(f"uuid_getvar {leg} cc_member_session_uuid")).strip()
            if answer and not answer.startswith(("-", "_")):
                found[leg] = answer
        return found

    async def _learn_agents(self) -> None:
        """The queue module's names of agents; without that module nobody can be paused."""
        answer = await self._api("callcenter_config agent list")
        self.agents = freeswitch_sync.agents_of(answer)
        if not self.agents:
            self.capabilities -= {"pause", "unpause"}

    async def _keep_alive(self) -> None:
        while True:
            await asyncio.sleep(QUIET / 2)
            if not self.handing_over and asyncio.get_running_loop().time() - self.heard >= QUIET:
                async with asyncio.timeout(PATIENCE):
                    await self._ask("api version", seconds=None)

    # -- asking ----------------------------------------------------------------------------------------------------

    def _send(self, line: str, *headers: str) -> None:
        if self.writer is None:
            raise ConnectionError("the connection was lost")
        lines = (line, *headers)
        if any(char in one for one in lines for char in "\n\r\0"):
            raise CommandFailed("a command is one line")
        self.writer.write(("\n".join(lines) + "\n\n").encode())

    async def _ask(self, line: str, *headers: str, seconds: float | None = ANSWERING) -> Message:
        future: asyncio.Future[Message] = asyncio.get_running_loop().create_future()
        self._send(line, *headers)
        self.waiting.append(future)
        async with asyncio.timeout(seconds):
            return await future

    async def _api(self, line: str) -> str:
        return (await self._ask(f"api {line}")).body.decode("utf-8", "replace")

    async def _in_background(self, line: str) -> str:
        """What came of it, if that is known soon; else that it was accepted."""
        job = secrets.token_hex(16)
        done: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        self.jobs[job] = done
        try:
            reply = await self._ask(f"bgapi {line}", f"Job-UUID: {job}")
            text = reply.headers.get("Reply-Text", "")
            if not text.startswith("+OK"):
                return text or "-ERR no answer"
            with suppress(TimeoutError):
                async with asyncio.timeout(JOB):
                    return await asyncio.shield(done)
            return text
        finally:
            self.jobs.pop(job, None)


def _lose(future: asyncio.Future[Any]) -> None:
    if not future.done():
        future.set_exception(ConnectionError("the connection was lost"))
        future.exception()  # whether anybody still waits for it or not
