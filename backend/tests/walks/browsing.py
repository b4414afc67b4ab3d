"""The system's Chromium, started so that it talks to nobody but the product."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, ViewportSize, expect, sync_playwright

QUIET = (
    (
        "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
        "--disable-component-update --disable-sync "
        "--use-fake-ui-for-media-stream --use-fake-device-for-media-stream"  # a microphone that beeps, and may be used
    ).split()
)
NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
WIDE: ViewportSize = {"width": 1280, "height": 800}
AT_HOME: dict[str, Any] = {"locale": "zh-CN", "timezone_id": "Asia/Shanghai", "viewport": WIDE}
PATIENCE = 20_000  # milliseconds for anything a person waits for, on a busy machine
expect.set_options(timeout=PATIENCE)


@contextmanager
def chromium() -> Iterator[Browser]:
    """GONGDAN_CHROMIUM, else the first of the system. Raises FileNotFoundError when there is none."""
    wanted = (os.environ.get("GONGDAN_CHROMIUM") or "", *NAMES)
    found = next((path for name in wanted if name and (path := shutil.which(name))), None)
    if found is None:
        raise FileNotFoundError("There is no Chromium; install one or name it in GONGDAN_CHROMIUM.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=QUIET)
        try:
            yield browser
        finally:
            browser.close()
