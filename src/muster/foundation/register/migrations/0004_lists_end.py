"""Lets the retention job, and nobody else beside its sender, reach a list that was sent."""

from django.db import migrations

from muster.shell.rls import WIDE


class Migration(migrations.Migration):
    dependencies = [("register", "0003_survivors")]

    operations = [
        migrations.RunSQL(
            f"create policy register_upload_ends on register_upload to {WIDE}"
            " using (current_setting('muster.erasing', true) = 'on')",
            "drop policy register_upload_ends on register_upload",
        )
    ]
