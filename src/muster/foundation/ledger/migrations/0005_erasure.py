"""Lets a salt be destroyed, once an erasure names its entry; nothing else about an entry changes."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

# What an erasure names cannot be taken back either.
LET = """
create function ledger_refuse_all_but_erasure() returns trigger language plpgsql as $$
begin
    if tg_op = 'UPDATE' and new.salt = ''
        and (new.id, new.kind, new.row_id, new.digest, new.recorded_at)
            = (old.id, old.kind, old.row_id, old.digest, old.recorded_at)
        and exists (select from ledger_erased x where x.entry_id = old.id)
    then
        return new;
    end if;
    raise exception 'The log is append-only: % on % is refused.', tg_op, tg_table_name;
end $$;
drop trigger ledger_entry_append_only on ledger_entry;
create trigger ledger_entry_append_only before update or delete on ledger_entry
    for each row execute function ledger_refuse_all_but_erasure();
create trigger ledger_erasure_append_only before update or delete on ledger_erasure
    for each row execute function ledger_refuse_change();
create trigger ledger_erased_append_only before update or delete on ledger_erased
    for each row execute function ledger_refuse_change();
"""
REFUSE = """
drop trigger ledger_erased_append_only on ledger_erased;
drop trigger ledger_erasure_append_only on ledger_erasure;
drop trigger ledger_entry_append_only on ledger_entry;
create trigger ledger_entry_append_only before update or delete on ledger_entry
    for each row execute function ledger_refuse_change();
drop function ledger_refuse_all_but_erasure();
"""


class Migration(migrations.Migration):
    dependencies = [("ledger", "0004_leaves_unchecked")]

    operations = [
        migrations.CreateModel(
            name="Erasure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("rule", models.CharField(max_length=60)),
                ("source", models.TextField()),
                ("confirmed", models.BooleanField()),
                ("on", models.DateField()),
                ("user_id", models.BigIntegerField(null=True)),
                ("counts", models.JSONField(default=dict)),
                (
                    "erased_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Erased",
            fields=[
                (
                    "entry",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="erased",
                        serialize=False,
                        to="ledger.entry",
                    ),
                ),
                (
                    "erasure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="erased",
                        to="ledger.erasure",
                    ),
                ),
            ],
        ),
        migrations.RunSQL(LET, REFUSE),
    ]
