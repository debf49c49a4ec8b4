import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("ledger", "0002_append_only")]
    operations = [
        migrations.CreateModel(
            name="Waiting",
            fields=[
                (
                    "entry",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="waiting",
                        serialize=False,
                        to="ledger.entry",
                    ),
                ),
            ],
        ),
        migrations.RunSQL(
            """
            insert into ledger_waiting (entry_id)
            select e.id from ledger_entry e
            where not exists (select from ledger_leaf l where l.entry_id = e.id)
            """,
            migrations.RunSQL.noop,
        ),
    ]
