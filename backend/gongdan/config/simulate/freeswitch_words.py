"""FreeSWITCH's names for channels, and the headers its events share.

developer.signalwire.com/freeswitch, Event System, Event List (basic headers, channel headers, caller profile), and
mod_callcenter (agents and queues are named `name@domain`).
"""

from __future__ import annotations

from datetime import UTC, datetime

from gongdan.config.simulate.model import Call, Channel

Headers = dict[str, str]

CORE = "0b6a7c52-0000-4000-8000-00000000f5f5"
HOST = "simulated"
DOMAIN = "default"
CAUSES = {
    16: "NORMAL_CLEARING",
    17: "USER_BUSY",
    19: "NO_ANSWER",
    21: "CALL_REJECTED",
    26: "ORIGINATOR_CANCEL",
}
CALL_STATES = {"down": "DOWN", "ring": "RINGING", "ringing": "RINGING", "up": "ACTIVE", "gone": "HANGUP"}
ANSWER_STATES = {
    "down": "ringing",
    "ring": "ringing",
    "ringing": "ringing",
    "up": "answered",
    "gone": "hangup",
}
STATES = {
    "down": ("CS_INIT", "1"),
    "ring": ("CS_ROUTING", "2"),
    "ringing": ("CS_CONSUME_MEDIA", "7"),
    "up": ("CS_EXECUTE", "4"),
    "gone": ("CS_HANGUP", "10"),
}


def uuid(channel: Channel) -> str:
    return channel.own_id or f"{int(channel.call.began.timestamp()):08x}-0000-4000-8000-{channel.serial:012x}"


def call_uuid(channel: Channel) -> str:
    """The first leg's, once they belong together. A queue calls its agents as legs of their own."""
    alone = channel.purpose == "queue" and channel.answered is None
    return uuid(channel if alone else channel.call.first)


def channel_name(channel: Channel) -> str:
    if channel.extension:
        return f"sofia/internal/{channel.extension}@{DOMAIN}"
    return f"sofia/external/{channel.number or 'anonymous'}@192.0.2.10"


def agent(channel_or_extension: Channel | str) -> str:
    name = channel_or_extension if isinstance(channel_or_extension, str) else channel_or_extension.extension
    return f"{name}@{DOMAIN}"


def queue(name: str) -> str:
    return f"{name}@{DOMAIN}"


def micros(at: datetime | None) -> str:
    return str(int(at.timestamp() * 1_000_000)) if at is not None else "0"


def seconds(at: datetime | None) -> str:
    return str(int(at.timestamp())) if at is not None else "0"


def basic(name: str, at: datetime, sequence: int) -> Headers:
    """What every event has."""
    return {
        "Event-Name": name,
        "Core-UUID": CORE,
        "FreeSWITCH-Hostname": HOST,
        "FreeSWITCH-Switchname": HOST,
        "FreeSWITCH-IPv4": "127.0.0.1",
        "Event-Date-Local": f"{at.astimezone():%Y-%m-%d %H:%M:%S}",
        "Event-Date-GMT": f"{at.astimezone(UTC):%a, %d %b %Y %H:%M:%S} GMT",
        "Event-Date-Timestamp": micros(at),
        "Event-Sequence": str(sequence),
    }


def channel_headers(channel: Channel) -> Headers:
    """What every event of a channel has, with its caller profile."""
    state, number = STATES[channel.state]
    direction = "inbound" if channel.calling else "outbound"
    caller, called = parties(channel)
    return {
        "Channel-State": state,
        "Channel-Call-State": "HELD" if channel.held else CALL_STATES[channel.state],
        "Channel-State-Number": number,
        "Channel-Name": channel_name(channel),
        "Unique-ID": uuid(channel),
        "Call-Direction": direction,
        "Presence-Call-Direction": direction,
        "Channel-HIT-Dialplan": "true" if channel.calling else "false",
        "Channel-Call-UUID": call_uuid(channel),
        "Answer-State": ANSWER_STATES[channel.state],
        "Caller-Direction": direction,
        "Caller-Logical-Direction": direction,
        "Caller-Username": caller,
        "Caller-Dialplan": "XML",
        "Caller-Caller-ID-Name": caller,
        "Caller-Caller-ID-Number": caller,
        "Caller-Orig-Caller-ID-Number": caller,
        "Caller-Callee-ID-Number": "" if channel.calling else called,
        "Caller-ANI": caller,
        "Caller-Destination-Number": called,
        "Caller-Unique-ID": uuid(channel),
        "Caller-Source": "mod_sofia",
        "Caller-Context": "public" if not channel.extension else "default",
        "Caller-Channel-Name": channel_name(channel),
        "Caller-Channel-Created-Time": micros(channel.born),
        "Caller-Channel-Answered-Time": micros(channel.answered),
        "variable_direction": direction,
        "variable_uuid": uuid(channel),
        "variable_call_uuid": call_uuid(channel),
        "variable_channel_name": channel_name(channel),
        **_of_purpose(channel),
    }


def parties(channel: Channel) -> tuple[str, str]:
    """(who calls, who is called), as this leg sees it."""
    if channel.calling:
        return channel.number, channel.dialled
    if channel.caller is not None:
        return channel.caller.extension or channel.caller.number, channel.number
    return shown_number(channel.call), channel.number


def shown_number(call: Call) -> str:
    """What a phone shows that is rung before somebody else is dialled."""
    return call.first.aim or call.caller


def _of_purpose(channel: Channel) -> Headers:
    if channel.purpose == "queue" and channel.caller is not None:
        return {
            "variable_cc_side": "agent",
            "variable_cc_queue": queue(channel.queue or (channel.call.queues or [""])[-1]),
            "variable_cc_agent": agent(channel),
            "variable_cc_member_session_uuid": uuid(channel.caller),
            "variable_cc_member_uuid": member_uuid(channel.caller),
        }
    if channel.caller is not None:
        return {"variable_originator": uuid(channel.caller), **other_leg(channel.caller, "originator")}
    if channel.purpose == "originate":
        return {"variable_origination_caller_id_number": channel.aim}
    return {}


def member_uuid(channel: Channel) -> str:
    """mod_callcenter's own name for who waits, which is not the channel's."""
    return f"cc{uuid(channel)[2:]}"


def other_leg(channel: Channel, kind: str) -> Headers:
    caller, called = parties(channel)
    return {
        "Other-Type": kind,
        "Other-Leg-Direction": "inbound" if channel.calling else "outbound",
        "Other-Leg-Unique-ID": uuid(channel),
        "Other-Leg-Caller-ID-Number": caller,
        "Other-Leg-Destination-Number": called,
        "Other-Leg-Channel-Name": channel_name(channel),
    }
