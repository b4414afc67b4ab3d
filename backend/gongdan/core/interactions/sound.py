"""What a recording's file holds: its kind by its first bytes, and for WAV its length and the shape of its loudness. Pure
but for reading the file it is given.

Promise: never raises for what a file holds; what cannot be told is None, 0 or empty. Memory does not grow with the
file. WAV holds PCM of 8, 16, 24 or 32 bits, A-law or μ-law (https://www.rfc-editor.org/rfc/rfc2361, ITU-T G.711).
"""

from __future__ import annotations

import struct
import sys
from array import array
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import BinaryIO

MOST_PEAKS = 400
HEAD = 16  # bytes that `kind_of` wants
PIECE = 1 << 18  # bytes looked at in one go
PCM, A_LAW, MU_LAW, EXTENSIBLE = 1, 6, 7, 0xFFFE

_BEGINNINGS = (
    (b"OggS", "audio/ogg"),
    (b"ID3", "audio/mpeg"),
    (b"fLaC", "audio/flac"),
    (b"#!AMR", "audio/amr"),
    (b".snd", "audio/basic"),
    (b"\x1aE\xdf\xa3", "audio/webm"),
)


@dataclass(frozen=True, slots=True)
class Shape:
    """`seconds` whole, rounded; `peaks` from 0 to 100, at most MOST_PEAKS, evenly over the length."""

    seconds: int = 0
    peaks: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class _Form:
    code: int
    channels: int
    rate: int
    per_second: int  # bytes
    block: int  # bytes of one moment, all channels
    bits: int


def kind_of(head: bytes) -> str | None:
    """The content type by the file's first HEAD bytes; None: no sound we know."""
    if head[:4] == b"RIFF" and head[8:12] == b"WAVE":
        return "audio/wav"
    if head[4:8] == b"ftyp":
        return "audio/mp4"
    for beginning, kind in _BEGINNINGS:
        if head.startswith(beginning):
            return kind
    # MPEG audio without a tag: eleven bits set, a layer that exists, a rate that exists
    if len(head) > 2 and head[0] == 0xFF and head[1] & 0xE0 == 0xE0 and head[1] & 6 and head[2] >> 4 != 15:
        return "audio/mpeg"
    return None


def shape_of(file: BinaryIO, size: int) -> Shape:
    """Length and loudness of a WAV file of `size` bytes; an empty Shape for everything else."""
    try:
        return _shape(file, size)
    except (struct.error, ValueError, EOFError):
        return Shape()


def _shape(file: BinaryIO, size: int) -> Shape:
    file.seek(0)
    if kind_of(file.read(HEAD)) != "audio/wav":
        return Shape()
    form, begin, length = _chunks(file, size)
    if form is None or length <= 0 or form.per_second <= 0:
        return Shape()
    peaks = _peaks(file, form, begin, length)
    return Shape(round(length / form.per_second), peaks)


def _chunks(file: BinaryIO, size: int) -> tuple[_Form | None, int, int]:
    """The format, and where the sound begins and how many bytes it has. A recorder that was cut off wrote no length."""
    form, place = None, 12
    while place + 8 <= size:
        file.seek(place)
        name, length = struct.unpack("<4sI", file.read(8))
        place += 8
        if name == b"fmt ":
            form = _form(file.read(min(length, 40)))
        if name == b"data":
            left = size - place
            return form, place, length if 0 < length <= left else left
        place += length + (length & 1)
    return form, place, 0


def _form(raw: bytes) -> _Form:
    code, channels, rate, per_second, block, bits = struct.unpack("<HHIIHH", raw[:16])
    if code == EXTENSIBLE and len(raw) >= 26:
        code = struct.unpack("<H", raw[24:26])[0]
    return _Form(code, channels, rate, per_second, block, bits)


def _peaks(file: BinaryIO, form: _Form, begin: int, length: int) -> tuple[int, ...]:
    loudest = _reader(form)
    moments = length // form.block if form.block else 0
    if loudest is None or moments == 0:
        return ()
    count = min(MOST_PEAKS, moments)
    edges = [begin + moments * number // count * form.block for number in range(count + 1)]
    return tuple(_loudest(file, start, end, form.block, loudest) for start, end in pairwise(edges))


def _loudest(file: BinaryIO, start: int, end: int, block: int, loudest: Callable[[bytes], int]) -> int:
    """The loudest of a stretch, read piece by piece; pieces end between moments."""
    file.seek(start)
    step = max(block, PIECE // block * block)
    found = 0
    while start < end and (piece := file.read(min(step, end - start))):
        whole = len(piece) // block * block
        found = max(found, loudest(piece[:whole]) if whole else 0)
        start += len(piece)
    return found


def _reader(form: _Form) -> Callable[[bytes], int] | None:
    if form.code == PCM and form.bits in _PCM:
        return _PCM[form.bits]
    if form.code == A_LAW and form.bits == 8:
        return _loudest_a_law
    if form.code == MU_LAW and form.bits == 8:
        return _loudest_mu_law
    return None


def _percent(loudness: int, full: int) -> int:
    return min(100, round(100 * loudness / full))


def _signed(letter: str, piece: bytes) -> int:
    numbers = array(letter, piece)
    if sys.byteorder == "big":
        numbers.byteswap()
    loudest, softest = max(numbers), min(numbers)
    return max(loudest, -softest)


def _loudest_8(piece: bytes) -> int:
    return _percent(max(max(piece) - 128, 128 - min(piece)), 128)


def _loudest_16(piece: bytes) -> int:
    return _percent(_signed("h", piece), 1 << 15)


def _loudest_24(piece: bytes) -> int:
    """By the highest of the three bytes, which is enough for a picture."""
    return _percent(_signed("b", piece[2::3]), 1 << 7)


def _loudest_32(piece: bytes) -> int:
    return _percent(_signed("i", piece), 1 << 31)


def mu_law_loudness(code: int) -> int:
    """The loudness (0..32124) of a μ-law byte, by G.711."""
    plain = ~code & 0x7F
    return (((plain & 0x0F) << 3) + 0x84 << (plain >> 4)) - 0x84


def a_law_loudness(code: int) -> int:
    """The loudness (8..32256) of an A-law byte, by G.711."""
    plain = (code ^ 0x55) & 0x7F
    step, part = plain >> 4, (plain & 0x0F) << 4
    return part + 8 if step == 0 else (part + 0x108) << (step - 1)


_MU_LAW = bytes(_percent(mu_law_loudness(code), 32124) for code in range(256))
_A_LAW = bytes(_percent(a_law_loudness(code), 32256) for code in range(256))


def _loudest_mu_law(piece: bytes) -> int:
    return max(piece.translate(_MU_LAW))


def _loudest_a_law(piece: bytes) -> int:
    return max(piece.translate(_A_LAW))


_PCM: dict[int, Callable[[bytes], int]] = {8: _loudest_8, 16: _loudest_16, 24: _loudest_24, 32: _loudest_32}
