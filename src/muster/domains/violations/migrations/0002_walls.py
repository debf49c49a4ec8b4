"""Each case is closed to other places, and open to the citizen whom it is about."""

from django.db import migrations

from muster.shell.rls import own, protect


class Migration(migrations.Migration):
    dependencies = [
        ("register", "0002_walls"),
        ("violations", "0001_initial"),
    ]

    operations = [protect("violations_case"), own("violations_case")]
