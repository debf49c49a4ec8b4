"""A citizen sees what was decided about himself, how it was served, and his complaints."""

from django.db import migrations

from muster.shell.rls import own

OF_HIS_LINES = "line_id in (select id from decisions_line)"


class Migration(migrations.Migration):
    dependencies = [("decisions", "0007_bulk_keys"), ("register", "0009_own")]

    operations = [
        own("decisions_line"),
        own("decisions_fact", OF_HIS_LINES),
        own("decisions_delivery", OF_HIS_LINES),
        own("decisions_complaint", OF_HIS_LINES),
        own("decisions_dispute"),
    ]
