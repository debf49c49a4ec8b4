import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models

from muster.shell.rls import APP, WIDE, protect

# A paper belongs to its office, which may hold many places.
OURS = "unit_id = any(string_to_array(nullif(current_setting('muster.units', true), ''), ',')::int[])"
WALL = f"""
    alter table register_filing enable row level security;
    alter table register_filing force row level security;
    create policy register_filing_app on register_filing to {APP} using ({OURS}) with check ({OURS});
    create policy register_filing_wide on register_filing to {WIDE} using (true) with check (true);
"""
OPEN = """
    drop policy register_filing_app on register_filing;
    drop policy register_filing_wide on register_filing;
    alter table register_filing no force row level security;
    alter table register_filing disable row level security;
"""
# Absences whose end is past are looked for every day.
ENDED = """
    create index register_residence_absence on register_residence (valid_to)
    where kind = 'absent' and valid_to is not null
"""


class Migration(migrations.Migration):

    dependencies = [
        ('register', '0009_own'),
        ('units', '0006_keeper'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Filing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('kind', models.CharField(choices=[('january', 'List of men who turn 17 this year'), ('police', 'Notice of the police for the quarter')], max_length=8)),
                ('period', models.DateField()),
                ('on', models.DateField()),
                ('basis', models.TextField()),
                ('confirmed_on', models.DateField(null=True)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('confirmed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('unit', 'kind', 'period'), name='register_filing_once'), models.CheckConstraint(condition=models.Q(('confirmed_on__isnull', True), ('confirmed_on__gte', models.F('on')), _connector='OR'), name='register_filing_confirmed_after')],
            },
        ),
        migrations.CreateModel(
            name='Errand',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('kind', models.CharField(choices=[('first', 'First registration'), ('change', 'Supplementary change')], max_length=6)),
                ('full_name', models.TextField(blank=True)),
                ('birth_date', models.DateField(null=True)),
                ('what', models.TextField(blank=True)),
                ('told_on', models.DateField()),
                ('due_on', models.DateField()),
                ('settled_on', models.DateField(null=True)),
                ('act', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='register.act')),
                ('filing', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='errands', to='register.filing')),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='register.person')),
                ('place', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.place')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('settled_on__isnull', True)), fields=['place', 'due_on'], name='register_errand_open')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('act__isnull', True), ('settled_on__isnull', True)), models.Q(('act__isnull', False), ('settled_on__gte', models.F('told_on'))), _connector='OR'), name='register_errand_settled_by_act'), models.CheckConstraint(condition=models.Q(('kind', 'first'), ('person__isnull', False), _connector='OR'), name='register_errand_of_whom')],
            },
        ),
        migrations.RunSQL(WALL, OPEN),
        protect("register_errand"),
        migrations.RunSQL(ENDED, "drop index register_residence_absence"),
    ]
