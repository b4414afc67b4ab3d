"""The exchange as Asterisk: its manager interface over TCP.

docs.asterisk.org, Configuration, Interfaces, Asterisk Manager Interface (AMI): the greeting, Login (plain, or MD5
after Challenge), Logoff, Events, Ping; `FullyBooted` after the login; a failed login ends the connection; before it
everything else is refused with "Permission denied".
"""

from __future__ import annotations

import hashlib
import secrets

from gongdan.config.simulate import serving
from gongdan.config.simulate.asterisk_actions import ACTIONS, Action
from gongdan.config.simulate.asterisk_events import events_of
from gongdan.config.simulate.asterisk_words import Event, event, snapshot, unique_id
from gongdan.config.simulate.model import Channel, Happening
from gongdan.config.simulate.serving import Client, Server
from gongdan.config.simulate.switchboard import Switchboard
from gongdan.config.simulate.talks import CannotDo

GREETING = b"Asterisk Call Manager/9.0.0\r\n"


def written(headers: Event) -> bytes:
    """As it goes over the wire; a value's line breaks would be headers of their own."""
    lines = (
        f"{name}: {str(value).replace(chr(13), ' ').replace(chr(10), ' ')}\r\n" for name, value in headers
    )
    return "".join(lines).encode() + b"\r\n"


class AsteriskDialect:
    """Renders happenings to everyone signed in, and reads actions."""

    def __init__(self, board: Switchboard, username: str, secret: str) -> None:
        self.board, self.username, self.secret = board, username, secret
        self.server = Server(self.speak)
        self._originated: dict[Channel, str] = {}
        self._kept_back: list[bytes] | None = None  # while an action is done: its response goes first
        board.listeners.append(self.hear)

    def hear(self, happening: Happening) -> None:
        if not self.server.clients:
            return
        self._publish(b"".join(written(one) for one in events_of(happening)))
        if happening.channel in self._originated and happening.kind in ("state", "hangup"):
            self._report_origination(happening)

    async def speak(self, client: Client) -> None:
        client.send(GREETING)
        while lines := await serving.read_block(client.reader):
            action = Action(serving.headers(lines))
            if not self._do(client, action):
                return
            await client.drain()

    def _do(self, client: Client, action: Action) -> bool:
        """Carry it out and answer; False ends the connection."""
        match action.name:
            case "login":
                return self._login(client, action)
            case "challenge":
                client.challenge = str(secrets.randbelow(10**9))
                _respond(client, action, "Success", [("Challenge", client.challenge)])
                return True
            case "logoff":
                _respond(client, action, "Goodbye", [("Message", "Thanks for all the fish.")])
                return False
            case _ if not client.signed_in:
                _respond(client, action, "Error", [("Message", "Permission denied")])
                return True
        self._signed_in(client, action)
        return True

    def _login(self, client: Client, action: Action) -> bool:
        if not self._may_enter(client, action):
            _respond(client, action, "Error", [("Message", "Authentication failed")])
            return False
        client.signed_in = True
        self.server.listened.set()
        client.events = action.get("Events").lower() not in ("off", "no", "false", "0")
        _respond(client, action, "Success", [("Message", "Authentication accepted")])
        booted: Event = [("Uptime", 100), ("LastReload", 100), ("Status", "Fully Booted")]
        client.send(written(event("FullyBooted", "system", self.board.timeline.now(), booted)))
        return True

    def _may_enter(self, client: Client, action: Action) -> bool:
        if action.get("Username") != self.username:
            return False
        if action.get("AuthType").upper() == "MD5":
            wanted = hashlib.md5((client.challenge + self.secret).encode()).hexdigest()  # noqa: S324  the protocol's
            return bool(client.challenge) and action.get("Key") == wanted
        return action.get("Secret") == self.secret

    def _signed_in(self, client: Client, action: Action) -> None:
        now = self.board.timeline.now().timestamp()
        match action.name:
            case "ping":
                _respond(client, action, "Success", [("Ping", "Pong"), ("Timestamp", f"{now:.6f}")])
            case "events":
                client.events = action.get("EventMask").lower() not in ("off", "no", "false", "0")
                _respond(client, action, "Success", [("Events", "On" if client.events else "Off")])
            case "coresettings":
                _respond(client, action, "Success", [("AMIversion", "9.0.0"), ("AsteriskVersion", "20.0.0")])
            case "getvar":
                _respond(client, action, "Success", [("Variable", action.get("Variable")), ("Value", "")])
            case "userevent":
                _respond(client, action, "Success", [("Message", "Event Sent")])
            case name if name in ACTIONS:
                self._act(client, action)
            case _:
                _respond(client, action, "Error", [("Message", "Invalid/unknown command")])

    def _act(self, client: Client, action: Action) -> None:
        self._kept_back = []
        try:
            self._respond_to(client, action)
        finally:
            kept, self._kept_back = self._kept_back, None
            self._publish(b"".join(kept))

    def _respond_to(self, client: Client, action: Action) -> None:
        try:
            message, listed = ACTIONS[action.name](self.board, action)
        except CannotDo as problem:
            _respond(client, action, "Error", [("Message", str(problem))])
            return
        list_follows: Event = [("EventList", "start")] if listed else []
        _respond(client, action, "Success", [*list_follows, ("Message", message)])
        for one in listed:
            client.send(written([one[0], *_action_id(action), *one[1:]]))
        if action.name == "originate":
            newest = max(self.board.channels(), key=lambda one: one.serial)
            self._originated[newest] = action.id

    def _report_origination(self, happening: Happening) -> None:
        """OriginateResponse, once the phone was picked up or not."""
        channel = happening.who
        if happening.kind == "state" and channel.state != "up":
            return
        reached = happening.kind == "state"
        words: Event = [("ActionID", self._originated.pop(channel))]
        words += [("Response", "Success" if reached else "Failure"), *snapshot(channel)[:1]]
        words += [("Context", "from-internal"), ("Exten", channel.aim), ("Reason", 4 if reached else 3)]
        words += [("Uniqueid", unique_id(channel)), ("CallerIDNum", channel.number)]
        self._publish(written(event("OriginateResponse", "call", happening.at, words)))

    def _publish(self, data: bytes) -> None:
        if self._kept_back is not None:
            self._kept_back.append(data)
            return
        for client in self.server.clients:
            if client.signed_in and client.events:
                client.send(data)


def _action_id(action: Action) -> Event:
    return [("ActionID", action.id)] if action.id else []


def _respond(client: Client, action: Action, response: str, more: Event) -> None:
    client.send(written([("Response", response), *_action_id(action), *more]))
