"""The role that may everything goes on doing so: it is given the rights that came with calendars, policies and cards."""

from django.db import migrations

NEW = [
    "admin.calendars",
    "admin.policies",
    "ticket.acknowledge_card",
    "ticket.appeal_card",
    "ticket.circulate",
    "ticket.supervise",
    "ticket.uphold_card",
    "ticket.withdraw_card",
]


def give(apps, schema_editor):
    for role in apps.get_model("staff", "Role").objects.filter(code="administrator"):
        role.rights = sorted({*role.rights, *NEW})
        role.save(update_fields=["rights"])


def take(apps, schema_editor):
    for role in apps.get_model("staff", "Role").objects.filter(code="administrator"):
        role.rights = sorted(set(role.rights) - set(NEW))
        role.save(update_fields=["rights"])


class Migration(migrations.Migration):
    dependencies = [("staff", "0002_triggers")]
    operations = [migrations.RunPython(give, take)]
