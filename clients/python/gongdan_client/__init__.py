"""A small client of Gongdan's API: an operation per method, and a reader of the event feed."""

from __future__ import annotations

from gongdan_client import types
from gongdan_client.feed import Event, FeedReader
from gongdan_client.http import Form, Problem
from gongdan_client.operations import Operations as Client

__all__ = ["Client", "Event", "FeedReader", "Form", "Problem", "types"]
