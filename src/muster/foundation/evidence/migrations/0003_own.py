"""A citizen sees the papers that serve him."""

from django.db import migrations

from muster.shell.rls import own


class Migration(migrations.Migration):
    dependencies = [("evidence", "0002_walls"), ("register", "0009_own")]

    operations = [
        own("evidence_showing"),
        own("evidence_paper", "id in (select paper_id from evidence_showing)"),
    ]
