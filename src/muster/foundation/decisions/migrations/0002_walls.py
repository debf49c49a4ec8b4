"""Decided rows never change, and each table with a person is closed to other places."""

from django.db import migrations

from muster.shell.rls import protect

FIXED = ("resolution", "contestedvote", "ballot", "decision", "line", "delivery")
CLOSED = ("contestedvote", "line", "fact", "delivery", "complaint")

REFUSE = """
create function decisions_refuse_change() returns trigger language plpgsql as $$
begin
    raise exception 'What was decided stays: % on % is refused; decide again instead.',
        tg_op, tg_table_name;
end $$;
"""


def fix(table: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"""
        create trigger decisions_{table}_append_only before update or delete
        on decisions_{table} for each row execute function decisions_refuse_change()
        """,
        f"drop trigger decisions_{table}_append_only on decisions_{table}",
    )


class Migration(migrations.Migration):
    dependencies = [("decisions", "0001_initial")]

    operations = [
        migrations.RunSQL(REFUSE, "drop function decisions_refuse_change()"),
        *(fix(table) for table in FIXED),
        *(protect(f"decisions_{table}") for table in CLOSED),
    ]
