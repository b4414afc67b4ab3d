"""Columns that names and subscribers' numbers are searched by."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("customers", "0002_triggers")]
    operations = [
        migrations.AddField("customer", "folded", models.TextField(blank=True, default="")),
        migrations.AddField("customer", "initials", models.TextField(blank=True, default="")),
        migrations.AddField("subscriber", "reversed", models.CharField(blank=True, default="", max_length=40)),
        migrations.AddIndex(
            "subscriber",
            models.Index(fields=["reversed"], name="subscriber_reversed", opclasses=["varchar_pattern_ops"]),
        ),
    ]
