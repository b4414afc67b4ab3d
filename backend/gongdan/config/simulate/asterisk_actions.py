"""The actions of Asterisk's manager interface that the exchange obeys.

docs.asterisk.org, Asterisk 20 Documentation, API Documentation, AMI Actions: Hangup, Redirect, BlindTransfer, Atxfer,
CancelAtxfer, Originate, Bridge, PlayDTMF, PJSIPNotify, QueuePause, QueueAdd, QueueRemove, QueueStatus,
CoreShowChannels, Getvar, Setvar, MixMonitor, UserEvent, CoreSettings. Asterisk cannot pick up a phone by itself: a
phone does so when it is sent the NOTIFY with `Event: talk` (and holds with `Event: hold`), as common desk phones do.
"""

from __future__ import annotations

from collections.abc import Callable

from gongdan.config.simulate import acts, handing, queues, talks
from gongdan.config.simulate.asterisk_words import Event, channel_name, snapshot, unique_id
from gongdan.config.simulate.model import Channel, Phone, Plan
from gongdan.config.simulate.switchboard import Switchboard
from gongdan.config.simulate.talks import CannotDo


class Action:
    """One action as it came: headers by lower-case name, the last of each; `variables` all of that name."""

    def __init__(self, headers: list[tuple[str, str]]) -> None:
        self._headers = {name.lower(): value for name, value in headers}
        self.name = self.get("Action").lower()
        self.id = self.get("ActionID")
        several = [value for name, value in headers if name.lower() == "variable"]
        pairs = (one.partition("=") for value in several for one in value.split(","))
        self.variables = {name.strip().lower(): value.strip() for name, _, value in pairs}

    def get(self, name: str) -> str:
        return self._headers.get(name.lower(), "")


Answer = tuple[str, list[Event]]  # the response's message, and the list of events that follows it


def _find(board: Switchboard, name: str) -> Channel:
    for channel in board.channels():
        if name in (channel_name(channel), unique_id(channel)):
            return channel
    raise CannotDo("No such channel")


def _extension(interface: str) -> str:
    return interface.partition("/")[2].partition("@")[0].upper()


def _phone(board: Switchboard, interface: str) -> Phone:
    phone = board.phones.get(_extension(interface))
    if phone is None:
        raise CannotDo("Interface not found")
    return phone


def _hangup(board: Switchboard, action: Action) -> Answer:
    channel = _find(board, action.get("Channel"))
    acts.hang_up(board, channel, "agent" if channel.extension else "customer")
    return "Channel Hungup", []


def _redirect(board: Switchboard, action: Action) -> Answer:
    channel = _find(board, action.get("Channel"))
    handing.redirect(board, channel, action.get("Exten").upper())
    return "Redirect successful", []


def _blind(board: Switchboard, action: Action) -> Answer:
    handing.blind(board, _find(board, action.get("Channel")), action.get("Exten").upper())
    return "Transfer succeeded", []


def _atxfer(board: Switchboard, action: Action) -> Answer:
    handing.consult(board, _find(board, action.get("Channel")), action.get("Exten").upper())
    return "Atxfer successfully queued", []


def _cancel_atxfer(board: Switchboard, action: Action) -> Answer:
    handing.cancel_consult(board, _find(board, action.get("Channel")))
    return "CancelAtxfer successfully queued", []


def _originate(board: Switchboard, action: Action) -> Answer:
    """Rings a phone and puts it through, lets it listen, or (BridgeAdd) takes it into a talk."""
    made = _originated(board, action)
    for name, value in action.variables.items():
        board.tell("variable", made, name=name.upper(), value=value)
    return "Originate successfully queued", []


def _originated(board: Switchboard, action: Action) -> Channel:
    extension, own_id = _extension(action.get("Channel")), action.get("ChannelId")
    application = action.get("Application").lower()
    if application == "chanspy":
        return acts.spy(board, extension, _find(board, action.get("Data").split(",")[0]), own_id)
    if application == "bridgeadd":
        return handing.invite(board, _find(board, action.get("Data")), extension, own_id)
    if action.get("Exten"):
        return acts.originate(board, extension, action.get("Exten").upper(), Plan(), own_id)
    raise CannotDo("Originate failed")


def _bridge(board: Switchboard, action: Action) -> Answer:
    """Takes the first channel into the second's talk."""
    first, second = _find(board, action.get("Channel1")), _find(board, action.get("Channel2"))
    board.leave(first)
    if second.bridge is None:
        board.bridge(second, first)
    else:
        second.bridge.conference = True
        board.enter(second.bridge, first)
    return "Channels have been bridged", []


def _dtmf(board: Switchboard, action: Action) -> Answer:
    channel = _find(board, action.get("Channel"))
    board.tell("digit", channel, digit=action.get("Digit"), direction="Sent")
    return "DTMF successfully queued", []


def _notify(board: Switchboard, action: Action) -> Answer:
    """Sends word to a phone; `talk` picks up or takes back, `hold` puts on hold."""
    channel = _of_phone(board, action)
    match action.variables.get("event"):
        case "talk" if channel.state == "ringing":
            acts.answer(board, channel)
        case "talk":
            talks.hold(board, channel, held=False)
        case "hold":
            talks.hold(board, channel, held=True)
    return "NOTIFY sent", []


def _of_phone(board: Switchboard, action: Action) -> Channel:
    if action.get("Channel"):
        return _find(board, action.get("Channel"))
    phone = board.phones.get(action.get("Endpoint").upper())
    if phone is None or not phone.lines:
        raise CannotDo("Unable to retrieve endpoint")
    return phone.ringing or phone.lines[-1]


def _pause(board: Switchboard, action: Action) -> Answer:
    phone = _phone(board, action.get("Interface"))
    phone.paused = action.get("Paused").lower() in ("1", "true", "yes")
    phone.reason = action.get("Reason")
    board.tell(
        "paused", phone=phone, queues=[action.get("Queue")] if action.get("Queue") else [*board.queues]
    )
    queues.deal(board)
    return f"Interface {'' if phone.paused else 'un'}paused successfully", []


def _member(*, member: bool) -> Callable[[Switchboard, Action], Answer]:
    def do(board: Switchboard, action: Action) -> Answer:
        phone = _phone(board, action.get("Interface"))
        if phone.member is member:
            raise CannotDo(
                "Unable to add interface: Already there"
                if member
                else "Unable to remove interface: Not there"
            )
        phone.member = member
        queues.deal(board)
        return "Added interface to queue" if member else "Removed interface from queue", []

    return do


def _show_channels(board: Switchboard, action: Action) -> Answer:
    now, listed = board.timeline.now(), []
    for channel in board.channels():
        seconds = int((now - channel.born).total_seconds())
        length = f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
        running = "Queue" if channel.waits_in else "AppQueue" if channel.queue else "Dial"
        bridge = f"5a6f0000-0000-4000-8000-{channel.bridge.serial:012x}" if channel.bridge else ""
        more: Event = [("Application", running), ("ApplicationData", channel.waits_in), ("Duration", length)]
        listed.append([("Event", "CoreShowChannel"), *snapshot(channel), *more, ("BridgeId", bridge)])
    end: Event = [
        ("Event", "CoreShowChannelsComplete"),
        ("EventList", "Complete"),
        ("ListItems", len(listed)),
    ]
    return "Channels will follow", [*listed, end]


def _queue_status(board: Switchboard, action: Action) -> Answer:
    listed: list[Event] = []
    for queue in board.queues.values():
        if action.get("Queue") not in ("", queue.name):
            continue
        head: Event = [("Event", "QueueParams"), ("Queue", queue.name), ("Max", 0), ("Strategy", "rrmemory")]
        listed.append([*head, ("Calls", len(queue.waiting)), ("ServiceLevel", 20)])
        listed += [_member_row(queue.name, phone) for phone in board.phones.values() if phone.member]
        for place, channel in enumerate(queue.waiting, start=1):
            row: Event = [("Event", "QueueEntry"), ("Queue", queue.name), ("Position", place)]
            row += [("Channel", channel_name(channel)), ("Uniqueid", unique_id(channel))]
            listed.append([*row, ("CallerIDNum", channel.number), ("Wait", queues.waited(board, channel))])
    end: Event = [("Event", "QueueStatusComplete"), ("EventList", "Complete"), ("ListItems", len(listed))]
    return "Queue status will follow", [*listed, end]


def _member_row(queue: str, phone: Phone) -> Event:
    interface = f"PJSIP/{phone.extension}"
    status = 6 if phone.ringing else 2 if phone.lines else 1  # ringing, in use, not in use
    row: Event = [("Event", "QueueMember"), ("Queue", queue), ("Name", interface), ("Location", interface)]
    row += [("StateInterface", interface), ("Membership", "dynamic"), ("Penalty", 0)]
    row += [("CallsTaken", phone.calls_taken), ("Status", status), ("Paused", int(phone.paused))]
    return [*row, ("PausedReason", phone.reason)]


def _nothing(message: str) -> Callable[[Switchboard, Action], Answer]:
    return lambda board, action: (message, [])


ACTIONS: dict[str, Callable[[Switchboard, Action], Answer]] = {
    "hangup": _hangup,
    "redirect": _redirect,
    "blindtransfer": _blind,
    "atxfer": _atxfer,
    "cancelatxfer": _cancel_atxfer,
    "originate": _originate,
    "bridge": _bridge,
    "playdtmf": _dtmf,
    "pjsipnotify": _notify,
    "sipnotify": _notify,
    "queuepause": _pause,
    "queueadd": _member(member=True),
    "queueremove": _member(member=False),
    "queuestatus": _queue_status,
    "coreshowchannels": _show_channels,
    "setvar": _nothing("Variable Set"),
    "mixmonitor": _nothing("Success"),
    "stopmixmonitor": _nothing("Success"),
    "filter": _nothing("Filter added successfully"),
}
