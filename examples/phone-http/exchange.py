"""A telephone system that speaks the HTTP interface, in one file and with nothing to install.

    export GONGDAN_PHONE_KEY=whsec_…        # shown once when the system is set up
    python exchange.py send https://desk.example/api/v1/phone/systems/other/signals < signals.jsonl
    python exchange.py listen 9000          # prints the commands that pages ask for

`send` reads one JSON object per line and sends each until it is accepted; the same line always has the same
`webhook-id`, so nothing is counted twice, however often it is sent.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import os
import sys
import time
import urllib.error
import urllib.request
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

TOLERANCE = 300  # seconds
AGAIN = (1, 5, 30, 120, 600)  # seconds to wait between tries
NO_USE = range(400, 429)  # answers that stay the same however often one asks


def signature(key: str, message_id: str, timestamp: str, body: bytes) -> str:
    """`v1,` and the base64 of HMAC-SHA256 over "id.timestamp.body"; the key is base64 after `whsec_`."""
    secret = base64.b64decode(key.removeprefix("whsec_"))
    signed = f"{message_id}.{timestamp}.".encode() + body
    return "v1," + base64.b64encode(hmac.new(secret, signed, hashlib.sha256).digest()).decode()


def headers(key: str, message_id: str, body: bytes) -> dict[str, str]:
    timestamp = str(int(time.time()))
    return {
        "Content-Type": "application/json",
        "webhook-id": message_id,
        "webhook-timestamp": timestamp,
        "webhook-signature": signature(key, message_id, timestamp, body),
    }


def is_genuine(key: str, sent: Any, body: bytes) -> bool:
    """Whether a command was signed with our key within the last five minutes. Remember ids to refuse replays."""
    message_id, timestamp = sent.get("webhook-id", ""), sent.get("webhook-timestamp", "0")
    if not timestamp.isdecimal() or abs(time.time() - int(timestamp)) > TOLERANCE:
        return False
    mine = signature(key, message_id, timestamp, body)
    return any(hmac.compare_digest(mine, one) for one in sent.get("webhook-signature", "").split())


def send(address: str, key: str, signal: dict[str, Any]) -> dict[str, Any]:
    """Send one signal until it is accepted; the answer is {accepted, repeated, faults}."""
    body = json.dumps(signal, ensure_ascii=False).encode()
    message_id = "sig_" + hashlib.sha256(body).hexdigest()[:32]
    for pause in (*AGAIN, None):
        request = urllib.request.Request(address, body, headers(key, message_id, body))  # noqa: S310
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310
                return dict(json.load(answer))
        except urllib.error.HTTPError as error:
            if error.code in NO_USE or pause is None:
                raise SystemExit(f"refused: {error.code} {error.read().decode(errors='replace')}") from None
        except OSError as error:
            if pause is None:
                raise SystemExit(f"not reached: {error}") from None
        time.sleep(pause)
    raise AssertionError("unreachable")


def do(command: dict[str, Any]) -> str:
    """Where a real system would act. Return what went wrong, or nothing."""
    print(json.dumps(command, ensure_ascii=False), flush=True)
    return "" if command.get("command") != "hold" else "this line cannot be held"


class Commands(BaseHTTPRequestHandler):
    """What comes to the control address."""

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        if not is_genuine(os.environ["GONGDAN_PHONE_KEY"], self.headers, body):
            self.answer(401, {"ok": False, "error": "not signed"})
            return
        error = do(json.loads(body))
        self.answer(200, {"ok": not error} | ({"error": error} if error else {}))

    def answer(self, status: int, said: dict[str, Any]) -> None:
        body = json.dumps(said).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        pass


def main(arguments: list[str]) -> None:
    match arguments:
        case ["send", address]:
            for line in filter(str.strip, sys.stdin):
                answer = send(address, os.environ["GONGDAN_PHONE_KEY"], json.loads(line))
                print(json.dumps(answer), flush=True)
        case ["listen", port]:
            server = HTTPServer(("127.0.0.1", int(port)), Commands)
            print(f"listening on {server.server_port}", flush=True)
            server.serve_forever()
        case _:
            raise SystemExit(__doc__)


if __name__ == "__main__":
    main(sys.argv[1:])
