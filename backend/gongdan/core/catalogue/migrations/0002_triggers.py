from django.db import migrations

from gongdan.kernel.triggers import append_only, bumps_reference


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0001_initial"), ("kernel", "0002_reference_revision")]
    operations = [
        bumps_reference("catalogue_category"),
        append_only("catalogue_formversion"),
    ]
