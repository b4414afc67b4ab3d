"""What must never happen in a window: errors in the console, thrown or against the content security policy, and server faults."""

from __future__ import annotations

from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Response, WebError

REFUSED = "Failed to load resource: the server responded with a status of 4"


class Watch:
    """Listens to every page of a context. `faults` is what went wrong; `refusals_meant` are 4xx that belong to the walk."""

    def __init__(self, context: BrowserContext) -> None:
        self.faults: list[str] = []
        self.refusals_meant: set[int] = set()
        context.on("console", self._console)
        context.on("weberror", self._thrown)
        context.on("response", self._response)

    def _console(self, message: ConsoleMessage) -> None:
        # A refused request is told by the response itself, with its address.
        if message.type == "error" and not message.text.startswith(REFUSED):
            self.faults.append(f"console: {message.text}")

    def _thrown(self, error: WebError) -> None:
        self.faults.append(f"thrown: {error.error}")

    def _response(self, response: Response) -> None:
        path = urlsplit(response.url).path
        asked_who_i_am = (response.request.method, path, response.status) == ("GET", "/api/v1/session", 401)
        if response.status < 400 or asked_who_i_am or response.status in self.refusals_meant:
            return
        self.faults.append(f"{response.request.method} {path}: {response.status}")
