"""What happens to interceptors, the third parties that are asked before a verb."""

from __future__ import annotations

from gongdan.outbox.registry import EventType


def _interceptor(name: str, doc: str, fields: str, subject: str = "interceptor") -> EventType:
    return EventType(name, subject, doc, frozenset(fields.split()), right="admin.integrations")


INTERCEPTION_EVENTS = (
    _interceptor("InterceptorCreated", "An interceptor (拦截器) was registered.", "name definition"),
    _interceptor("InterceptorChanged", "An interceptor was changed.", "name old new"),
    _interceptor("InterceptorRemoved", "An interceptor was removed.", "name definition"),
    _interceptor("InterceptorsOrdered", "Interceptors were put in another order.", "old new", "interceptors"),
    _interceptor("InterceptorKeyRotated", "An interceptor was given a fresh key.", "name old_valid_until"),
    _interceptor(
        "InterceptorRested",
        "An interceptor failed again and again; it is left alone until it answers once.",
        "name failures reason",
    ),
    _interceptor("InterceptorRecovered", "An interceptor that was left alone answers again.", "name"),
)
