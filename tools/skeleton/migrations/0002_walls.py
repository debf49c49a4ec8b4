"""Each case is closed to other places."""

from django.db import migrations

from muster.shell.rls import protect


class Migration(migrations.Migration):
    dependencies = [("skeleton", "0001_initial"), ("units", "0003_walls")]

    operations = [protect("skeleton_case")]
