"""An exchange that runs: its time, its people, its dialect's server, its recordings; and the handles for tests.

`async with exchange(dialect="asterisk") as x:` listens on free loopback ports. `x.ring_in(…)`, `x.answer("8001")` and
so on move it by hand; `Setup.plans` lets a day happen by itself.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from gongdan.config.simulate import acts, handing, talks
from gongdan.config.simulate.asterisk import AsteriskDialect
from gongdan.config.simulate.freeswitch import FreeSwitchDialect
from gongdan.config.simulate.model import By, Call, Channel, Happening, Plan
from gongdan.config.simulate.robots import Robots
from gongdan.config.simulate.sound import RecordingServer
from gongdan.config.simulate.switchboard import Switchboard
from gongdan.config.simulate.talks import CannotDo
from gongdan.config.simulate.timeline import Timeline
from gongdan.config.simulate.truth import Truth, truth_of

USERNAME, SECRET = "gongdan", "gongdan-demo"  # of the demo company's systems
QUEUES = ("hotline",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Setup:
    """`people`: extensions whose phones only commands move; `robots`: those that behave by the call's plan.

    `plans`: calls that come in by themselves; `speed` 0 runs as fast as it can. `begin`: the exchange's time at the
    start, now if not given.
    """

    dialect: str = "asterisk"
    host: str = "127.0.0.1"
    port: int = 0
    media_port: int = 0
    username: str = USERNAME
    secret: str = SECRET
    people: tuple[str, ...] = ("8001", "8002", "8003")
    robots: tuple[str, ...] = ()
    queues: tuple[str, ...] = QUEUES
    speed: float = 1.0
    begin: datetime | None = None
    plans: Callable[[], Iterable[Plan]] | None = None


class Exchange:
    """Made by `exchange`. Every method may raise CannotDo."""

    def __init__(self, setup: Setup) -> None:
        self.setup = setup
        self.timeline = Timeline(setup.begin or datetime.now(UTC), setup.speed)
        self.board = Switchboard(self.timeline)
        self.board.add_phones(setup.people, robot=False)
        self.board.add_phones(setup.robots, robot=True)
        for name in setup.queues:
            self.board.queue(name)
        self.robots = Robots(self.board)
        self.media = RecordingServer()
        self.dialect = _dialect(setup, self.board)
        self.finished = asyncio.Event()  # all plans' calls are over
        self._plans: Iterator[Plan] | None = None
        self._shift = 0.0
        self.board.listeners.append(self._keep_recording)
        self.board.on_end = self._look_whether_over

    @property
    def port(self) -> int:
        return self.dialect.server.port

    @property
    def recordings(self) -> str:
        """The address below which recordings are served."""
        return self.media.address(self.setup.host)

    async def start(self) -> None:
        await self.media.server.start(self.setup.host, self.setup.media_port)
        await self.dialect.server.start(self.setup.host, self.setup.port)

    async def stop(self) -> None:
        await self.dialect.server.stop()
        await self.media.server.stop()

    async def run(self) -> None:
        """Let time go by until cancelled."""
        try:
            await self.timeline.run(self.dialect.server.drain)
        finally:
            self.finished.set()  # so that nobody waits for a time that stands still

    def play(self, plans: Iterable[Plan] | None = None) -> None:
        """Let the planned calls come in from now on."""
        source = plans if plans is not None else self.setup.plans() if self.setup.plans else ()
        self._plans, self._shift = iter(source), 0.0
        self._next()

    def _next(self) -> None:
        plan = next(self._plans, None) if self._plans is not None else None
        if plan is None:
            self._plans = None
            self._look_whether_over()
            return
        wait, self._shift = plan.after - self._shift, plan.after
        self.timeline.after(wait, lambda: self._arrive(plan))

    def _arrive(self, plan: Plan) -> None:
        self.robots.ring_in(plan)
        self._next()

    def _look_whether_over(self, call: Call | None = None) -> None:
        if self._plans is None and not self.board.calls:
            self.finished.set()

    def _keep_recording(self, happening: Happening) -> None:
        if happening.kind == "recorded" and happening.facts["comes"]:
            self.media.files[happening.facts["file"]] = happening.facts["seconds"]

    # By hand: tests, walks, `--script`.

    def ring_in(
        self,
        number: str,
        line: str = "4008001234",
        *,
        menu: str = "",
        label: str = "",
        queue: str = "hotline",
        ring: str = "",
        **more: Any,
    ) -> Call:
        """A call comes in; it waits in `queue` and rings at `ring` if given, else at whoever is free. No patience is
        lost and nobody hangs up by themselves unless `more` (fields of Plan) says so."""
        words = {"menu": menu, "label": label, "menu_seconds": 0.2 if menu else 0.0}
        plan = Plan(**{"number": number, "line": line, "queue": queue, "ring": ring, **words, **more})
        return acts.ring_in(self.board, plan)

    def phone(self, extension: str) -> Channel:
        """The channel that rings there, else the latest that talks there."""
        phone = self.board.phones.get(extension.upper())
        if phone is None or not phone.lines:
            raise CannotDo(f"no call at {extension}")
        return phone.ringing or phone.lines[-1]

    def answer(self, extension: str) -> None:
        acts.answer(self.board, self.phone(extension))

    def hold(self, extension: str, *, held: bool = True) -> None:
        talks.hold(self.board, self.phone(extension), held=held)

    def hang_up(self, who: str | Call, by: By | None = None) -> None:
        """An extension puts down, or a call's customer."""
        channel = self.phone(who) if isinstance(who, str) else who.customer
        if channel is None:
            raise CannotDo("the call has no customer")
        acts.hang_up(self.board, channel, by or ("agent" if channel.extension else "customer"))

    def transfer(self, extension: str, to: str) -> None:
        """Blind."""
        handing.blind(self.board, self.phone(extension), to)

    def consult(self, extension: str, to: str) -> None:
        handing.consult(self.board, self.phone(extension), to)

    def complete(self, extension: str) -> None:
        handing.complete(self.board, self.phone(extension))

    def cancel(self, extension: str) -> None:
        handing.cancel_consult(self.board, self.phone(extension))

    def conference(self, extension: str, to: str) -> None:
        handing.conference(self.board, self.phone(extension), to)

    def dial(self, extension: str, number: str, **more: Any) -> Call:
        """The phone calls `number`, as if dialled on it."""
        return acts.originate(self.board, extension, number, Plan(**more)).call

    def drop_connections(self) -> None:
        self.dialect.server.drop()

    def garbage(self, data: bytes) -> None:
        self.dialect.server.send_all(data)

    def forget_call(self, call: Call) -> None:
        """As after a restart: gone, and nobody is told."""
        self.board.forget(call)

    def truth(self) -> Truth:
        """What really happened to the calls that are over."""
        return truth_of(self.board.ended)


def _dialect(setup: Setup, board: Switchboard) -> AsteriskDialect | FreeSwitchDialect:
    if setup.dialect == "asterisk":
        return AsteriskDialect(board, setup.username, setup.secret)
    if setup.dialect == "freeswitch":
        return FreeSwitchDialect(board, setup.secret)
    raise ValueError(f"no dialect {setup.dialect}")


@contextlib.asynccontextmanager
async def exchange(setup: Setup | None = None, **more: Any) -> AsyncIterator[Exchange]:
    """An exchange that listens and whose time runs. `more`: fields of Setup. Planned calls wait for `play`."""
    made = Exchange(setup or Setup(**more))
    await made.start()
    running = asyncio.create_task(made.run())
    try:
        yield made
    finally:
        running.cancel()
        await made.stop()
        with contextlib.suppress(asyncio.CancelledError):
            await running
