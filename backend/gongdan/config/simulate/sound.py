"""Recordings to be fetched: small WAV files (8 kHz, 16 bit, one channel) made when asked for, served over HTTP.

Nobody says anything in them: two voices are tones that take turns, so that a wave form shows who talked when.
"""

from __future__ import annotations

import array
import asyncio
import io
import math
import wave
from random import Random

from gongdan.config.simulate import serving
from gongdan.config.simulate.serving import Client, Server

RATE = 8000
LONGEST_SECONDS = 12


def wav(name: str, seconds: float) -> bytes:
    """The recording of that name, the same at every call."""
    random = Random(name)  # noqa: S311
    samples = array.array("h")
    wanted = int(max(1.0, min(seconds, LONGEST_SECONDS)) * RATE)
    voice = 0
    while len(samples) < wanted:
        voice = 1 - voice
        _say(samples, random, (180.0, 260.0)[voice], random.uniform(0.4, 1.6))
        samples.extend([0] * int(random.uniform(0.1, 0.5) * RATE))
    made = io.BytesIO()
    with wave.open(made, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(samples[:wanted].tobytes())
    return made.getvalue()


def _say(samples: array.array[int], random: Random, pitch: float, seconds: float) -> None:
    length, loud = int(seconds * RATE), random.uniform(4000, 14000)
    step, swell = 2 * math.pi * pitch / RATE, 2 * math.pi * random.uniform(2, 5) / RATE
    samples.extend(int(loud * abs(math.sin(n * swell)) * math.sin(n * step)) for n in range(length))


class RecordingServer:
    """GET /recordings/<name>: the file, or 404 for those that never come."""

    def __init__(self) -> None:
        self.server = Server(self._speak)
        self.files: dict[str, float] = {}  # name: seconds

    def address(self, host: str) -> str:
        return f"http://{host}:{self.server.port}/recordings/"

    async def _speak(self, client: Client) -> None:
        while lines := await serving.read_block(client.reader):
            method, _, rest = lines[0].partition(" ")
            name = rest.partition(" ")[0].rpartition("/")[2]
            seconds = self.files.get(name)
            if method not in ("GET", "HEAD") or seconds is None:
                client.send(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")
                continue
            body = await asyncio.to_thread(wav, name, seconds)
            head = f"HTTP/1.1 200 OK\r\nContent-Type: audio/wav\r\nContent-Length: {len(body)}\r\n\r\n"
            client.send(head.encode() + (body if method == "GET" else b""))
            await client.drain()
