from django.db import migrations

from gongdan.kernel.triggers import KERNEL, append_only, bumps_reference


class Migration(migrations.Migration):
    dependencies = [("calendar", "0001_initial"), KERNEL]
    operations = [
        bumps_reference("calendar_workingcalendar"),
        bumps_reference("calendar_departmentcalendar"),
        append_only("calendar_holidaytable"),
        append_only("calendar_calendarversion"),
    ]
