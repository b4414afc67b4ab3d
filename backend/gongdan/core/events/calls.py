"""What happens to calls, to people's presence, and to the telephone's settings."""

from __future__ import annotations

from gongdan.outbox.registry import EventType


def _call(name: str, doc: str, fields: str = "", optional: str = "") -> EventType:
    return EventType(
        name, "call", doc, frozenset(fields.split()), frozenset(optional.split()), right="call.view"
    )


def _phone(name: str, subject: str, doc: str, fields: str = "", optional: str = "") -> EventType:
    return EventType(
        name, subject, doc, frozenset(fields.split()), frozenset(optional.split()), right="admin.phone"
    )


CALL_EVENTS = (
    _call(
        "CallBegan",
        "A call is there (来电, 去电); `began_at` by the telephone system's time, the customer's number masked.",
        "system direction began_at",
        "caller_id dialled line customer_id",
    ),
    _call("CallQueued", "The caller waits in a queue (排队).", "queue entered_at"),
    _call("CallAnswered", "Somebody took the call.", "answered_at", "extension staff_id queue waited"),
    _call(
        "CallTransferred",
        "A call was given on (盲转, 咨询转); a number outside is masked.",
        "to mode",
        "extension staff_id",
    ),
    _call(
        "CallEnded",
        "The call is over: `outcome` is answered, abandoned, missed, refused, unanswered, failed or lost; seconds.",
        "outcome ended_at",
        "ended_by waiting talk hold staff_id queue customer_id closed_by_us",
    ),
    _call("CallIdentified", "A person said which customer it is, or that it is none.", "old new"),
    _call(
        "CallDisposed",
        "What the call was about was written down (服务小结).",
        "disposition",
        "note old ticket_ids",
    ),
    _call("RecordingStored", "A recording was fetched and kept (录音).", "recording_id sha256 seconds size"),
    _call("RecordingFailed", "A recording never came.", "recording_id why"),
    _call("RecordingPlayed", "Somebody listened to a recording or took it away.", "recording_id download"),
    _call("RecordingRemoved", "A recording's time was over.", "recording_id sha256"),
    _call("CallSupervised", "A supervisor listened in, whispered, joined or took over.", "how extension"),
)
PHONE_EVENTS = (
    EventType(
        "PresenceChanged",
        "staff",
        "Somebody's presence changed (就绪, 置忙, 小休, 话后处理, 离线).",
        frozenset({"old", "new"}),
        frozenset({"reason", "extension"}),
        right="call.supervise",
    ),
    EventType(
        "CallbackTaskMade",
        "callback_task",
        "A call nobody answered is to be called back (回访任务); `number` is masked.",
        frozenset({"number", "call_id"}),
        frozenset({"queue", "customer_id"}),
        right="call.view",
    ),
    EventType(
        "CallbackTaskEnded",
        "callback_task",
        "A callback task was done or given up.",
        frozenset({"state", "result"}),
        frozenset({"note", "tries"}),
        right="call.view",
    ),
    _phone("TelephoneSystemCreated", "telephone_system", "A telephone system was set up.", "new"),
    _phone(
        "TelephoneSystemChanged",
        "telephone_system",
        "A telephone system was changed; secrets are not told.",
        "old new",
    ),
    _phone(
        "TelephoneSystemRemoved",
        "telephone_system",
        "A telephone system nothing refers to was removed.",
        "code name",
    ),
    _phone("TelephoneKeyRotated", "telephone_system", "An HTTP system got a new key.", "until"),
    _phone(
        "ExtensionChanged",
        "telephone_system",
        "An extension was added, changed, given to somebody or removed.",
        "old new",
    ),
    _phone(
        "CallQueueChanged", "telephone_system", "A queue's title or service level was changed.", "old new"
    ),
    _phone(
        "LineChanged", "line_settings", "A dialled number's meaning was added, changed or removed.", "old new"
    ),
    _phone("LineSettingsChanged", "line_settings", "How the line is run was changed.", "old new"),
    _phone("BreakReasonChanged", "line_settings", "A reason for a break was added or changed.", "old new"),
)
