"""Closes the cases to other places, and leaves room on their pages for the next state."""

from django.db import migrations

from muster.shell.rls import protect


class Migration(migrations.Migration):
    dependencies = [("recruitment", "0001_season"), ("units", "0002_promises")]

    operations = [
        protect("recruitment_case"),
        migrations.RunSQL(
            "alter table recruitment_case set (fillfactor = 33)",
            "alter table recruitment_case reset (fillfactor)",
        ),
    ]
