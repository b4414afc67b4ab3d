"""A receiver that answers at once and costs little: notes when which number (#7# in the body) came first.

Says {"port": n, "hanging": n}, the latter a port that never answers; for each line on stdin it says {"arrived":
{number: time}} and forgets; ends when stdin does.
"""

from __future__ import annotations

import asyncio
import json
import re
import sys
import time

ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
NUMBER = re.compile(rb"#(\d+)#").search
arrived: dict[str, float] = {}


class Hook(asyncio.Protocol):
    """One connection."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        self.data = b""

    def data_received(self, data: bytes) -> None:
        self.data += data
        while (end := self.data.find(b"\r\n\r\n")) >= 0:
            head = self.data[:end].lower()
            start = head.index(b"content-length:") + 15
            stop = head.find(b"\r\n", start)
            length = int(head[start : stop if stop >= 0 else None])
            if len(self.data) < end + 4 + length:
                return
            found = NUMBER(self.data[end : end + 4 + length])
            if found:
                arrived.setdefault(found[1].decode(), time.time())
            self.data = self.data[end + 4 + length :]
            self.transport.write(ANSWER)


async def main() -> None:
    server = await asyncio.get_running_loop().create_server(Hook, "127.0.0.1", 0)
    silent = await asyncio.get_running_loop().create_server(asyncio.Protocol, "127.0.0.1", 0)
    ports = [one.sockets[0].getsockname()[1] for one in (server, silent)]
    say({"port": ports[0], "hanging": ports[1]})
    while await asyncio.to_thread(sys.stdin.readline):
        say({"arrived": arrived})
        arrived.clear()


def say(value: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(value) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    asyncio.run(main())
