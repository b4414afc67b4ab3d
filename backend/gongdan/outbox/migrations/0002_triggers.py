from django.db import migrations

from gongdan.kernel.triggers import append_only


class Migration(migrations.Migration):
    dependencies = [("outbox", "0001_initial"), ("kernel", "0002_reference_revision")]
    operations = [
        append_only("outbox_eventrecord"),
        append_only("outbox_anchor"),
    ]
