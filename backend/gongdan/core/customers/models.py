"""Customers, and the three-account model: a customer has accounts that pay and subscribers that use."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models


class CustomerLevel(models.Model):
    """ordinary, silver, gold, vip, and own levels; a higher `rank` is served first."""

    code = models.CharField(max_length=32, unique=True)
    name = models.CharField(max_length=60)
    rank = models.IntegerField(default=0)


class CustomerKind(models.TextChoices):
    PERSON = "person"
    ORGANIZATION = "organization"


class CustomerClass(models.TextChoices):
    """The market a customer belongs to: the public, an industry, or a cluster (group) of companies."""

    PUBLIC = "public"
    INDUSTRY = "industry"
    CLUSTER = "cluster"


class Customer(models.Model):
    """A person or organisation. `parent` is the hierarchy; `folded`, `initials` and `search_terms` follow from the
    name and serve searching (see `terms.py`)."""

    kind = models.CharField(max_length=16, choices=CustomerKind.choices, default=CustomerKind.PERSON)
    name = models.CharField(max_length=200)
    level = models.ForeignKey(CustomerLevel, models.PROTECT, to_field="code", default="ordinary")
    customer_class = models.CharField(
        max_length=16, choices=CustomerClass.choices, default=CustomerClass.PUBLIC
    )
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    external_id = models.CharField(max_length=120, null=True, blank=True, unique=True)
    note = models.TextField(blank=True, default="")
    fields: models.JSONField[dict[str, Any]] = models.JSONField(default=dict, blank=True)
    search_terms: models.Field[Any, list[str]] = ArrayField(
        models.CharField(max_length=32), default=list, blank=True
    )
    folded = models.TextField(blank=True, default="")
    initials = models.TextField(blank=True, default="")
    version = models.IntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        indexes = [GinIndex(fields=["search_terms"], name="customer_terms")]


class ContactKind(models.TextChoices):
    PHONE = "phone"
    EMAIL = "email"
    WECHAT = "wechat"
    ADDRESS = "address"


class Contact(models.Model):
    """One way to reach a customer. For phones `e164` (+8613800138000), `extension` and `reversed` digits are derived;
    for the other kinds `e164` is null and `folded` is what is compared."""

    customer = models.ForeignKey(Customer, models.CASCADE, related_name="contacts")
    kind = models.CharField(max_length=16, choices=ContactKind.choices)
    value = models.CharField(max_length=300)
    label = models.CharField(max_length=60, blank=True, default="")
    e164 = models.CharField(max_length=20, null=True, blank=True, db_index=True)
    extension = models.CharField(max_length=16, blank=True, default="")
    reversed = models.CharField(max_length=40, blank=True, default="")
    folded = models.CharField(max_length=300, blank=True, default="")
    primary = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(fields=["reversed"], name="contact_reversed", opclasses=["varchar_pattern_ops"]),
            models.Index(fields=["kind", "folded"], name="contact_folded"),
        ]


class Account(models.Model):
    """What pays: a billing account of a customer."""

    customer = models.ForeignKey(Customer, models.PROTECT, related_name="accounts")
    number = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=200, blank=True, default="")
    status = models.CharField(max_length=32, default="active")


class Subscriber(models.Model):
    """What uses: a line or service of a customer, paid by an account."""

    customer = models.ForeignKey(Customer, models.PROTECT, related_name="subscribers")
    account = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="subscribers")
    number = models.CharField(max_length=64, db_index=True)
    e164 = models.CharField(max_length=20, null=True, blank=True, db_index=True)
    reversed = models.CharField(max_length=40, blank=True, default="")
    product = models.CharField(max_length=120, blank=True, default="")
    address = models.CharField(max_length=300, blank=True, default="")
    status = models.CharField(max_length=32, default="active")

    class Meta:
        indexes = [
            models.Index(fields=["reversed"], name="subscriber_reversed", opclasses=["varchar_pattern_ops"]),
        ]
