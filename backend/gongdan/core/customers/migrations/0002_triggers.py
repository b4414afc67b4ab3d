from django.db import migrations

from gongdan.kernel.triggers import bumps_reference


class Migration(migrations.Migration):
    dependencies = [("customers", "0001_initial"), ("kernel", "0002_reference_revision")]
    operations = [
        bumps_reference("customers_customerlevel"),
    ]
