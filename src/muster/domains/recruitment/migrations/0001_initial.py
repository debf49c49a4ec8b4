import django.contrib.postgres.functions
import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('decisions', '0001_initial'),
        ('register', '0001_initial'),
        ('units', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Season',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(db_default=django.contrib.postgres.functions.RandomUUID(), editable=False, unique=True)),
                ('year', models.PositiveSmallIntegerField()),
                ('hand_over_on', models.DateField()),
                ('hand_over_confirmed', models.BooleanField(default=True)),
                ('scale', models.DecimalField(decimal_places=8, default=1, max_digits=9)),
                ('opened_on', models.DateField()),
                ('closed_on', models.DateField(null=True)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit')),
            ],
        ),
        migrations.CreateModel(
            name='Quota',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('seats', models.PositiveIntegerField()),
                ('weight', models.PositiveIntegerField(null=True)),
                ('decided_on', models.DateField()),
                ('source', models.TextField()),
                ('confirmed', models.BooleanField()),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit')),
                ('season', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='quotas', to='recruitment.season')),
            ],
        ),
        migrations.CreateModel(
            name='Milestone',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('step', models.CharField(choices=[('source', 'Re-check of the source'), ('review', 'Review by the commune'), ('signed', 'Deferrals and exemptions signed'), ('screening', 'Pre-screening'), ('exam', 'Health examination'), ('political', 'Political and moral review'), ('closing', 'List closed'), ('call_up', 'Call-up decisions handed out'), ('hand_over', 'Hand-over'), ('re_check', 'Re-check by the receiving unit')], max_length=20)),
                ('due_on', models.DateField()),
                ('done_on', models.DateField(null=True)),
                ('season', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='milestones', to='recruitment.season')),
            ],
        ),
        migrations.CreateModel(
            name='Case',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('sourced', 'In the source'), ('excluded', 'May not register (art. 13)'), ('relieved', 'Exempt from registration (art. 14)'), ('disputed', 'Disputed, not decided'), ('below_standard', 'Below the standard of schooling'), ('deferred', 'Deferred'), ('exempt', 'Exempt from call-up'), ('callable', 'Callable'), ('called_to_screening', 'Called to pre-screening'), ('screened', 'Passed pre-screening'), ('screened_out', 'Not passed at pre-screening'), ('called_to_exam', 'Called to the examination'), ('absent', 'Did not come'), ('examined', 'Examined, fit'), ('unfit', 'Examined, not fit'), ('listed', 'Passed the political and moral review'), ('not_listed', 'Not passed at the political and moral review'), ('selected', 'Selected'), ('reserve', 'On the reserve list'), ('called_up', 'Called up'), ('handed_over', 'Handed over'), ('returned', 'Returned by the receiving unit'), ('serving', 'Serving'), ('discharged', 'Discharged'), ('not_called', 'Not called this season')], default='sourced', max_length=20)),
                ('ground', models.CharField(blank=True, max_length=40)),
                ('health_class', models.PositiveSmallIntegerField(null=True)),
                ('education_grade', models.PositiveSmallIntegerField(null=True)),
                ('degree', models.BooleanField(default=False)),
                ('volunteer', models.BooleanField(default=False)),
                ('line', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='decisions.line')),
                ('person', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='register.person')),
                ('place', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.place')),
                ('replaces', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaced_by', to='recruitment.case')),
                ('season', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='cases', to='recruitment.season')),
            ],
        ),
        migrations.CreateModel(
            name='Slip',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(db_default=django.contrib.postgres.functions.RandomUUID(), editable=False, unique=True)),
                ('number', models.PositiveIntegerField()),
                ('exam_on', models.DateField()),
                ('full_name', models.CharField(max_length=200)),
                ('birth_year', models.PositiveSmallIntegerField()),
                ('sex', models.CharField(max_length=1)),
                ('proposed', models.PositiveSmallIntegerField(null=True)),
                ('concluded', models.PositiveSmallIntegerField(null=True)),
                ('taken_off', models.BooleanField(db_default=False)),
                ('concluded_on', models.DateField(null=True)),
                ('case', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='slip', to='recruitment.case')),
                ('concluded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('place', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.place')),
                ('season', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='slips', to='recruitment.season')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit')),
            ],
        ),
        migrations.CreateModel(
            name='Reading',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('station', models.CharField(max_length=20)),
                ('turn', models.PositiveSmallIntegerField()),
                ('values', models.JSONField(default=dict)),
                ('score', models.PositiveSmallIntegerField(null=True)),
                ('read_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit')),
                ('slip', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='readings', to='recruitment.slip')),
            ],
        ),
        migrations.CreateModel(
            name='SourceList',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('drawn_on', models.DateField()),
                ('men', models.PositiveIntegerField()),
                ('season', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='source_lists', to='recruitment.season')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit')),
            ],
        ),
        migrations.AddField(
            model_name='case',
            name='source_list',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cases', to='recruitment.sourcelist'),
        ),
        migrations.AddConstraint(
            model_name='season',
            constraint=models.UniqueConstraint(fields=('year', 'unit'), name='recruitment_season_once'),
        ),
        migrations.AddConstraint(
            model_name='season',
            constraint=models.CheckConstraint(condition=models.Q(('scale__gt', 0), ('scale__lte', 1)), name='recruitment_season_scale'),
        ),
        migrations.AddConstraint(
            model_name='quota',
            constraint=models.UniqueConstraint(fields=('season', 'unit', 'decided_on'), name='recruitment_quota_version'),
        ),
        migrations.AddConstraint(
            model_name='milestone',
            constraint=models.UniqueConstraint(fields=('season', 'step'), name='recruitment_step_once'),
        ),
        migrations.AddConstraint(
            model_name='slip',
            constraint=models.UniqueConstraint(fields=('season', 'number'), name='recruitment_slip_number'),
        ),
        migrations.AddConstraint(
            model_name='slip',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('proposed__isnull', True), ('proposed__range', (1, 6)), _connector='OR'), models.Q(('concluded__isnull', True), ('concluded__range', (1, 6)), _connector='OR')), name='recruitment_slip_class'),
        ),
        migrations.AddConstraint(
            model_name='slip',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('concluded__isnull', True), ('concluded_on__isnull', True)), models.Q(('concluded__isnull', False), ('concluded_on__isnull', False)), _connector='OR'), name='recruitment_slip_concluded'),
        ),
        migrations.AddConstraint(
            model_name='reading',
            constraint=models.UniqueConstraint(fields=('slip', 'station', 'turn'), name='recruitment_reading_once'),
        ),
        migrations.AddConstraint(
            model_name='reading',
            constraint=models.CheckConstraint(condition=models.Q(('score__isnull', True), ('score__range', (1, 6)), _connector='OR'), name='recruitment_reading_score'),
        ),
        migrations.AddConstraint(
            model_name='sourcelist',
            constraint=models.UniqueConstraint(fields=('season', 'unit'), name='recruitment_source_once'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(fields=['season', 'place'], name='recruitment_case_board'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.UniqueConstraint(fields=('person', 'season'), name='recruitment_case_once'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.UniqueConstraint(condition=models.Q(('replaces__isnull', False)), fields=('replaces',), name='recruitment_replaced_once'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(('health_class__isnull', True), ('health_class__range', (1, 6)), _connector='OR'), name='recruitment_health_class'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(('replaces', models.F('id')), _negated=True), name='recruitment_no_self_replacement'),
        ),
    ]
