from django.db import migrations

from muster.shell.rls import protect


class Migration(migrations.Migration):
    dependencies = [("decisions", "0005_dispute")]
    operations = [protect("decisions_dispute")]
