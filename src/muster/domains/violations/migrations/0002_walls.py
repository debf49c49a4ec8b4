"""Each case has an opaque name and is closed to other places."""

import uuid

import django.contrib.postgres.functions
from django.db import migrations, models

from muster.shell.rls import protect


class Migration(migrations.Migration):
    dependencies = [
        ("decisions", "0002_walls"),
        ("register", "0002_walls"),
        ("violations", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="case",
            name="uid",
            field=models.UUIDField(
                db_default=django.contrib.postgres.functions.RandomUUID(),
                default=uuid.uuid4,
                editable=False,
                unique=True,
            ),
        ),
        migrations.AlterField(
            model_name="case",
            name="offence",
            field=models.CharField(
                choices=[
                    ("registration_missed", "First registration missed"),
                    ("registration_missed_again", "First registration missed again"),
                    ("screening_absence", "Not present at pre-screening"),
                    ("screening_refused", "Refused the call to pre-screening"),
                    ("exam_absence", "Not present at the examination"),
                    ("exam_refused", "Refused the call to the examination"),
                    ("exam_disobeyed", "Did not obey the call to the examination"),
                    ("call_up_late", "Late or at the wrong place after a call-up"),
                    ("call_up_deceit", "Evaded a call-up by deceit"),
                    ("call_up_refused", "Did not obey a call-up"),
                ],
                max_length=30,
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["detected_on", "uid"], name="violations_by_day"),
        ),
        protect("violations_case"),
    ]
