"""After a merge a citizen's sign-in leads to the entry that stands; he sees his letters of transfer too."""

import django.db.models.deletion
from django.db import migrations, models

from muster.shell.rls import USER, own

HIS_ENTRIES = f"""
    select array_agg(person_id){{more}} from register_access
    where user_id = {USER} and closed_on is null
"""


def asked(more: str) -> str:
    query = HIS_ENTRIES.format(more=more)
    return (
        f"create or replace function muster_own() returns bigint[] language sql stable as $${query}$$"
    )


class Migration(migrations.Migration):
    dependencies = [("register", "0002_walls")]

    operations = [
        migrations.AddField(
            model_name="access",
            name="survivor",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="register.person",
            ),
        ),
        migrations.RunSQL(asked(" || array_agg(survivor_id)"), asked("")),
        own("register_transfer"),
    ]
