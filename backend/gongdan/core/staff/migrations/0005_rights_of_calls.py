"""The role that may everything goes on doing so: it is given the rights that came with the telephone."""

from django.db import migrations

NEW = {"call.take", "call.view", "call.listen", "call.download", "call.supervise", "admin.phone"}


def give(apps, schema_editor):
    for role in apps.get_model("staff", "Role").objects.filter(code="administrator"):
        role.rights = sorted({*role.rights, *NEW})
        role.save(update_fields=["rights"])


def take(apps, schema_editor):
    for role in apps.get_model("staff", "Role").objects.filter(code="administrator"):
        role.rights = sorted(set(role.rights) - NEW)
        role.save(update_fields=["rights"])


class Migration(migrations.Migration):
    dependencies = [("staff", "0004_right_of_integrations")]
    operations = [migrations.RunPython(give, take)]
