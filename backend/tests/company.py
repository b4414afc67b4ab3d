"""The company that tests work in: two branches of departments, a team, and a person for each post."""

from __future__ import annotations

from dataclasses import dataclass

from gongdan.core.staff.models import Department, Role, RoleGrant, Scope, Staff, Team
from gongdan.core.staff.rights import RIGHTS

AGENT = [
    *("ticket.view", "ticket.view_notes", "ticket.open", "ticket.submit", "ticket.append", "ticket.reply"),
    *("ticket.note", "ticket.urge", "ticket.withdraw", "ticket.link", "ticket.attach", "ticket.edit"),
    *("ticket.close", "customer.view", "customer.edit"),
]
CLERK = [
    *("ticket.view", "ticket.view_notes", "ticket.accept", "ticket.process", "ticket.append", "ticket.reply"),
    *(
        "ticket.note",
        "ticket.transfer",
        "ticket.return",
        "ticket.withdraw",
        "ticket.consult",
        "ticket.co_handle",
    ),
    *(
        "ticket.countersign",
        "ticket.extend",
        "ticket.acknowledge_card",
        "ticket.appeal_card",
        "ticket.link",
        "ticket.attach",
        "ticket.resolve",
        "customer.view",
    ),
]
HEAD = [
    *CLERK,
    "ticket.decide_extension",
    "ticket.uphold_card",
    "ticket.withdraw_card",
    "ticket.supervise",
    "ticket.circulate",
    "ticket.urge",
    "ticket.pause",
    "ticket.resume",
    "ticket.reopen",
    "report.view",
]
CALLBACK = [
    "ticket.view",
    "ticket.accept",
    "ticket.call_back",
    "ticket.note",
    "callback.work",
    "customer.view",
]


@dataclass(frozen=True)
class Organisation:
    """company > service, network > field, billing. `admin` may everything; `stranger` has no role."""

    company: Department
    service: Department
    network: Department
    field: Department
    billing: Department
    crew: Team  # of `field`
    roles: dict[str, Role]  # administrator, agent, clerk, head, callback
    admin: Staff
    agent: Staff  # service, sees own
    agent_two: Staff
    head: Staff  # of network, sees network and below
    clerk: Staff  # network, sees the department
    clerk_two: Staff
    technician: Staff  # field, in the crew
    biller: Staff  # billing
    reviewer: Staff  # service, calls customers back
    reviewer_two: Staff
    stranger: Staff


def department(code: str, name: str, parent: Department | None = None) -> Department:
    """A department as a row."""
    made = Department.objects.create(code=code, name=name, parent=parent)
    made.path = f"{parent.path if parent else ''}{made.pk}."
    made.save(update_fields=["path"])
    return made


def role(code: str, rights: list[str], scope: Scope) -> Role:
    """A role as a row."""
    return Role.objects.create(code=code, name=code.title(), rights=rights, scope=scope)


def person(username: str, name: str, where: Department, *roles: Role) -> Staff:
    """A person who cannot sign in with a password, with roles in their own department."""
    made = Staff.objects.create(username=username, name=name, department=where, password="!")
    RoleGrant.objects.bulk_create(RoleGrant(staff=made, role=held) for held in roles)
    return made


def found() -> Organisation:
    """Make the company."""
    company = department("company", "云通公司")
    service = department("service", "客服中心", company)
    network = department("network", "网络部", company)
    field = department("field", "装维班", network)
    billing = department("billing", "账务部", company)
    crew = Team.objects.create(code="crew", name="装维一组", department=field)
    roles = {
        "administrator": role("administrator", [right.code for right in RIGHTS], Scope.ALL),
        "agent": role("agent", AGENT, Scope.OWN),
        "clerk": role("clerk", CLERK, Scope.DEPARTMENT),
        "head": role("head", HEAD, Scope.DEPARTMENT_BELOW),
        "callback": role("callback", CALLBACK, Scope.OWN),
    }
    technician = person("technician", "周强", field, roles["clerk"])
    technician.teams.add(crew)
    return Organisation(
        company=company,
        service=service,
        network=network,
        field=field,
        billing=billing,
        crew=crew,
        roles=roles,
        admin=person("admin", "系统管理员", company, roles["administrator"]),
        agent=person("agent", "王敏", service, roles["agent"]),
        agent_two=person("agent2", "刘洋", service, roles["agent"]),
        head=person("head", "赵强", network, roles["head"]),
        clerk=person("clerk", "孙丽", network, roles["clerk"]),
        clerk_two=person("clerk2", "钱进", network, roles["clerk"]),
        technician=technician,
        biller=person("biller", "吴芳", billing, roles["clerk"]),
        reviewer=person("reviewer", "郑爽", service, roles["callback"]),
        reviewer_two=person("reviewer2", "冯洁", service, roles["callback"]),
        stranger=person("stranger", "陈默", billing),
    )
