"""Nothing in the log changes, but for a salt that goes once an erasure names its entry.

What an erasure names cannot be taken back either.
"""

from django.db import migrations

from muster.shell.promises import append_only, function

REFUSE = """
begin
    raise exception 'The log is append-only: % on % is refused.', tg_op, tg_table_name;
end
"""
REFUSE_ALL_BUT_ERASURE = """
begin
    if tg_op = 'UPDATE' and new.salt = ''
        and (new.id, new.kind, new.row_id, new.digest, new.recorded_at)
            = (old.id, old.kind, old.row_id, old.digest, old.recorded_at)
        and exists (select from ledger_erased x where x.entry_id = old.id)
    then
        return new;
    end if;
    raise exception 'The log is append-only: % on % is refused.', tg_op, tg_table_name;
end
"""


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial")]

    operations = [
        function("ledger_refuse_change", REFUSE),
        function("ledger_refuse_all_but_erasure", REFUSE_ALL_BUT_ERASURE),
        append_only("ledger_entry", "ledger_refuse_all_but_erasure"),
        *(
            append_only(f"ledger_{table}", "ledger_refuse_change")
            for table in ("leaf", "head", "erasure", "erased")
        ),
    ]
