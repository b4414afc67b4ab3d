from django.db import migrations

from gongdan.kernel.triggers import never_emptied


class Migration(migrations.Migration):
    dependencies = [("outbox", "0002_triggers")]
    operations = [
        never_emptied("outbox_eventrecord"),
        never_emptied("outbox_anchor"),
        migrations.RunSQL(
            "ALTER TABLE outbox_eventrecord ADD CONSTRAINT event_is_readable "
            "CHECK (jsonb_typeof(data) = 'object' AND jsonb_typeof(actor) = 'object')",
            "ALTER TABLE outbox_eventrecord DROP CONSTRAINT event_is_readable",
        ),
    ]
