"""Closes the cases to other places, and holds the examination apart.

Slips are for office and doctor, readings for the doctor alone. A doctor's scope has no
place, so every other table of a person shows him nothing. The province, which passes
elsewhere as a whole, reads no reading; the house itself does, to destroy them when their
time is up. A citizen sees his own case, and nothing of the examination.
"""

from django.db import migrations

from muster.shell.promises import roomy
from muster.shell.rls import EXAMS, PLACES, USER, asking, close, own, protect

HIS_EXAMS = "select string_to_array(nullif(current_setting('muster.exams', true), ''), ',')::int[]"


class Migration(migrations.Migration):
    dependencies = [
        ("recruitment", "0001_initial"),
        ("register", "0002_walls"),
    ]

    operations = [
        protect("recruitment_case"),
        own("recruitment_case"),
        roomy("recruitment_case", 33),  # for the next state
        asking("muster_exams", "int[]", HIS_EXAMS),
        close("recruitment_slip", f"place_id = {PLACES} or unit_id = {EXAMS}"),
        close(
            "recruitment_reading", f"unit_id = {EXAMS}", wide=f"unit_id = {EXAMS} or {USER} is null"
        ),
    ]
