"""The demo company's telephone: two systems that `gongdan simulate calls` plays, extensions, queues, lines.

The systems are switched off: `gongdan simulate calls` switches on the one it plays. Made through the settings' verbs.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gongdan.core.interactions.actions.extensions import create_extension
from gongdan.core.interactions.actions.line_settings import change_line_settings
from gongdan.core.interactions.actions.lines import create_line
from gongdan.core.interactions.actions.queues import create_queue
from gongdan.core.interactions.actions.systems import create_system
from gongdan.core.staff.models import Staff
from gongdan.kernel.actor import Actor

ASTERISK, FREESWITCH = "demo_asterisk", "demo_freeswitch"
USER, SECRET = "gongdan", "gongdan-demo"  # what the simulator expects as well
# code, name, dialect, port, where its recordings are, and what else it is told
SYSTEMS: tuple[tuple[str, str, str, int, int, Mapping[str, Any]], ...] = (
    (ASTERISK, "热线交换机（模拟 Asterisk）", "asterisk", 15038, 15039, {"notify": True, "trunks": ["PJSIP/trunk"]}),
    (FREESWITCH, "备用交换机（模拟 FreeSWITCH）", "freeswitch", 18021, 18022, {}),
)  # fmt: skip
AGENTS = ("agent", "agent2", "agent3", "agent4")
OWNERS = {
    **{f"{8101 + place}": username for place, username in enumerate(AGENTS)},
    "8100": "hotline_head",
    "8311": "callback",
    "8312": "callback2",
}
FREE = ("8105", "8106", "8107", "8108")
SOFTPHONE, SOFTPHONE_OWNER = "8190", "agent"
OF_FREESWITCH = tuple(str(number) for number in range(9101, 9107))
QUEUES = (("hotline", "热线人工", 20), ("vip", "贵宾专席", 10))
MENU = {
    "1": {"label": "业务咨询", "category": "fee_query"},
    "2": {"label": "故障报修", "category": "broadband_down"},
    "3": {"label": "投诉建议", "category": "complaint_hotline"},
    "0": {"label": "人工服务"},
}
LINES: tuple[tuple[str, str, str, Mapping[str, Mapping[str, str]]], ...] = (
    ("4008001234", "客服热线", "", MENU),
    ("4008001235", "政企热线", "leased_line", {}),
    ("01055501000", "营业厅总机", "plan_query", {}),
)


def make_phone(actor: Actor) -> None:
    """Needs people and categories."""
    for code, name, dialect, port, media, settings in SYSTEMS:
        given = {
            "name": name,
            "host": "127.0.0.1",
            "port": port,
            "username": USER if dialect == "asterisk" else "",
            "secret": SECRET,
            "recording_address": f"http://127.0.0.1:{media}/recordings/",
            "allowed_networks": ["127.0.0.0/8"],
            "settings": settings,
            "sip_domain": "pbx.example.com" if dialect == "asterisk" else "",
            "sip_address": "ws://127.0.0.1:15088/ws" if dialect == "asterisk" else "",
            "active": False,
        }
        create_system(code=code, dialect=dialect, given=given, actor=actor)
        for queue, title, seconds in QUEUES:
            create_queue(code, name=queue, title=title, service_seconds=seconds, actor=actor)
    _make_extensions(actor)
    for number, label, category, choices in LINES:
        given = {"number": number, "label": label, "category": category, "choices": choices}
        create_line(given, actor=actor)
    change_line_settings({"daily_target": 70}, version=None, actor=actor)


def _make_extensions(actor: Actor) -> None:
    ids = dict(Staff.objects.filter(username__in=OWNERS.values()).values_list("username", "id"))
    for number, username in sorted(OWNERS.items()):
        create_extension(ASTERISK, {"number": number, "staff_id": ids[username]}, actor=actor)
    for number in FREE:
        create_extension(ASTERISK, {"number": number}, actor=actor)
    softphone = {"number": SOFTPHONE, "kind": "softphone", "secret": SECRET}
    create_extension(ASTERISK, softphone | {"staff_id": ids[SOFTPHONE_OWNER]}, actor=actor)
    for number in OF_FREESWITCH:
        create_extension(FREESWITCH, {"number": number}, actor=actor)
