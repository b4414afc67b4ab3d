from django.db import migrations

from gongdan.kernel.triggers import KERNEL, bumps_reference

SETTINGS = "name, address, types, condition, headers, allowed_networks, owner_id, active, paused_at"


class Migration(migrations.Migration):
    dependencies = [("webhooks", "0001_initial"), KERNEL]
    operations = [
        bumps_reference("webhooks_endpoint", SETTINGS),
        # Every delivery's row is changed at least twice: room for that on its own page.
        migrations.RunSQL(
            "ALTER TABLE webhooks_delivery SET (fillfactor = 75, autovacuum_vacuum_scale_factor = 0.05)",
            migrations.RunSQL.noop,
        ),
    ]
