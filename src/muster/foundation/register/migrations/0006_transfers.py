import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models

from muster.shell.rls import APP, WIDE

# Both offices see the letter.
SEEN = """(from_place_id = any((select muster_places())::int[])
    or to_place_id = any((select muster_places())::int[]))"""
WALL = f"""
    alter table register_transfer enable row level security;
    alter table register_transfer force row level security;
    create policy register_transfer_app on register_transfer to {APP} using {SEEN} with check {SEEN};
    create policy register_transfer_wide on register_transfer to {WIDE} using (true) with check (true);
"""
OPEN = """
    drop policy register_transfer_app on register_transfer;
    drop policy register_transfer_wide on register_transfer;
    alter table register_transfer no force row level security;
    alter table register_transfer disable row level security;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('register', '0005_search_indexes'),
        ('units', '0006_keeper'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Transfer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('full_name', models.TextField()),
                ('state', models.CharField(choices=[('open', 'On the way'), ('received', 'Received'), ('returned', 'Returned')], default='open', max_length=8)),
                ('basis', models.TextField()),
                ('proposed_on', models.DateField()),
                ('due_on', models.DateField()),
                ('answered_on', models.DateField(null=True)),
                ('answer', models.TextField(blank=True)),
                ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('from_place', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.place')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='transfers', to='register.person')),
                ('proposed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('to_place', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.place')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'open')), fields=('person',), name='register_transfer_one_open'), models.CheckConstraint(condition=models.Q(('from_place', models.F('to_place')), _negated=True), name='register_transfer_elsewhere'), models.CheckConstraint(condition=models.Q(models.Q(('answered_on__isnull', True), ('state', 'open')), models.Q(models.Q(('state', 'open'), _negated=True), ('answered_on__gte', models.F('proposed_on'))), _connector='OR'), name='register_transfer_answered')],
            },
        ),
        migrations.RunSQL(WALL, OPEN),
    ]
