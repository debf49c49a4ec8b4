"""Holds the examination apart: slips for office and doctor, readings for the doctor alone.

A doctor's scope has no place, so every other table of a person shows him nothing. The
province, which passes elsewhere as a whole, reads no reading; the house itself does, to
destroy them when their time is up.
"""

from django.db import migrations

from muster.shell.rls import APP, WIDE

_EXAMS = "unit_id = any((select muster_exams())::int[])"
_HOUSE = "nullif(current_setting('muster.user', true), '') is null"
_PLACES = "place_id = any((select muster_places())::int[])"


def close(table: str, app: str, wide: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"""
        alter table {table} enable row level security;
        alter table {table} force row level security;
        create policy {table}_app on {table} to {APP} using ({app}) with check ({app});
        create policy {table}_wide on {table} to {WIDE} using ({wide}) with check ({wide});
        """,
        f"""
        drop policy {table}_app on {table};
        drop policy {table}_wide on {table};
        alter table {table} no force row level security;
        alter table {table} disable row level security;
        """,
    )


class Migration(migrations.Migration):
    dependencies = [("recruitment", "0003_examination"), ("units", "0002_promises")]

    operations = [
        migrations.RunSQL(
            f"""
            create function muster_exams() returns int[] language sql stable as $$
                select string_to_array(
                    nullif(current_setting('muster.exams', true), ''), ',')::int[]
            $$;
            grant execute on function muster_exams() to {APP}, {WIDE};
            """,
            "drop function muster_exams()",
        ),
        close("recruitment_slip", f"{_PLACES} or {_EXAMS}", "true"),
        close("recruitment_reading", _EXAMS, f"{_EXAMS} or {_HOUSE}"),
    ]
