"""A sample integration: it is asked before complaints are opened, and told of everything afterwards.

Needs Python 3.11 and nothing else. Two addresses:

    POST /intercept   refuses a complaint that names no order, and tags one that does
    POST /webhook     prints each event once, as a line of JSON

Both check the signature (https://www.standardwebhooks.com). The keys come from the environment, as Gongdan showed them
when the interceptor and the webhook were set up; two, parted by a space, while a key is being rotated:

    INTERCEPTOR_KEY=whsec_… WEBHOOK_KEY=whsec_… python server.py 8765
"""

from __future__ import annotations

import base64
import hmac
import json
import os
import re
import sys
import threading
import time
from collections import OrderedDict
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

ORDER = re.compile(r"(?<![A-Z0-9])[A-Z]{2}\d{8}(?!\d)")  # what an order number looks like here: AB12345678
TAG = "有订单"
TOLERANCE = 300  # seconds that clocks may differ, and a message may be old
REMEMBERED = 10_000  # message ids, to know a repetition
LARGEST = 1024 * 1024


def signed(headers: Any, body: bytes, keys: list[bytes], now: float) -> bool:
    """Whether one of the keys signed this, lately."""
    message, sent = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "")
    if not sent.isdecimal() or abs(now - int(sent)) > TOLERANCE:
        return False
    text = f"{message}.{sent}.".encode() + body
    wanted = {base64.b64encode(hmac.digest(key, text, "sha256")).decode() for key in keys}
    given = [one.partition(",") for one in headers.get("webhook-signature", "").split()]
    return any(
        version == "v1" and hmac.compare_digest(one, signature)
        for version, _, signature in given
        for one in wanted
    )


def keys_of(text: str) -> list[bytes]:
    """The keys in `whsec_… whsec_…`."""
    return [base64.b64decode(one.removeprefix("whsec_"), validate=True) for one in text.split()]


def decide(question: dict[str, Any]) -> dict[str, Any]:
    """The answer to an interceptor's question. Registered for the verb open with the condition `kind is complaint`."""
    args = question["args"]
    if not ORDER.search(args["body"]):
        return {"decision": "refuse", "sentence": "投诉须写明订单号（两个大写字母和八位数字）。"}
    tags = args.get("tags", [])
    if TAG in tags:
        return {"decision": "allow"}
    return {"decision": "change", "changes": {"tags": [*tags, TAG]}}


class Heard:
    """Remembers message ids: every message comes at least once, so some come twice."""

    def __init__(self) -> None:
        self.ids: OrderedDict[str, None] = OrderedDict()
        self.lock = threading.Lock()

    def first_time(self, message_id: str) -> bool:
        with self.lock:
            if message_id in self.ids:
                return False
            self.ids[message_id] = None
            if len(self.ids) > REMEMBERED:
                self.ids.popitem(last=False)
            return True


HEARD = Heard()


class Handler(BaseHTTPRequestHandler):
    """Keeps connections open, so that a question costs one round trip."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # or head and body of an answer wait for each other
    timeout = 60

    def do_POST(self) -> None:
        key = {"/intercept": "INTERCEPTOR_KEY", "/webhook": "WEBHOOK_KEY"}.get(self.path)
        length = self.headers.get("content-length", "")
        if key is None or not length.isdecimal() or int(length) > LARGEST:
            self.close_connection = True
            return self.answer(404 if key is None else 413, {})
        body = self.rfile.read(int(length))
        if not signed(self.headers, body, keys_of(os.environ.get(key, "")), time.time()):
            return self.answer(401, {})
        value = json.loads(body)
        if self.path == "/intercept":
            return self.answer(200, decide(value))
        if HEARD.first_time(self.headers["webhook-id"]):
            print(json.dumps(value, ensure_ascii=False), flush=True)
        return self.answer(200, {})

    def answer(self, status: int, value: dict[str, Any]) -> None:
        raw = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(raw)))
        self.end_headers()
        self.wfile.write(raw)

    def log_message(self, format: str, *args: Any) -> None:
        """Only events are printed."""


def main() -> None:
    port = int(sys.argv[1]) if len(sys.argv) > 1 else 8765
    with ThreadingHTTPServer(("127.0.0.1", port), Handler) as server:
        server.daemon_threads = True
        print(f"listening on {server.server_address[1]}", file=sys.stderr, flush=True)
        server.serve_forever()


if __name__ == "__main__":
    main()
