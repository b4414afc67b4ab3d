from django.db import migrations

from gongdan.kernel.triggers import KERNEL, append_only, bumps_reference


class Migration(migrations.Migration):
    dependencies = [("sla", "0001_initial"), KERNEL]
    operations = [
        bumps_reference("sla_policy"),
        append_only("sla_policyversion"),
    ]
