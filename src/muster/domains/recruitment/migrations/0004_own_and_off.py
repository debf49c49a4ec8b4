"""A citizen sees his own case; a slip says when its man is called no longer."""

from django.db import migrations, models

from muster.shell.rls import own


class Migration(migrations.Migration):
    dependencies = [("recruitment", "0003_resting"), ("register", "0002_walls")]

    operations = [
        migrations.AddField(
            model_name="slip",
            name="taken_off",
            field=models.BooleanField(db_default=False),
        ),
        own("recruitment_case"),
    ]
