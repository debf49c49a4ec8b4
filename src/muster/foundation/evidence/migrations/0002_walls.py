"""Closes the papers: the office of whoever brought one sees it, and that of each whom it serves.

The pair (person, place) is a key of the person's row, so that a paper follows him.
"""

from django.db import migrations

from muster.shell.rls import APP, WIDE, protect

_FAMILY = "exists (select from evidence_showing s where s.paper_id = evidence_paper.id)"
_INSIDE = "place_id = any((select muster_places())::int[])"


def follow(table: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"""
        alter table evidence_{table} add constraint evidence_{table}_follows_person
        foreign key (person_id, place_id) references register_person (id, place_id)
        on update cascade
        """,
        f"alter table evidence_{table} drop constraint evidence_{table}_follows_person",
    )


def close(table: str, seen: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"""
        alter table {table} enable row level security;
        alter table {table} force row level security;
        create policy {table}_app on {table} to {APP} using ({seen}) with check ({seen});
        create policy {table}_wide on {table} to {WIDE} using (true) with check (true);
        """,
        f"""
        drop policy {table}_app on {table};
        drop policy {table}_wide on {table};
        alter table {table} no force row level security;
        alter table {table} disable row level security;
        """,
    )


class Migration(migrations.Migration):
    dependencies = [("evidence", "0001_initial"), ("register", "0002_walls")]

    operations = [
        follow("paper"),
        follow("showing"),
        protect("evidence_showing"),
        close("evidence_paper", f"{_INSIDE} or {_FAMILY}"),
        close(
            "evidence_content",
            "exists (select from evidence_paper p where p.id = evidence_content.paper_id)",
        ),
    ]
