"""The kinds of node, and what is true of every node of a kind: verbs, outcomes, titles, default handlers."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class Kind(StrEnum):
    START = "start"
    TASK = "task"
    APPROVAL = "approval"
    DECISION = "decision"
    COUNTERSIGN = "countersign"
    SPLIT = "split"
    JOIN = "join"
    CALLBACK = "callback"
    END = "end"


# Names of kinds that are reserved for later; a document that uses one is told so.
NOT_YET = frozenset({"timer", "hook"})

HUMAN = frozenset({Kind.START, Kind.TASK, Kind.APPROVAL, Kind.COUNTERSIGN, Kind.CALLBACK})
# A token always rests at these; at a callback only when the customer is to be called.
RESTS = HUMAN - {Kind.CALLBACK}
AUTOMATIC = frozenset({Kind.DECISION, Kind.SPLIT, Kind.JOIN})

OUTCOMES: Mapping[Kind, tuple[str, ...]] = {
    Kind.START: ("submitted",),
    Kind.TASK: ("done",),
    Kind.APPROVAL: ("approved", "refused"),
    Kind.COUNTERSIGN: ("agreed", "refused"),
    Kind.CALLBACK: ("satisfied", "dissatisfied", "unreachable", "none_needed"),
}
# Only these kinds may name outcomes of their own; the others' are what the engine itself produces.
OWN_OUTCOMES = frozenset({Kind.START, Kind.TASK})

_TALK = frozenset({"append", "reply", "note", "attach", "link"})
_CONTROL = frozenset({"pause", "resume", "cancel", "force_end", "resolve"})
_DESK = frozenset({"accept", "transfer", "return", "withdraw", "urge", "consult", "co_handle", "extend"})

DEFAULT_VERBS: Mapping[Kind, frozenset[str]] = {
    Kind.START: _TALK | {"submit", "cancel", "urge", "pause", "resume", "force_end"},
    Kind.TASK: _TALK | _CONTROL | _DESK | {"process", "countersign"},
    Kind.APPROVAL: _TALK | _CONTROL | _DESK | {"process"},
    Kind.COUNTERSIGN: _TALK | _CONTROL | (_DESK - {"co_handle", "transfer"}) | {"countersign"},
    Kind.CALLBACK: _TALK | (_CONTROL - {"resolve"}) | (_DESK - {"co_handle", "consult"}) | {"call_back"},
    Kind.DECISION: frozenset(),
    Kind.SPLIT: frozenset(),
    Kind.JOIN: frozenset(),
    Kind.END: frozenset({"close", "reopen", "note", "link", "attach", "append"}),
}
VERBS = frozenset().union(*DEFAULT_VERBS.values())

KIND_TITLES: Mapping[Kind, Mapping[str, str]] = {
    Kind.START: {"zh-Hans": "受理", "en": "Intake", "zh-Hant": "受理"},
    Kind.TASK: {"zh-Hans": "处理", "en": "Processing", "zh-Hant": "處理"},
    Kind.APPROVAL: {"zh-Hans": "审批", "en": "Approval", "zh-Hant": "審批"},
    Kind.COUNTERSIGN: {"zh-Hans": "会签", "en": "Countersign", "zh-Hant": "會簽"},
    Kind.CALLBACK: {"zh-Hans": "回访", "en": "Callback", "zh-Hant": "回訪"},
    Kind.DECISION: {"zh-Hans": "判断", "en": "Decision", "zh-Hant": "判斷"},
    Kind.SPLIT: {"zh-Hans": "并行", "en": "Parallel", "zh-Hant": "並行"},
    Kind.JOIN: {"zh-Hans": "汇合", "en": "Join", "zh-Hant": "匯合"},
    Kind.END: {"zh-Hans": "结束", "en": "End", "zh-Hant": "結束"},
}

OUTCOME_TITLES: Mapping[str, Mapping[str, str]] = {
    "submitted": {"zh-Hans": "提交", "en": "Submitted", "zh-Hant": "提交"},
    "done": {"zh-Hans": "处理完成", "en": "Done", "zh-Hant": "處理完成"},
    "approved": {"zh-Hans": "同意", "en": "Approved", "zh-Hant": "同意"},
    "refused": {"zh-Hans": "不同意", "en": "Refused", "zh-Hant": "不同意"},
    "agree": {"zh-Hans": "赞成", "en": "Agree", "zh-Hant": "贊成"},
    "disagree": {"zh-Hans": "反对", "en": "Disagree", "zh-Hant": "反對"},
    "resolved": {"zh-Hans": "办结", "en": "Resolved", "zh-Hant": "辦結"},
    "answered": {"zh-Hans": "当场答复", "en": "Answered on the spot", "zh-Hant": "當場答覆"},
    "agreed": {"zh-Hans": "会签通过", "en": "Agreed", "zh-Hant": "會簽通過"},
    "satisfied": {"zh-Hans": "满意", "en": "Satisfied", "zh-Hant": "滿意"},
    "dissatisfied": {"zh-Hans": "不满意", "en": "Dissatisfied", "zh-Hant": "不滿意"},
    "unreachable": {"zh-Hans": "未接通", "en": "Unreachable", "zh-Hant": "未接通"},
    "not_reached": {"zh-Hans": "本次未接通", "en": "Not reached", "zh-Hant": "本次未接通"},
    "none_needed": {"zh-Hans": "无需回访", "en": "No callback needed", "zh-Hant": "無需回訪"},
    "valid": {"zh-Hans": "属实", "en": "Valid", "zh-Hant": "屬實"},
    "invalid": {"zh-Hans": "不属实", "en": "Not valid", "zh-Hant": "不屬實"},
    "not_ours": {"zh-Hans": "非我方责任", "en": "Not ours", "zh-Hant": "非我方責任"},
}
