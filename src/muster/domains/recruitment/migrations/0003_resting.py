"""Which case rests while another of the same man goes on, since his two entries were merged.

Read from the merges alone: parting the entries lets both cases go on. Whoever is with his
unit stays there; else the case of the entry that was kept goes on.
"""

from django.db import migrations

RESTING = """
create view recruitment_resting with (security_invoker = true) as
with recursive chain (person_id, head_id) as (
    select p.id, p.merged_into_id from register_person p where p.merged_into_id is not null
    union
    select c.person_id, p.merged_into_id
    from chain c join register_person p on p.id = c.head_id where p.merged_into_id is not null
), ended as (
    select c.person_id, c.head_id
    from chain c join register_person p on p.id = c.head_id where p.merged_into_id is null
), entries as (
    select person_id, head_id from ended union select head_id, head_id from ended
), ranked as (
    select c.id, c.season_id, first_value(c.id) over (
        partition by c.season_id, e.head_id
        order by c.state in ('handed_over', 'serving', 'discharged') desc,
                 c.person_id = e.head_id desc, c.id) as goes_on_id
    from entries e join recruitment_case c on c.person_id = e.person_id
)
select season_id, id as case_id, goes_on_id from ranked where id <> goes_on_id
"""


class Migration(migrations.Migration):
    dependencies = [("recruitment", "0002_walls")]

    operations = [migrations.RunSQL(RESTING, "drop view recruitment_resting")]
