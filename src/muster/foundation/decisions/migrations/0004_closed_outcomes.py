"""Lines of closed outcomes go by a retention rule; a tally keeps how many there were."""

import django.db.models.deletion
from django.db import migrations, models

from muster.shell.promises import append_only
from muster.shell.rls import protect


class Migration(migrations.Migration):
    dependencies = [("decisions", "0003_walls"), ("units", "0003_walls")]

    operations = [
        migrations.CreateModel(
            name="Tally",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("outcome", models.CharField(max_length=40)),
                ("lines", models.IntegerField()),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tallies",
                        to="decisions.decision",
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="units.place",
                    ),
                ),
            ],
        ),
        append_only("decisions_tally", "decisions_refuse_change"),
        protect("decisions_tally"),
        migrations.RunSQL(
            "drop trigger decisions_line_append_only on decisions_line",
            append_only("decisions_line", "decisions_refuse_change").sql,
        ),
        append_only("decisions_line", "decisions_refuse_all_but_erasure"),
    ]
