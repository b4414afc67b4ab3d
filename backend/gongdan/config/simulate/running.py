"""Runs an exchange for the command line: the day or the script, the phones as people sign in, the count now and then."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import signal
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from gongdan.config.simulate import script
from gongdan.config.simulate.company import Company, Desk
from gongdan.config.simulate.day import Hotline, busiest_rate, day
from gongdan.config.simulate.exchange import Exchange, Setup
from gongdan.config.simulate.model import Plan
from gongdan.config.simulate.queues import deal

LOOK_SECONDS = 1.0  # between two looks at who is signed in
LISTENERS_SECONDS = 15.0  # longer than the product takes to notice a system that was switched on
COUNT_SECONDS = 30.0
FIRST_CALL = 2.0
LAST_TALKS = 1800.0  # of the exchange's time, in which calls end that came in before the day was over
FURTHER = 88_000
EXTENSIONS = tuple(str(number) for number in range(8101, 8107))  # without a company

NOBODY = (
    "No database with a telephone system at this address: nobody listens until one is set up in Settings → Telephone → "
    "Systems with this host and port."
)

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What was asked for on the command line. `hours` None: an endless noon."""

    setup: Setup
    hours: tuple[float, float] | None = None
    rate: float | None = None
    seed: int = 1
    robots: int = 4
    numbers: tuple[str, ...] = ()
    scripted: bool = False
    play: bool = True


def began(hours: tuple[float, float] | None, speed: float) -> datetime:
    """When the exchange's time begins: so that the last talks of a day in faster time end before now, and nothing
    is in the future."""
    now = datetime.now(UTC)
    if hours is None or speed == 1:
        return now
    length = (hours[1] - hours[0]) * 3600 + LAST_TALKS
    return now - timedelta(seconds=length * (1 - 1 / speed if speed > 0 else 1))


def plans_of(wish: Wish, phones: int) -> Iterator[Plan]:
    """The calls to come; in an endless noon the first comes at once."""
    rate = wish.rate / max(1.0, wish.setup.speed) if wish.rate else busiest_rate(phones)
    plans = day(wish.seed, hours=wish.hours, rate=rate, numbers=wish.numbers, hotline=Hotline())
    if wish.hours is not None:
        return plans
    first = next(plans)
    shift = max(0.0, first.after - FIRST_CALL)
    return (replace(plan, after=plan.after - shift) for plan in itertools.chain([first], plans))


async def run(wish: Wish, company: Company | None, say: Say) -> Exchange:
    """Until the day is over, the script ends, or Ctrl-C."""
    desks = await asyncio.to_thread(company.desks) if company else [Desk(one) for one in EXTENSIONS]
    numbers = wish.numbers or (tuple(await asyncio.to_thread(company.numbers)) if company else ())
    queues = await asyncio.to_thread(company.queues) if company else []
    wish = replace(wish, numbers=numbers)
    people, names = tuple(one.number for one in desks), tuple(queues) or wish.setup.queues
    exchange = Exchange(replace(wish.setup, people=people, robots=(), queues=names))
    seat(exchange, desks, wish.robots)
    exchange.timeline.stand_still()
    await exchange.start()
    works = [asyncio.create_task(exchange.run())]
    try:
        if company is not None:
            await asyncio.to_thread(company.switch, active=True)
            works.append(asyncio.create_task(_follow(exchange, company, wish.robots)))
        _welcome(exchange, wish, company, say)
        works.append(asyncio.create_task(_count(exchange, say)))
        if company is not None:
            await _heard(exchange)
        # In real time the clock is everybody's: a ring that began while it stood would have rung for long.
        exchange.timeline.go_on(datetime.now(UTC) if wish.setup.speed == 1 else None)
        await _until_over(exchange, wish, works)
    finally:
        for work in works:
            work.cancel()
        if company is not None:
            await asyncio.to_thread(company.switch, active=False)
        await exchange.stop()
    return exchange


async def _heard(exchange: Exchange) -> None:
    """Until the product listens, so that it misses nothing; or it does not, for whatever reason."""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(LISTENERS_SECONDS):
            await exchange.dialect.server.listened.wait()


async def _until_over(exchange: Exchange, wish: Wish, works: list[asyncio.Task[None]]) -> None:
    told = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        with contextlib.suppress(NotImplementedError, RuntimeError):
            loop.add_signal_handler(number, told.set)
    ends: list[asyncio.Task[Any]] = [asyncio.create_task(told.wait())]
    if wish.play:
        exchange.play(plans_of(wish, sum(one.member for one in exchange.board.phones.values())))
        ends.append(asyncio.create_task(exchange.finished.wait()))
    if wish.scripted:
        ends.append(asyncio.create_task(_read_script(exchange)))
    await asyncio.wait([*ends, *works], return_when=asyncio.FIRST_COMPLETED)
    for end in ends:
        end.cancel()


async def _read_script(exchange: Exchange) -> None:
    loop = asyncio.get_running_loop()
    reader = asyncio.StreamReader()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    while line := await reader.readline():
        if line.strip():
            print(await script.obey(exchange, line.decode("utf-8", "replace")), flush=True)  # noqa: T201


def seat(exchange: Exchange, desks: list[Desk], robots: int) -> None:
    """Phones of people who are signed in are theirs; of the others `robots` are robots', nobody's first; the rest rest."""
    free = sorted((one for one in desks if not one.staffed), key=lambda one: one.owned)
    automatic = {one.number for one in free[:robots]}
    exchange.board.add_phones(
        [one.number for one in desks if one.number not in exchange.board.phones], robot=False
    )
    for one in desks:
        phone = exchange.board.phones[one.number]
        phone.robot = one.number in automatic
        phone.member = phone.robot or one.ready
        phone.paused = phone.paused and not phone.robot
    exchange.board.add_phones(_further(robots - len(automatic)), robot=True)


def _further(count: int) -> list[str]:
    """Extensions that nobody set up, for more robots than there are free phones."""
    return [str(FURTHER + place) for place in range(count)]


async def _follow(exchange: Exchange, company: Company, robots: int) -> None:
    """Look who has signed in, is ready, has left."""
    while True:
        await asyncio.sleep(LOOK_SECONDS)
        seat(exchange, await asyncio.to_thread(company.desks), robots)
        deal(exchange.board)


def _welcome(exchange: Exchange, wish: Wish, company: Company | None, say: Say) -> None:
    name = {"asterisk": "Asterisk (AMI)", "freeswitch": "FreeSWITCH (event socket)"}[exchange.setup.dialect]
    say(f"{name} listens on {exchange.setup.host}:{exchange.port}; recordings below {exchange.recordings}")
    if company is None:
        say(f"{NOBODY} User {exchange.setup.username}.")
        return
    say(f"The telephone system “{company.code}” is switched on while this runs.")
    people = [one.extension for one in exchange.board.phones.values() if not one.robot]
    if wish.play and people:
        say(
            f"Sign in at the desk to one of the extensions {', '.join(people)} and be ready: calls will ring there."
        )


async def _count(exchange: Exchange, say: Say) -> None:
    while True:
        await asyncio.sleep(COUNT_SECONDS)
        say(summary(exchange))


def summary(exchange: Exchange) -> str:
    """One line of what has happened."""
    truth, board = exchange.truth(), exchange.board
    waiting = sum(len(queue.waiting) for queue in board.queues.values())
    return (
        f"{exchange.timeline.now().astimezone():%H:%M:%S}  calls over {truth.calls}: answered {truth.talked}, "
        f"abandoned {truth.abandoned}; now {len(board.calls)}, waiting {waiting}"
    )
