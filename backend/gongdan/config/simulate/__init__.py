"""A telephone exchange to try the telephone with (`gongdan simulate calls`): a tool, no part of the product's path.

Promise: it speaks Asterisk's manager interface or FreeSWITCH's event socket over real TCP, as their public
documentation says, and shares no code with what listens to them. `model` is the exchange, `robots` are those who use
it, `asterisk` and `freeswitch` only write down what happens; docs/phone.md tells how to use it.
"""

from __future__ import annotations

from gongdan.config.simulate.exchange import Exchange, Setup, exchange
from gongdan.config.simulate.threaded import ThreadedExchange, exchange_thread

__all__ = ["Exchange", "Setup", "ThreadedExchange", "exchange", "exchange_thread"]
