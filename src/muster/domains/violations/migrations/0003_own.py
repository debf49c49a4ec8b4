"""A citizen sees a case about himself."""

from django.db import migrations

from muster.shell.rls import own


class Migration(migrations.Migration):
    dependencies = [("violations", "0002_walls"), ("register", "0009_own")]

    operations = [own("violations_case")]
