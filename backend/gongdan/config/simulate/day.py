"""A day of the hotline as it will come in: who calls when, what they choose, how long they wait and talk. Pure.

The same seed gives the same day. Arrivals are a Poisson process whose rate follows the hour; talks are log-normal, so
that most are short and one in ten is long.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

from gongdan.config.simulate.model import Plan, Transfer

# How much comes in within each hour of the day, against the busiest.
PROFILE = (
    *(0.05, 0.03, 0.02, 0.02, 0.03, 0.06, 0.15, 0.35),
    *(0.70, 0.95, 1.00, 0.85, 0.55, 0.60, 0.85, 0.95),
    *(0.90, 0.75, 0.60, 0.55, 0.50, 0.40, 0.25, 0.12),
)
MEAN_TALK = 185.0
LOAD = 0.72  # how much of the phones' time the busiest hour takes
WITHHELD = ("anonymous", "Anonymous", "unknown", "")
STRANGERS = 900  # numbers nobody knows: 199 0000 9xxx


@dataclass(frozen=True, slots=True)
class Hotline:
    """What can be dialled and chosen. `menu`: digit, its word, its share."""

    line: str = "4008001234"
    queue: str = "hotline"
    menu: tuple[tuple[str, str, float], ...] = (
        ("1", "业务咨询", 0.34),
        ("2", "故障报修", 0.38),
        ("3", "投诉建议", 0.14),
        ("0", "人工服务", 0.14),
    )


def busiest_rate(phones: int) -> float:
    """Calls per second that keep so many phones busy in the busiest hour."""
    return max(1, phones) * LOAD / (MEAN_TALK + 35.0)


def day(
    seed: int,
    *,
    hours: tuple[float, float] | None,
    rate: float,
    numbers: Sequence[str] = (),
    hotline: Hotline | None = None,
) -> Iterator[Plan]:
    """The calls of a day from its first hour on, `after` in seconds from there; without hours an endless noon.

    `rate`: calls per second in the busiest hour. `numbers`: the company's customers.
    """
    random = Random(f"arrivals {seed}")  # noqa: S311  the same day again is wanted
    at, nth = 0.0, 0
    said: list[str] = []
    while True:
        at += random.expovariate(rate)
        if hours is not None:
            clock = hours[0] + at / 3600
            if clock >= hours[1]:
                return
            if random.random() > PROFILE[int(clock) % 24]:
                continue
        nth += 1
        plan = caller(Random(f"call {seed} {nth}"), at, numbers, said, hotline or Hotline())  # noqa: S311
        said.append(plan.number)
        yield plan


def caller(
    random: Random, at: float, numbers: Sequence[str], earlier: Sequence[str], hotline: Hotline
) -> Plan:
    """One call's people."""
    digit, label = _choice(random, hotline)
    talk = max(12.0, random.lognormvariate(math.log(MEAN_TALK) - 0.32, 0.8))
    held = random.random() < 0.18 and talk > 40
    begin = random.uniform(0.2, 0.6) * talk
    return Plan(
        after=at,
        number=_number(random, numbers, earlier),
        line=hotline.line,
        menu="" if random.random() < 0.03 else digit,
        label=label,
        menu_seconds=random.uniform(4, 14),
        queue=hotline.queue,
        patience=random.uniform(1, 5) if random.random() < 0.01 else 20 + random.expovariate(1 / 140),
        pick_up=random.uniform(1.5, 7),
        miss=random.random() < 0.04,
        refuse=random.random() < 0.01,
        talk=talk,
        hold=(begin, random.uniform(8, min(60.0, 0.3 * talk + 8))) if held else None,
        transfer=_transfer(random) if talk > 60 else "",
        agent_ends=random.random() < 0.35,
        recorded=random.random() < 0.97,
        recording_comes=random.random() < 0.96,
    )


def _choice(random: Random, hotline: Hotline) -> tuple[str, str]:
    left = random.random()
    for digit, label, share in hotline.menu:
        left -= share
        if left <= 0:
            return digit, label
    return hotline.menu[-1][:2]


def _number(random: Random, numbers: Sequence[str], earlier: Sequence[str]) -> str:
    kind = random.random()
    if kind < 0.04:
        return random.choice(WITHHELD)
    if kind < 0.16 and earlier:
        return random.choice(earlier[-60:])
    if kind < 0.76 and numbers:
        return random.choice(numbers)
    return f"19900009{random.randrange(STRANGERS):03d}"


def _transfer(random: Random) -> Transfer:
    kind = random.random()
    if kind < 0.03:
        return "blind"
    if kind < 0.06:
        return "attended"
    return "conference" if kind < 0.07 else ""
