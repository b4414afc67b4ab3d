from django.db import migrations

from gongdan.kernel.triggers import KERNEL, bumps_reference


class Migration(migrations.Migration):
    """A page's policy names the systems a softphone may reach: never stale, and untouched by a system's health."""

    dependencies = [KERNEL, ("interactions", "0002_desk_reads")]
    operations = [bumps_reference("interactions_telephonesystem", "sip_address, active")]
