"""What happens to departments, teams, people and roles."""

from __future__ import annotations

from gongdan.outbox.registry import EventType


def _organisation(name: str, subject: str, doc: str, fields: str, optional: str = "") -> EventType:
    right = "admin.organisation"
    return EventType(name, subject, doc, frozenset(fields.split()), frozenset(optional.split()), right=right)


ORGANISATION_EVENTS = (
    _organisation(
        "DepartmentCreated",
        "department",
        "A department was set up.",
        "code name parent_id head_id position active",
    ),
    _organisation(
        "DepartmentChanged", "department", "A department was renamed, moved or (de)activated.", "old new"
    ),
    _organisation("DepartmentRemoved", "department", "A department nobody used was removed.", "code name"),
    _organisation("TeamCreated", "team", "A team was set up.", "code name department_id active"),
    _organisation("TeamChanged", "team", "A team was renamed, moved or (de)activated.", "old new"),
    _organisation("TeamRemoved", "team", "A team nobody used was removed.", "code name"),
    _organisation(
        "RoleCreated", "role", "A role was made.", "code name rights scope category_ids customer_levels"
    ),
    _organisation("RoleChanged", "role", "What a role allows was changed.", "old new"),
    _organisation("RoleRemoved", "role", "A role nobody held was removed.", "code name"),
    _organisation(
        "StaffCreated",
        "staff",
        "A person joined.",
        "username name department_id team_ids email phone extension active",
    ),
    _organisation(
        "StaffChanged",
        "staff",
        "A person's data were changed, or they left or came back (active).",
        "old new",
    ),
    _organisation("StaffRolesChanged", "staff", "A person was given or lost roles.", "old new"),
    _organisation(
        "PasswordChanged",
        "staff",
        "A person's password was set anew, by themselves or by another.",
        "by_owner",
    ),
    _organisation(
        "TokenCreated",
        "staff",
        "An API token was made for a person.",
        "token_id name prefix",
        optional="expires_at",
    ),
    _organisation("TokenRevoked", "staff", "An API token of a person was revoked.", "token_id name prefix"),
)
