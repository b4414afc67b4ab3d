"""WAV files for tests, made by hand from the format's description."""

from __future__ import annotations

import struct
from array import array
from collections.abc import Sequence

PCM, A_LAW, MU_LAW = 1, 6, 7


def wav(sound: bytes, *, code: int = PCM, channels: int = 1, rate: int = 8000, bits: int = 16) -> bytes:
    """A file with this sound; the data chunk comes after one that says nothing."""
    block = channels * bits // 8
    form = struct.pack("<HHIIHH", code, channels, rate, rate * block, block, bits)
    chunks = _chunk(b"fmt ", form) + _chunk(b"LIST", b"odd") + _chunk(b"data", sound)
    return b"RIFF" + struct.pack("<I", 4 + len(chunks)) + b"WAVE" + chunks


def _chunk(name: bytes, content: bytes) -> bytes:
    return name + struct.pack("<I", len(content)) + content + b"\0" * (len(content) & 1)


def pcm(*moments: int) -> bytes:
    """16-bit samples."""
    return array("h", moments).tobytes()


def steps(loudness: Sequence[int], seconds: int, rate: int = 8000) -> bytes:
    """So many seconds of 16-bit sound in as many equal stretches as there are loudnesses (0..32767)."""
    each = seconds * rate // len(loudness)
    return b"".join(pcm(one, -one) * (each // 2) for one in loudness)
