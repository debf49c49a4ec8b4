import django.contrib.postgres.functions
import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    initial = True

    dependencies = [("units", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="Case",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False, auto_created=True, verbose_name="ID")),
                ("uid", models.UUIDField(db_default=django.contrib.postgres.functions.RandomUUID(), editable=False, unique=True)),
                ("subject", models.CharField(max_length=200)),
                ("opened_on", models.DateField()),
                ("closed_on", models.DateField(null=True)),
                ("outcome", models.CharField(blank=True, choices=[("settled", "Settled"), ("dropped", "Dropped")], max_length=20)),
                ("place", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="units.place")),
            ],
            options={
                "indexes": [models.Index(fields=["place", "closed_on"], name="skeleton_case_by_place")],
                "constraints": [
                    models.CheckConstraint(
                        condition=Q(closed_on__isnull=True, outcome="") | (Q(closed_on__gte=F("opened_on")) & ~Q(outcome="")),
                        name="skeleton_case_closed_whole",
                    )
                ],
            },
        ),
    ]
