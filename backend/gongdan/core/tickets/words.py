"""The words a spreadsheet needs, in the reader's language: headings, kinds, states, channels (GLOSSARY's words)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

HEADINGS: Mapping[str, Sequence[str]] = {
    "zh-Hans": (
        "工单编号 类型 业务分类 标题 状态 优先级 渠道 客户 客户等级 诉求人 "
        "受理时间 要求结束时间 实际结束时间 当前节点 处理人"
    ).split(),
    "zh-Hant": (
        "工單編號 類型 業務分類 標題 狀態 優先級 管道 客戶 客戶等級 訴求人 "
        "受理時間 要求結束時間 實際結束時間 目前節點 處理人"
    ).split(),
    "en": (
        "Number,Kind,Category,Subject,State,Priority,Channel,Customer,Level,Requester,Opened,Required end,Actual end,"
        "Present nodes,Handlers"
    ).split(","),
}
_CODES = (
    "consultation complaint repair suggestion daily_service draft open paused resolved closed cancelled force_ended "
    "phone email wechat web_form chat app api"
).split()
_WORDS: Mapping[str, Sequence[str]] = {
    "zh-Hans": (
        "咨询 投诉 报修 建议 日常服务 草稿 处理中 已暂停 已办结 已归档 已取消 已强制结束 电话 邮件 微信 网页表单 在线聊天 App API"
    ).split(),
    "zh-Hant": (
        "諮詢 投訴 報修 建議 日常服務 草稿 處理中 已暫停 已辦結 已歸檔 已取消 已強制結束 電話 電子郵件 微信 網頁表單 線上聊天 App API"
    ).split(),
    "en": (
        "Consultation,Complaint,Repair,Suggestion,Daily service,Draft,Open,Paused,Resolved,Closed,Cancelled,Force-ended,"
        "Phone,E-mail,WeChat,Web form,Chat,App,API"
    ).split(","),
}
_PRIORITIES: Mapping[str, Sequence[str]] = {
    "zh-Hans": "低 普通 高 紧急".split(),
    "zh-Hant": "低 普通 高 緊急".split(),
    "en": "Low Normal High Urgent".split(),
}
CODES: Mapping[str, Mapping[str, str]] = {
    locale: dict(zip(_CODES, words, strict=True)) for locale, words in _WORDS.items()
}


def priority(number: int, locale: str) -> str:
    """1..4 in words."""
    return _PRIORITIES[locale][number - 1]
