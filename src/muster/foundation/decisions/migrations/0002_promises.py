"""What was decided never changes, and annexes of a hundred thousand lines refer to rows that are.

Two things go, by a retention rule alone: how a paper was served, which names who took it,
and the lines of a closed outcome, of which a tally keeps how many there were. The log still
tells of whatever is gone without one.
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
            for table in ("resolution", "contestedvote", "ballot", "decision", "tally")
        ),
        function("decisions_refuse_all_but_erasure", REFUSE_ALL_BUT_ERASURE),
        *(
            append_only(f"decisions_{table}", "decisions_refuse_all_but_erasure")
            for table in ("line", "delivery")
        ),
        bulk.inserted("decisions_line", LINE),
        bulk.inserted("decisions_fact", FACT),
    ]
