"""Each case is closed to other places."""

from django.db import migrations

from muster.shell.rls import protect


class Migration(migrations.Migration):
    dependencies = [("skeleton", "0001_initial")]

    operations = [protect("skeleton_case")]
