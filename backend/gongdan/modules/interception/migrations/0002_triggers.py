from django.db import migrations

from gongdan.kernel.triggers import KERNEL, bumps_reference


class Migration(migrations.Migration):
    dependencies = [("interception", "0001_initial"), KERNEL]
    operations = [
        bumps_reference("interception_interceptor"),
        bumps_reference("interception_rest", "until, times"),
    ]
