"""What granian's worker processes load (``--factory``): the applications, and a bond to the process that began them.

Promise: a worker never outlives granian's main process, so that after SIGKILL nobody holds the port.
"""

from collections.abc import Callable
from typing import Any

from gongdan.kernel.launch import die_with_parent


def web() -> Callable[..., Any]:
    """The WSGI application."""
    die_with_parent()
    from gongdan.config.wsgi import application

    return application


def live() -> Callable[..., Any]:
    """The ASGI application of live push."""
    die_with_parent()
    from gongdan.config.live import application

    return application
