"""How a paper was served names who took it: it goes with the entry, by a retention rule alone.

The log still tells of a delivery that is gone without one.
"""

from django.db import migrations

LET = """
create function decisions_refuse_all_but_erasure() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' and current_setting('muster.erasing', true) = 'on' then
        return old;
    end if;
    raise exception 'What was decided stays: % on % is refused; decide again instead.',
        tg_op, tg_table_name;
end $$;
drop trigger decisions_delivery_append_only on decisions_delivery;
create trigger decisions_delivery_append_only before update or delete
    on decisions_delivery for each row execute function decisions_refuse_all_but_erasure();
"""
REFUSE = """
drop trigger decisions_delivery_append_only on decisions_delivery;
create trigger decisions_delivery_append_only before update or delete
    on decisions_delivery for each row execute function decisions_refuse_change();
drop function decisions_refuse_all_but_erasure();
"""


class Migration(migrations.Migration):
    dependencies = [("decisions", "0008_own")]

    operations = [migrations.RunSQL(LET, REFUSE)]
