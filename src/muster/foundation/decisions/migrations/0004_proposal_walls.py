from django.db import migrations

from muster.shell.rls import protect


class Migration(migrations.Migration):
    dependencies = [("decisions", "0003_proposal")]
    operations = [protect("decisions_proposal")]
