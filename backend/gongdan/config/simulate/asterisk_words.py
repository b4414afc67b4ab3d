"""Asterisk's names for channels and bridges, and the headers its events share.

docs.asterisk.org, Asterisk 20 Documentation, API Documentation, AMI Events; `Timestamp` is there as with
`timestampevents = yes` in manager.conf.
"""

from __future__ import annotations

from datetime import datetime

from gongdan.config.simulate.model import Bridge, Channel

Header = tuple[str, object]
Event = list[Header]

STATES = {
    "down": ("0", "Down"),
    "ring": ("4", "Ring"),
    "ringing": ("5", "Ringing"),
    "up": ("6", "Up"),
    "gone": ("6", "Up"),
}
CAUSES = {
    16: "Normal Clearing",
    17: "User busy",
    19: "User alerting, no answer",
    21: "Call Rejected",
    26: "Answered elsewhere",
}
SPOOL = "/var/spool/asterisk/monitor/"
MENU_EVENT = "GongdanMenu"


def unique_id(channel: Channel) -> str:
    return channel.own_id or f"{int(channel.born.timestamp())}.{channel.serial}"


def linked_id(channel: Channel) -> str:
    return unique_id(channel.call.first)


def channel_name(channel: Channel) -> str:
    return f"PJSIP/{channel.extension or 'trunk'}-{channel.serial:08x}"


def bridge_id(bridge: Bridge) -> str:
    return f"5a6f0000-0000-4000-8000-{bridge.serial:012x}"


def _caller_id(channel: Channel) -> str:
    return channel.extension or channel.number or "<unknown>"


def _connected(channel: Channel) -> str:
    if channel.caller is not None:
        return _caller_id(channel.caller)
    called = next((one for one in channel.call.channels if one.caller is channel and one.live), None)
    return _caller_id(called) if called is not None else "<unknown>"


def snapshot(channel: Channel, prefix: str = "") -> Event:
    """The headers every event has that speaks of a channel."""
    number, words = STATES[channel.state]
    context = "from-internal" if channel.extension else "from-trunk"
    return [
        (f"{prefix}Channel", channel_name(channel)),
        (f"{prefix}ChannelState", number),
        (f"{prefix}ChannelStateDesc", words),
        (f"{prefix}CallerIDNum", _caller_id(channel)),
        (f"{prefix}CallerIDName", "<unknown>"),
        (f"{prefix}ConnectedLineNum", _connected(channel)),
        (f"{prefix}ConnectedLineName", "<unknown>"),
        (f"{prefix}Language", "cn"),
        (f"{prefix}AccountCode", ""),
        (f"{prefix}Context", context),
        (f"{prefix}Exten", channel.dialled if channel.calling else ""),
        (f"{prefix}Priority", "1"),
        (f"{prefix}Uniqueid", unique_id(channel)),
        (f"{prefix}Linkedid", linked_id(channel)),
    ]


def bridge_headers(bridge: Bridge, prefix: str = "") -> Event:
    kind = "multimix" if bridge.conference else "basic"
    return [
        (f"{prefix}BridgeUniqueid", bridge_id(bridge)),
        (f"{prefix}BridgeType", kind),
        (f"{prefix}BridgeTechnology", "softmix" if bridge.conference else "simple_bridge"),
        (f"{prefix}BridgeCreator", "<unknown>"),
        (f"{prefix}BridgeName", "<unknown>"),
        (f"{prefix}BridgeNumChannels", len(bridge.members)),
        (f"{prefix}BridgeVideoSourceMode", "none"),
    ]


def event(name: str, privilege: str, at: datetime, *parts: Event) -> Event:
    """A whole event with its heading."""
    head: Event = [("Event", name), ("Privilege", f"{privilege},all"), ("Timestamp", f"{at.timestamp():.6f}")]
    return head + [header for part in parts for header in part]
