"""The role that may everything goes on doing so: it is given the right that came with interceptors and webhooks."""

from django.db import migrations

NEW = "admin.integrations"


def give(apps, schema_editor):
    for role in apps.get_model("staff", "Role").objects.filter(code="administrator"):
        role.rights = sorted({*role.rights, NEW})
        role.save(update_fields=["rights"])


def take(apps, schema_editor):
    for role in apps.get_model("staff", "Role").objects.filter(code="administrator"):
        role.rights = sorted(set(role.rights) - {NEW})
        role.save(update_fields=["rights"])


class Migration(migrations.Migration):
    dependencies = [("staff", "0003_rights_of_time")]
    operations = [migrations.RunPython(give, take)]
