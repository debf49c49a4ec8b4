"""Closes the cases to other places."""

from django.db import migrations

from muster.shell.rls import protect


class Migration(migrations.Migration):
    dependencies = [("recruitment", "0001_season"), ("units", "0002_promises")]

    operations = [protect("recruitment_case")]
