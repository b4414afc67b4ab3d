"""A scripted Asterisk: a TCP server that speaks as its manager interface is documented, and misbehaves when told to.

Sources: https://docs.asterisk.org/Configuration/Interfaces/Asterisk-Manager-Interface-AMI/ and the pages of AMI actions
and events in the same place. Its transcripts are written by hand from them.
"""

from __future__ import annotations

import hashlib
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

BANNER = b"Asterisk Call Manager/9.0.0\r\n"
CHALLENGE = "840415273"
USER, SECRET = "gongdan", "very secret words"
Headers = dict[str, str]


def written(headers: Headers) -> bytes:
    return "".join(f"{name}: {value}\r\n" for name, value in headers.items()).encode() + b"\r\n"


def event(name: str, at: float, channel: str = "", unique: str = "", linked: str = "", **more: str) -> bytes:
    """An event of a channel at a time in seconds since 1970."""
    said = {"Event": name, "Privilege": "call,all", "Timestamp": f"{at:.6f}"}
    who = {"Channel": channel, "Uniqueid": unique, "Linkedid": linked or unique} if channel else {}
    return written({**said, **who, **{key.replace("_", "-"): value for key, value in more.items()}})


def read(data: bytes) -> Headers:
    lines = (line.partition(":") for line in data.decode().split("\r\n") if ":" in line)
    return {name.strip(): value.strip() for name, _, value in lines}


class Peer:
    """`actions`: what was asked, in order, without signing in and pings. Its lists and its manners may be changed."""

    def __init__(self) -> None:
        self.server = socket.create_server(("127.0.0.1", 0))
        self.port: int = self.server.getsockname()[1]
        self.banner = BANNER
        self.challenges = True  # whether it knows the MD5 challenge
        self.answers = True  # whether it answers anything at all
        self.channels: list[Headers] = []
        self.waiting: list[Headers] = []
        self.refusals: dict[str, str] = {}
        self.actions: list[Headers] = []
        self.logins: list[Headers] = []
        self.lines: list[socket.socket] = []
        self.came = 0
        threading.Thread(target=self._accept, daemon=True).start()

    def say(self, *data: bytes) -> None:
        """To everybody connected."""
        for line in list(self.lines):
            line.sendall(b"".join(data))

    def hang_up(self) -> None:
        """Close every connection."""
        for line in self.lines:
            with suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)
            line.close()
        self.lines.clear()

    def close(self) -> None:
        with suppress(OSError):
            self.server.shutdown(socket.SHUT_RDWR)  # wakes who waits in accept
        self.server.close()
        self.hang_up()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                line, _ = self.server.accept()
                self.came += 1
                threading.Thread(target=self._serve, args=[line], daemon=True).start()

    def _serve(self, line: socket.socket) -> None:
        with suppress(OSError), line:
            line.sendall(self.banner)
            rest = b""
            while data := line.recv(65536):
                rest += data
                while b"\r\n\r\n" in rest:
                    block, _, rest = rest.partition(b"\r\n\r\n")
                    self._obey(line, read(block))
            if line in self.lines:
                self.lines.remove(line)

    def _obey(self, line: socket.socket, asked: Headers) -> None:
        if not self.answers:
            return
        name, number = asked["Action"], asked.get("ActionID", "")
        match name:
            case "Challenge" if self.challenges:
                self._respond(line, number, Challenge=CHALLENGE)
            case "Challenge":
                self._respond(line, number, "Error", Message="Invalid/unknown command")
            case "Login":
                self._let_in(line, asked)
            case "Ping":
                self._respond(line, number, Ping="Pong")
            case "CoreShowChannels":
                self._list(line, number, self.channels, "CoreShowChannelsComplete")
            case "QueueStatus":
                self._list(line, number, self.waiting, "QueueStatusComplete")
            case _:
                self.actions.append(asked)
                refusal = self.refusals.get(name)
                if refusal:
                    self._respond(line, number, "Error", Message=refusal)
                else:
                    self._respond(line, number, Message="done")

    def _let_in(self, line: socket.socket, asked: Headers) -> None:
        self.logins.append(asked)
        key = hashlib.md5(f"{CHALLENGE}{SECRET}".encode(), usedforsecurity=False).hexdigest()
        known = asked.get("Key") == key or asked.get("Secret") == SECRET
        if asked.get("Username") != USER or not known:
            self._respond(line, asked["ActionID"], "Error", Message="Authentication failed")
            line.close()
            return
        self._respond(line, asked["ActionID"], Message="Authentication accepted")
        line.sendall(written({"Event": "FullyBooted", "Status": "Fully Booted"}))
        self.lines.append(line)

    def _list(self, line: socket.socket, number: str, rows: list[Headers], end: str) -> None:
        self._respond(line, number, EventList="start", Message="follows")
        for row in rows:
            line.sendall(written({"Event": row["Event"], "ActionID": number, **row}))
        line.sendall(written({"Event": end, "ActionID": number, "EventList": "Complete"}))

    def _respond(self, line: socket.socket, number: str, response: str = "Success", **more: str) -> None:
        line.sendall(written({"Response": response, "ActionID": number, **more}))


@contextmanager
def peer() -> Iterator[Peer]:
    made = Peer()
    try:
        yield made
    finally:
        made.close()
