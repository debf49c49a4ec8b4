"""Closes every table with a person, and lets what is kept of him follow his place.

A spell's pair (person, place) is a key of the person's row: the two cannot differ,
and moving the person moves all that is kept of him, in one statement.
"""

from django.db import migrations

from muster.shell.rls import protect

FOLLOWING = ("residence", "schooling", "employment", "circumstance", "act", "reading")
CLOSED = ("person", "persontoken", "registration", *FOLLOWING)


def follow(table: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"""
        alter table register_{table} add constraint register_{table}_follows_person
        foreign key (person_id, place_id) references register_person (id, place_id)
        on update cascade
        """,
        f"alter table register_{table} drop constraint register_{table}_follows_person",
    )


class Migration(migrations.Migration):
    dependencies = [("register", "0001_people")]

    operations = [
        *(follow(table) for table in FOLLOWING),
        *(protect(f"register_{table}") for table in CLOSED),
    ]
