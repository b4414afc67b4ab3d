"""What granian's worker processes load (``--factory``): the applications, and a bond to the process that began them.

Promise: a worker never outlives granian's main process, so that after SIGKILL nobody holds the port. One that is told
to end while it is still loading ends at once; granian itself would notice only when it serves, and wait in vain.
"""

import contextlib
import os
import signal
from collections.abc import Callable, Iterator
from typing import Any

from gongdan.kernel.launch import die_with_parent


@contextlib.contextmanager
def _ready_to_end() -> Iterator[None]:
    kept = signal.signal(signal.SIGTERM, lambda _number, _frame: os._exit(0))
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, kept)


def web() -> Callable[..., Any]:
    """The WSGI application."""
    die_with_parent()
    with _ready_to_end():
        from gongdan.config.wsgi import application

    return application


def live() -> Callable[..., Any]:
    """The ASGI application of live push."""
    die_with_parent()
    with _ready_to_end():
        from gongdan.config.live import application

    return application
