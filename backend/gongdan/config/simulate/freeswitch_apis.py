"""The API commands of FreeSWITCH that the exchange obeys (`api …`, `bgapi …`).

developer.signalwire.com/freeswitch, mod_commands (originate, show, status, uuid_answer, uuid_bridge, uuid_broadcast,
uuid_dump, uuid_exists, uuid_getvar, uuid_hold, uuid_kill, uuid_phone_event, uuid_recv_dtmf, uuid_send_dtmf,
uuid_setvar, uuid_transfer) and mod_callcenter (callcenter_config). A ringing desk phone is picked up with
`uuid_phone_event <uuid> talk`, which sends it the NOTIFY that common phones obey.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable

from gongdan.config.simulate import acts, handing, queues, talks
from gongdan.config.simulate.freeswitch_words import (
    CALL_STATES,
    HOST,
    STATES,
    agent,
    call_uuid,
    channel_headers,
    channel_name,
    parties,
    queue,
    seconds,
    uuid,
)
from gongdan.config.simulate.model import Channel, Phone, Plan
from gongdan.config.simulate.switchboard import Switchboard
from gongdan.config.simulate.talks import CannotDo

OK = "+OK\n"
Words = list[str]


def run(board: Switchboard, line: str) -> str:
    """The command's answer, `-ERR …` if it cannot be done."""
    name, _, rest = line.strip().partition(" ")
    api = APIS.get(name)
    if api is None:
        return f"-ERR {name} Command not found!\n"
    try:
        return api(board, rest.split())
    except CannotDo as problem:
        return f"-ERR {problem}\n"
    except (IndexError, ValueError):
        return f"-USAGE: {name}\n"


def _find(board: Switchboard, name: str) -> Channel:
    for channel in board.channels():
        if uuid(channel) == name:
            return channel
    raise CannotDo("No such channel!")


def _kill(board: Switchboard, words: Words) -> str:
    channel = _find(board, words[0])
    acts.hang_up(board, channel, "agent" if channel.extension else "customer")
    return OK


def _hold(board: Switchboard, words: Words) -> str:
    how = words.pop(0) if words[0] in ("off", "toggle") else "on"
    channel = _find(board, words[0])
    held = not channel.held if how == "toggle" else how == "on"
    talks.hold(board, channel, held=held)
    return OK


def _phone_event(board: Switchboard, words: Words) -> str:
    channel = _find(board, words[0])
    if words[1] == "talk" and channel.state == "ringing":
        acts.answer(board, channel)
    else:
        talks.hold(board, channel, held=words[1] == "hold")
    return OK


def _answer(board: Switchboard, words: Words) -> str:
    """Answers calls that came in; a phone that the exchange rings is not picked up by it."""
    if _find(board, words[0]).calling:
        return OK
    raise CannotDo("Cannot answer an outbound channel")


def _transfer(board: Switchboard, words: Words) -> str:
    channel = _find(board, words[0])
    legs = words.pop(1) if words[1].startswith("-") else ""
    moved = board.partner(channel) if legs == "-bleg" else channel
    if moved is None:
        raise CannotDo("No other leg")
    application = words[1].strip("'")
    if application.startswith("att_xfer:") and "inline" in words:
        handing.consult(board, moved, _dialled(application.partition(":")[2]))
    else:
        handing.redirect(board, moved, _dialled(words[1]))
    return OK


def _bridge(board: Switchboard, words: Words) -> str:
    """Connects two channels; whoever they talked to before is out, and consultations end so."""
    first, second = _find(board, words[0]), _find(board, words[1])
    consulting = next((one for one in board.channels() if one.consult in (first, second)), None)
    if consulting is not None and consulting.left in (first.bridge, second.bridge):
        handing.complete(board, consulting)
    else:
        board.leave(first)
        board.leave(second)
        board.bridge(first, second)
    return f"+OK {uuid(second)}\n"


def _broadcast(board: Switchboard, words: Words) -> str:
    """Runs an application on a channel: att_xfer, three_way; others change nothing here."""
    channel = _find(board, words[0])
    application, _, data = words[1].partition("::")
    if application == "att_xfer":
        handing.consult(board, channel, _dialled(data))
    return OK


def _dtmf(direction: str) -> Callable[[Switchboard, Words], str]:
    def do(board: Switchboard, words: Words) -> str:
        channel = _find(board, words[0])
        for digit in words[1].partition("@")[0]:
            board.tell("digit", channel, digit=digit, direction=direction)
        return OK

    return do


def _dialled(where: str) -> str:
    """The extension or number of user/8002@domain, sofia/gateway/trunk/13800138000, loopback/13800138000/default, 8002."""
    parts = where.strip("'").split("/")
    last = parts[1] if parts[0] == "loopback" and len(parts) > 1 else parts[-1]
    return last.partition("@")[0].partition("%")[0].upper()


def _originate(board: Switchboard, words: Words) -> str:
    line = " ".join(words)
    found = re.match(r"(?:\{(?P<vars>[^}]*)\})?(?P<from>\S+)\s+(?P<to>&?\S+?(?:\([^)]*\))?)(?:\s|$)", line)
    if found is None:
        raise ValueError(line)
    wanted = dict(one.partition("=")[::2] for one in (found["vars"] or "").split(",") if one)
    own_id, extension, to = wanted.get("origination_uuid", ""), _dialled(found["from"]), found["to"]
    application = re.match(r"&(\w+)\(([^)]*)\)", to)
    if application is None:
        made = acts.originate(board, extension, to.upper(), Plan(), own_id)
    elif application[1] == "bridge":
        made = acts.originate(
            board, extension, _dialled(re.sub(r"\{[^}]*\}", "", application[2])), Plan(), own_id
        )
    elif application[1] == "eavesdrop":
        made = acts.spy(board, extension, _find(board, application[2]), own_id)
    elif application[1] == "three_way":
        made = handing.invite(board, _find(board, application[2]), extension, own_id)
    else:
        raise CannotDo("DESTINATION_OUT_OF_ORDER")
    return f"+OK {uuid(made)}\n"


def _show(board: Switchboard, words: Words) -> str:
    rows = [_row(board, channel) for channel in board.channels()]
    if words[0] not in ("channels", "calls"):
        raise CannotDo("Invalid")
    if words[1:3] == ["as", "json"]:
        return json.dumps({"row_count": len(rows), **({"rows": rows} if rows else {})}) + "\n"
    if words[1:2] == ["count"]:
        return f"\n{len(rows)} total.\n"
    lines = [",".join(rows[0]), *(",".join(row.values()) for row in rows)] if rows else []
    return "\n".join([*lines, "", f"{len(rows)} total.", ""])


def _row(board: Switchboard, channel: Channel) -> dict[str, str]:
    caller, called = parties(channel)
    return {
        "uuid": uuid(channel),
        "direction": "inbound" if channel.calling else "outbound",
        "created": f"{channel.born.astimezone():%Y-%m-%d %H:%M:%S}",
        "created_epoch": seconds(channel.born),
        "name": channel_name(channel),
        "state": STATES[channel.state][0],
        "cid_name": caller,
        "cid_num": caller,
        "ip_addr": "127.0.0.1",
        "dest": called,
        "application": "callcenter" if channel.waits_in else "",
        "application_data": queue(channel.waits_in) if channel.waits_in else "",
        "dialplan": "XML",
        "context": "default" if channel.extension else "public",
        "hostname": HOST,
        "callstate": "HELD" if channel.held else CALL_STATES[channel.state],
        "callee_name": "",
        "callee_num": called,
        "callee_direction": "",
        "call_uuid": call_uuid(channel),
        "initial_cid_num": caller,
        "initial_dest": called,
        "presence_id": agent(channel) if channel.extension else "",
        "accountcode": "",
        "secure": "",
    }


def _dump(board: Switchboard, words: Words) -> str:
    found = channel_headers(_find(board, words[0]))
    if words[1:2] == ["json"]:
        return json.dumps(found) + "\n"
    return "".join(f"{name}: {value}\n" for name, value in found.items())


def _getvar(board: Switchboard, words: Words) -> str:
    return channel_headers(_find(board, words[0])).get(f"variable_{words[1]}", "_undef_")


def _exists(board: Switchboard, words: Words) -> str:
    return "true" if any(uuid(one) == words[0] for one in board.channels()) else "false"


def _status(board: Switchboard, words: Words) -> str:
    return f"UP 0 years, 0 days, 1 hour\nFreeSWITCH (Version 1.10) is ready\n{len(board.channels())} session(s)\n"


def _setvar(board: Switchboard, words: Words) -> str:
    _find(board, words[0])
    return OK


def _callcenter(board: Switchboard, words: Words) -> str:
    match words:
        case ["agent", "set", "status", name, *status]:
            return _agent_status(board, name, " ".join(status).strip("'"))
        case ["agent", "set", "state", *_] | ["tier", *_] | ["agent", "add", *_]:
            return OK
        case ["queue", "list"]:
            return (
                "name|strategy\n" + "".join(f"{queue(one)}|longest-idle-agent\n" for one in board.queues) + OK
            )
        case ["agent", "list"]:
            return "name|status|state\n" + "".join(_agent_row(one) for one in board.phones.values()) + OK
    raise ValueError(words)


def _agent_row(phone: Phone) -> str:
    status = "Logged Out" if not phone.member else "On Break" if phone.paused else "Available"
    state = "Receiving" if phone.ringing else "In a queue call" if phone.lines else "Waiting"
    return f"{agent(phone.extension)}|{status}|{state}\n"


def _agent_status(board: Switchboard, name: str, status: str) -> str:
    phone = board.phones.get(name.strip("'").partition("@")[0].upper())
    if phone is None:
        raise CannotDo("Agent not found!")
    phone.member, phone.paused = status != "Logged Out", status == "On Break"
    board.tell("paused", phone=phone, queues=[*board.queues])
    queues.deal(board)
    return OK


APIS: dict[str, Callable[[Switchboard, Words], str]] = {
    "callcenter_config": _callcenter,
    "originate": _originate,
    "show": _show,
    "status": _status,
    "uuid_answer": _answer,
    "uuid_bridge": _bridge,
    "uuid_broadcast": _broadcast,
    "uuid_dump": _dump,
    "uuid_exists": _exists,
    "uuid_getvar": _getvar,
    "uuid_hold": _hold,
    "uuid_kill": _kill,
    "uuid_phone_event": _phone_event,
    "uuid_recv_dtmf": _dtmf("Received"),
    "uuid_send_dtmf": _dtmf("Sent"),
    "uuid_setvar": _setvar,
    "uuid_transfer": _transfer,
    "version": lambda board, words: "FreeSWITCH Version 1.10.12-release\n",
}
