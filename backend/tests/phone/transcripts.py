"""What Asterisk says during calls, written by hand from its documentation of AMI events. Times in seconds since 1970."""

from __future__ import annotations

from tests.phone.asterisk_peer import Headers, event

TRUNK = "PJSIP/trunk-00000001"
CALLER, LINE = "13800138000", "4008123123"


def begun(unique: str, caller: str = CALLER) -> bytes:
    at = float(unique)
    return event(
        "Newchannel", at, f"PJSIP/trunk-{unique}", unique, ChannelState="4", ChannelStateDesc="Ring",
        CallerIDNum=caller, Context="from-trunk", Exten=LINE, Priority="1",
    )  # fmt: skip


def pair(name: str, at: float, unique: str, extension: str, **more: str) -> bytes:
    """An event of the caller and the phone that is dialled for them."""
    dest = {
        "DestChannel": f"PJSIP/{extension}-{unique}",
        "DestUniqueid": f"{unique}9",
        "DestLinkedid": unique,
    }
    return event(name, at, f"PJSIP/trunk-{unique}", unique, **dest, **more)


def ringing(unique: str, extension: str = "801") -> list[bytes]:
    """A call that came in and rings."""
    at = float(unique)
    return [begun(unique), pair("DialBegin", at + 1, unique, extension, DialString=extension)]


def queued_call(unique: str = "1700000000.1") -> list[bytes]:
    """Menu, queue for 4 seconds (ringing for 2), talk for 60, and the customer hangs up."""
    at, caller, agent = float(unique), f"PJSIP/trunk-{unique}", f"PJSIP/801-{unique}"
    second = f"{unique}9"
    queue = {"Queue": "hotline"}
    return [
        begun(unique),
        event("VarSet", at + 1, caller, unique, Variable="SOMETHING", Value="else"),
        event("UserEvent", at + 2, caller, unique, UserEvent="GongdanMenu", Digits="2", Label="Repair"),
        event("QueueCallerJoin", at + 3, caller, unique, Position="1", Count="1", **queue),
        event("Newchannel", at + 5, agent, second, unique, ChannelState="0", CallerIDNum="801", Exten="s"),
        pair("DialBegin", at + 5, unique, "801", DialString="801"),
        pair("AgentCalled", at + 5.01, unique, "801", Interface="PJSIP/801", MemberName="PJSIP/801", **queue),
        event("Newstate", at + 5.02, agent, second, unique, ChannelState="5", ChannelStateDesc="Ringing"),
        event("Newstate", at + 7, agent, second, unique, ChannelState="6", ChannelStateDesc="Up"),
        pair("DialEnd", at + 7.01, unique, "801", DialStatus="ANSWER"),
        event("QueueCallerLeave", at + 7.02, caller, unique, Position="1", Count="0", **queue),
        pair(
            "AgentConnect",
            at + 7.03,
            unique,
            "801",
            Interface="PJSIP/801",
            HoldTime="4",
            RingTime="2",
            **queue,
        ),
        event("BridgeEnter", at + 7.04, agent, second, unique, BridgeUniqueid="b1", BridgeNumChannels="1"),
        event("BridgeEnter", at + 7.05, caller, unique, BridgeUniqueid="b1", BridgeNumChannels="2"),
        event("HangupRequest", at + 67, caller, unique),
        event("BridgeLeave", at + 67.01, caller, unique, BridgeUniqueid="b1", BridgeNumChannels="1"),
        event("BridgeLeave", at + 67.02, agent, second, unique, BridgeUniqueid="b1", BridgeNumChannels="0"),
        event("Hangup", at + 67.03, agent, second, unique, Cause="16", Cause_txt="Normal Clearing"),
        pair("AgentComplete", at + 67.04, unique, "801", TalkTime="60", Reason="caller", **queue),
        event("Hangup", at + 67.05, caller, unique, Cause="16", Cause_txt="Normal Clearing"),
    ]


def _row(channel: str, unique: str, linked: str, state: str, **more: str) -> Headers:
    return {
        "Event": "CoreShowChannel", "Channel": channel, "ChannelState": state, "Uniqueid": unique, "Linkedid": linked,
        "CallerIDNum": CALLER, "Exten": LINE, "Duration": "00:00:30", "BridgeId": "", **more,
    }  # fmt: skip


def trunk_rows(unique: str) -> list[Headers]:
    return [_row(f"PJSIP/trunk-{unique}", unique, unique, "6")]


def talking_rows(unique: str, extension: str) -> list[Headers]:
    agent = _row(
        f"PJSIP/{extension}-{unique}", f"{unique}9", unique, "6", BridgeId="b2", CallerIDNum=extension
    )
    return [_row(f"PJSIP/trunk-{unique}", unique, unique, "6", BridgeId="b2"), agent]


def waiting_row(unique: str) -> Headers:
    return {
        "Event": "QueueEntry", "Queue": "hotline", "Position": "1", "Channel": f"PJSIP/trunk-{unique}",
        "Uniqueid": unique, "CallerIDNum": CALLER, "Wait": "20",
    }  # fmt: skip
