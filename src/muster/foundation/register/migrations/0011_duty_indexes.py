"""What duties ask for of every office's people each day, found by place and by day."""

from django.db import migrations

INDEXES = """
    create index register_residence_ended on register_residence (place_id, valid_to)
    where kind = 'absent' and valid_to is not null;
    create index register_circumstance_served on register_circumstance (place_id, valid_to)
    where kind = 'active_service' and valid_to is not null;
    create index register_act_reserve on register_act (person_id) where changes ? 'reserve';
    create index register_act_returned on register_act (person_id) where changes ? 'returned';
    drop index register_residence_absence;
"""
BACK = """
    drop index register_residence_ended, register_circumstance_served, register_act_reserve,
        register_act_returned;
    create index register_residence_absence on register_residence (valid_to)
    where kind = 'absent' and valid_to is not null;
"""


class Migration(migrations.Migration):
    dependencies = [("register", "0010_duties")]

    operations = [migrations.RunSQL(INDEXES, BACK)]
