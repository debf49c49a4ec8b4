from django.db import migrations

REFUSE = """
create function ledger_refuse_change() returns trigger language plpgsql as $$
begin
    raise exception 'The log is append-only: % on % is refused.', tg_op, tg_table_name;
end $$;
create trigger ledger_entry_append_only before update or delete on ledger_entry
    for each row execute function ledger_refuse_change();
create trigger ledger_leaf_append_only before update or delete on ledger_leaf
    for each row execute function ledger_refuse_change();
create trigger ledger_head_append_only before update or delete on ledger_head
    for each row execute function ledger_refuse_change();
"""

ALLOW = """
drop trigger ledger_entry_append_only on ledger_entry;
drop trigger ledger_leaf_append_only on ledger_leaf;
drop trigger ledger_head_append_only on ledger_head;
drop function ledger_refuse_change();
"""


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial")]
    operations = [migrations.RunSQL(REFUSE, ALLOW)]
