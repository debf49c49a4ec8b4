"""What was decided never changes, and annexes of a hundred thousand lines refer to rows that are.

How a paper was served names who took it: that goes with the entry, by a retention rule
alone. The log still tells of a delivery that is gone without one.
"""

from django.db import migrations

from muster.shell import bulk
from muster.shell.promises import append_only, function

REFUSE = """
begin
    raise exception 'What was decided stays: % on % is refused; decide again instead.',
        tg_op, tg_table_name;
end
"""
REFUSE_ALL_BUT_ERASURE = """
begin
    if tg_op = 'DELETE' and current_setting('muster.erasing', true) = 'on' then
        return old;
    end if;
    raise exception 'What was decided stays: % on % is refused; decide again instead.',
        tg_op, tg_table_name;
end
"""
LINE = {
    "decision_id": "decisions_decision",
    "person_id": "register_person",
    "place_id": "units_place",
}
FACT = {"line_id": "decisions_line", "place_id": "units_place"}


class Migration(migrations.Migration):
    dependencies = [
        ("decisions", "0001_initial"),
        ("units", "0002_promises"),
    ]

    operations = [
        function("decisions_refuse_change", REFUSE),
        *(
            append_only(f"decisions_{table}", "decisions_refuse_change")
            for table in ("resolution", "contestedvote", "ballot", "decision", "line")
        ),
        function("decisions_refuse_all_but_erasure", REFUSE_ALL_BUT_ERASURE),
        append_only("decisions_delivery", "decisions_refuse_all_but_erasure"),
        bulk.inserted("decisions_line", LINE),
        bulk.inserted("decisions_fact", FACT),
    ]
