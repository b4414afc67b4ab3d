from django.db import migrations

from gongdan.kernel.triggers import bumps_reference


class Migration(migrations.Migration):
    dependencies = [("staff", "0001_initial"), ("kernel", "0002_reference_revision")]
    operations = [
        bumps_reference("staff_department"),
        bumps_reference("staff_team"),
        bumps_reference("staff_staff", "username, name, department_id, is_active"),
        bumps_reference("staff_staff_teams"),
        bumps_reference("staff_role"),
        bumps_reference("staff_rolegrant"),
    ]
