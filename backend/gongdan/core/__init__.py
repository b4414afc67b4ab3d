"""The core. Entering any of its rooms declares the catalogue of events, so that no append comes before it."""

from gongdan.core import events as events
