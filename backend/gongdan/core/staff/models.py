"""The organisation: departments as a tree, teams, people, and what roles let them do.

Every change of a row here bumps the reference revision (a database trigger), so each process rereads its cached copy.
"""

from __future__ import annotations

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models


class Department(models.Model):
    """A department; `path` is the chain of ids from the root, e.g. "1.4.9.", so "and below" is a prefix."""

    code = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=120)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    path = models.CharField(max_length=255, default="", db_index=True)
    head = models.ForeignKey("staff.Staff", models.SET_NULL, null=True, blank=True, related_name="heads")
    position = models.IntegerField(default=0)
    active = models.BooleanField(default=True)

    def __str__(self) -> str:
        return self.name


class Team(models.Model):
    """A team within a department."""

    code = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=120)
    department = models.ForeignKey(Department, models.PROTECT, related_name="teams")
    active = models.BooleanField(default=True)

    def __str__(self) -> str:
        return self.name


class StaffManager(BaseUserManager["Staff"]):
    """Finds a person by the name they sign in with."""

    def get_by_natural_key(self, username: str | None) -> Staff:
        return self.get(username=username)


class Staff(AbstractBaseUser):
    """A person who signs in. `preferences` keeps language, theme and favourites of the desk."""

    username = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=120)
    email = models.EmailField(blank=True, default="")
    phone = models.CharField(max_length=32, blank=True, default="")
    extension = models.CharField(max_length=16, blank=True, default="")
    department = models.ForeignKey(Department, models.PROTECT, related_name="staff")
    teams = models.ManyToManyField(Team, related_name="staff", blank=True)
    is_active = models.BooleanField(default=True)
    preferences: models.JSONField[dict[str, Any]] = models.JSONField(default=dict, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]
    objects = StaffManager()

    def __str__(self) -> str:
        return self.name


class Scope(models.TextChoices):
    """How far a role's rights reach."""

    OWN = "own"
    TEAM = "team"
    DEPARTMENT = "department"
    DEPARTMENT_BELOW = "department_below"
    ALL = "all"


class Role(models.Model):
    """Rights (codes from `rights.RIGHTS`) and how far they reach, narrowed by category or customer level."""

    code = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=120)
    rights: models.Field[Any, list[str]] = ArrayField(models.CharField(max_length=64), default=list)
    scope = models.CharField(max_length=20, choices=Scope.choices, default=Scope.OWN)
    category_ids: models.Field[Any, list[int]] = ArrayField(
        models.BigIntegerField(), default=list, blank=True
    )
    customer_levels: models.Field[Any, list[str]] = ArrayField(
        models.CharField(max_length=32), default=list, blank=True
    )

    def __str__(self) -> str:
        return self.name


class RoleGrant(models.Model):
    """A person holds a role; `department` (when given) is where it counts instead of their own."""

    staff = models.ForeignKey(Staff, models.CASCADE, related_name="role_grants")
    role = models.ForeignKey(Role, models.PROTECT, related_name="grants")
    department = models.ForeignKey(Department, models.PROTECT, null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "staff", "role", "department", name="role_grant_once", nulls_distinct=False
            ),
        ]
