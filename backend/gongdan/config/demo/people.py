"""The demo company's departments, teams, roles and people. Every name is invented."""

from __future__ import annotations

from dataclasses import dataclass

from gongdan.core.staff.models import Scope
from gongdan.core.staff.rights import RIGHTS

# code, name, code of the parent
DEPARTMENTS = (
    ("company", "演示公司", None),
    ("hotline", "热线中心", "company"),
    ("service_center", "客户服务部", "company"),
    ("network", "网络部", "company"),
    ("field_east", "东区装维中心", "network"),
    ("field_west", "西区装维中心", "network"),
    ("billing", "账务部", "company"),
    ("market", "市场部", "company"),
    ("enterprise", "政企部", "company"),
    ("office", "综合办公室", "company"),
)

# code, name, department
TEAMS = (
    ("hotline_day", "热线早班", "hotline"),
    ("hotline_late", "热线晚班", "hotline"),
    ("callback_team", "回访组", "service_center"),
    ("east_one", "东区一组", "field_east"),
    ("west_one", "西区一组", "field_west"),
)

_TALK = "ticket.append ticket.note ticket.attach ticket.link ticket.urge ticket.withdraw"
_ANSWER = "ticket.acknowledge_card ticket.appeal_card"
_AGENT = (
    f"ticket.view ticket.view_notes ticket.open ticket.submit ticket.edit ticket.accept ticket.process ticket.reply {_TALK} {_ANSWER} "
    "customer.view customer.edit customer.reveal call.take call.view"
)
_HANDLER = (
    f"ticket.view ticket.view_notes ticket.accept ticket.process ticket.reply ticket.transfer ticket.return {_TALK} {_ANSWER} "
    "ticket.consult ticket.co_handle ticket.countersign ticket.extend ticket.resolve customer.view customer.reveal"
)
_SUPERVISOR = (
    f"{_HANDLER} ticket.dispatch ticket.decide_extension ticket.pause ticket.resume ticket.cancel ticket.edit "
    "ticket.supervise report.view call.view call.listen call.supervise"
)
_HEAD = f"{_SUPERVISOR} call.download ticket.uphold_card ticket.withdraw_card ticket.circulate ticket.force_end ticket.close ticket.reopen"
_CALLBACK = (
    f"ticket.view ticket.view_notes ticket.accept ticket.call_back ticket.return {_TALK} {_ANSWER} "
    "callback.work customer.view customer.reveal call.take call.view"
)
_BILLING = (
    f"ticket.view ticket.view_notes ticket.accept ticket.process ticket.note ticket.append {_ANSWER} "
    "customer.view report.view"
)
_INSPECTOR = (
    "ticket.view ticket.view_notes ticket.supervise ticket.circulate ticket.uphold_card ticket.withdraw_card "
    "ticket.urge ticket.note customer.view report.view call.view call.listen call.supervise"
)
_LINE = "call.view call.listen call.download call.supervise report.view customer.view"

# code, name, rights, scope
ROLES = (
    ("agent", "坐席", _AGENT, Scope.DEPARTMENT),
    ("handler", "处理人", _HANDLER, Scope.DEPARTMENT),
    ("supervisor", "班长", _SUPERVISOR, Scope.DEPARTMENT),
    ("department_head", "部门负责人", _HEAD, Scope.DEPARTMENT_BELOW),
    ("callback_agent", "回访员", _CALLBACK, Scope.TEAM),
    ("billing_supervisor", "账务主管", _BILLING, Scope.OWN),
    ("line_supervisor", "话务主管", _LINE, Scope.ALL),
    ("inspector", "督导", _INSPECTOR, Scope.ALL),
    ("administrator", "系统管理员", " ".join(right.code for right in RIGHTS), Scope.ALL),
)


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """`shown`: the login stands on the screen after `gongdan up`, with these words."""

    username: str
    name: str
    department: str
    roles: tuple[str, ...]
    teams: tuple[str, ...] = ()
    extension: str = ""
    head: bool = False
    shown: str = ""


PEOPLE = (
    DemoPerson("admin", "管理员", "office", ("administrator",), extension="8000", shown="系统管理员 administrator"),
    DemoPerson("agent", "刘洋", "hotline", ("agent",), ("hotline_day",), "8101", shown="热线坐席 agent"),
    DemoPerson("agent2", "王敏", "hotline", ("agent",), ("hotline_day",), "8102"),
    DemoPerson("agent3", "陈静", "hotline", ("agent",), ("hotline_late",), "8103"),
    DemoPerson("agent4", "周婷", "hotline", ("agent",), ("hotline_late",), "8104"),
    DemoPerson("hotline_head", "林涛", "hotline", ("department_head", "agent", "line_supervisor"), (), "8100", True),
    DemoPerson("clerk", "赵强", "network", ("handler",), (), "8201", shown="网络部处理人 handler"),
    DemoPerson("clerk2", "孙丽", "network", ("handler",), (), "8202"),
    DemoPerson("supervisor", "高翔", "network", ("supervisor",), (), "8203", shown="网络部班长 supervisor"),
    DemoPerson("head", "李建军", "network", ("department_head", "supervisor"), (), "8200", True, "网络部负责人 head"),
    DemoPerson("east", "周强", "field_east", ("handler", "supervisor"), ("east_one",), "8211", head=True),
    DemoPerson("east2", "吴刚", "field_east", ("handler",), ("east_one",), "8212"),
    DemoPerson("west", "郑凯", "field_west", ("handler", "supervisor"), ("west_one",), "8221", head=True),
    DemoPerson("west2", "马超", "field_west", ("handler",), ("west_one",), "8222"),
    DemoPerson("service", "何琳", "service_center", ("handler",), (), "8301"),
    DemoPerson("service2", "罗佳", "service_center", ("handler", "supervisor"), (), "8302"),
    DemoPerson("service_head", "谢芳", "service_center", ("department_head", "supervisor"), (), "8300", True),
    DemoPerson("callback", "郑爽", "service_center", ("callback_agent",), ("callback_team",), "8311", shown="回访员 callback agent"),
    DemoPerson("callback2", "冯洁", "service_center", ("callback_agent",), ("callback_team",), "8312"),
    DemoPerson("billing", "吴芳", "billing", ("handler", "billing_supervisor"), (), "8401", shown="账务部处理人 billing"),
    DemoPerson("billing2", "唐亮", "billing", ("handler", "supervisor", "billing_supervisor"), (), "8402"),
    DemoPerson("billing_head", "沈悦", "billing", ("department_head", "supervisor", "billing_supervisor"), (), "8400", True),
    DemoPerson("market", "宋扬", "market", ("handler",), (), "8501"),
    DemoPerson("market_head", "曹颖", "market", ("department_head", "supervisor"), (), "8500", head=True),
    DemoPerson("enterprise", "邓磊", "enterprise", ("handler", "supervisor"), (), "8601"),
    DemoPerson("enterprise_head", "彭博", "enterprise", ("department_head", "supervisor"), (), "8600", head=True),
    DemoPerson("deputy", "韩松", "company", ("department_head",), (), "8002", head=True),
    DemoPerson("inspector", "顾平", "office", ("inspector",), (), "8001"),
)  # fmt: skip
