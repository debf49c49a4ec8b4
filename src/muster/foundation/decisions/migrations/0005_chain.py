"""A line names every resolution that carried it: the chain of councils has any length."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("decisions", "0004_closed_outcomes")]

    operations = [
        migrations.RemoveField(model_name="line", name="resolution"),
        migrations.AddField(
            model_name="line",
            name="resolution_ids",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.BigIntegerField(), blank=True, default=list, size=None
            ),
        ),
        migrations.AlterField(
            model_name="proposal",
            name="line",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="proposals",
                to="decisions.line",
            ),
        ),
    ]
