"""The revision row, and the trigger function that reference tables bump it with."""

from django.db import migrations

SQL = """
INSERT INTO kernel_referencerevision (id, revision) VALUES (1, 1) ON CONFLICT DO NOTHING;
CREATE FUNCTION gongdan_bump_reference() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE kernel_referencerevision SET revision = revision + 1 WHERE id = 1;
  RETURN NULL;
END $$;
CREATE FUNCTION gongdan_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;
"""
UNDO = "DROP FUNCTION gongdan_bump_reference() CASCADE; DROP FUNCTION gongdan_refuse_change() CASCADE;"


class Migration(migrations.Migration):
    dependencies = [("kernel", "0001_initial")]
    operations = [migrations.RunSQL(SQL, UNDO)]
