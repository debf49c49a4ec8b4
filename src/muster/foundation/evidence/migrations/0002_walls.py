"""Closes the papers: the office of whoever brought one sees it, and that of each whom it serves.

The pair (person, place) is a key of the person's row, so that a paper follows him. A
citizen sees the papers that serve him.
"""

from django.db import migrations

from muster.shell.promises import follows
from muster.shell.rls import PLACES, close, close_with, own, protect

SERVES = "exists (select from evidence_showing s where s.paper_id = evidence_paper.id)"


class Migration(migrations.Migration):
    dependencies = [
        ("evidence", "0001_initial"),
        ("register", "0002_walls"),
    ]

    operations = [
        follows("evidence_paper", "register_person"),
        follows("evidence_showing", "register_person"),
        protect("evidence_showing"),
        close("evidence_paper", f"place_id = {PLACES} or {SERVES}"),
        close_with("evidence_content", "paper_id", "evidence_paper"),
        own("evidence_showing"),
        own("evidence_paper", "id in (select paper_id from evidence_showing)"),
    ]
