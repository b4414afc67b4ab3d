from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("tickets", "0004_clocks")]
    operations = [
        # Every verb and every card changes the ticket's row, most of them nothing that is indexed: with room on its own
        # page the change touches no index. Among a million clocks this was a third of what firing read and half of its
        # WAL (bench, docs/benchmarks.md).
        migrations.RunSQL(
            "ALTER TABLE tickets_ticket SET (fillfactor = 80)",
            "ALTER TABLE tickets_ticket RESET (fillfactor)",
        ),
    ]
