"""Each table of a person or a place is closed to other places; a citizen sees what is about himself."""

from django.db import migrations

from muster.shell.rls import own, protect

CLOSED = (
    "contestedvote", "line", "fact", "delivery", "complaint", "proposal", "dispute", "tally",
)  # fmt: skip
OF_HIS_LINES = "line_id in (select id from decisions_line)"


class Migration(migrations.Migration):
    dependencies = [
        ("decisions", "0002_promises"),
        ("register", "0002_walls"),
    ]

    operations = [
        *(protect(f"decisions_{table}") for table in CLOSED),
        *(own(f"decisions_{table}") for table in ("line", "dispute")),
        *(own(f"decisions_{table}", OF_HIS_LINES) for table in ("fact", "delivery", "complaint")),
    ]
