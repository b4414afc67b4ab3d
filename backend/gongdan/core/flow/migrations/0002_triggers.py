from django.db import migrations

from gongdan.kernel.triggers import append_only, bumps_reference


class Migration(migrations.Migration):
    dependencies = [("flow", "0001_initial"), ("kernel", "0002_reference_revision")]
    operations = [
        bumps_reference("flow_flow"),
        append_only("flow_flowversion"),
    ]
