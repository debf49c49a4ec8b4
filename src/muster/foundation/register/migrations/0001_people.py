import django.db.models.deletion
import django.db.models.functions.datetime
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('units', '0002_promises'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Person',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('full_name', models.TextField()),
                ('folded', models.TextField(db_collation='C')),
                ('sort_key', models.TextField(db_collation='C')),
                ('sex', models.CharField(choices=[('m', 'Male'), ('f', 'Female')], max_length=1)),
                ('birth_date', models.DateField()),
                ('birth_precision', models.CharField(choices=[('day', 'To the day'), ('year', 'Year only'), ('jan1', '1 January, as given to a whole village')], default='day', max_length=4)),
                ('ethnicity', models.TextField(blank=True)),
                ('citizen_number_sealed', models.BinaryField(null=True)),
                ('citizen_number_index', models.BinaryField(null=True)),
                ('old_number_sealed', models.BinaryField(null=True)),
                ('old_number_index', models.BinaryField(null=True)),
                ('education_grade', models.PositiveSmallIntegerField(null=True)),
                ('school_level', models.CharField(blank=True, max_length=20)),
                ('degree_on', models.DateField(null=True)),
                ('father_name', models.TextField(blank=True)),
                ('mother_name', models.TextField(blank=True)),
                ('family_id', models.BigIntegerField(null=True)),
                ('occupation', models.TextField(blank=True)),
                ('registered_on', models.DateField()),
                ('source_id', models.TextField(blank=True)),
                ('closed_on', models.DateField(null=True)),
                ('closed_why', models.CharField(blank=True, max_length=20)),
                ('version', models.PositiveIntegerField(default=1)),
                ('merged_into', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='register.person')),
                ('place', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.place')),
            ],
        ),
        migrations.CreateModel(
            name='Employment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(null=True)),
                ('document', models.TextField(blank=True)),
                ('kind', models.CharField(blank=True, max_length=20)),
                ('employer', models.TextField(blank=True)),
                ('occupation', models.TextField(blank=True)),
                ('place', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='units.place')),
                ('person', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='%(class)ss', to='register.person')),
            ],
        ),
        migrations.CreateModel(
            name='Circumstance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(null=True)),
                ('document', models.TextField(blank=True)),
                ('kind', models.CharField(max_length=40)),
                ('place', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='units.place')),
                ('person', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='%(class)ss', to='register.person')),
                ('relative', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='register.person')),
            ],
        ),
        migrations.CreateModel(
            name='Act',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField()),
                ('kind', models.CharField(choices=[('registered', 'First registration'), ('supplemented', 'Supplementary registration'), ('corrected', 'Correction'), ('moved', 'Transfer of registration'), ('settled', 'Settled into a residential group'), ('found', 'Found by a check'), ('closed', 'Entry closed'), ('reopened', 'Entry opened again'), ('merged', 'Double entry merged'), ('unmerged', 'Merge undone'), ('erased', 'Erased by retention rule')], max_length=12)),
                ('on', models.DateField()),
                ('basis', models.TextField()),
                ('changes', models.JSONField(default=dict)),
                ('state', models.BinaryField()),
                ('recorded_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('place', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='units.place')),
                ('person', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='acts', to='register.person')),
            ],
        ),
        migrations.CreateModel(
            name='PersonToken',
            fields=[
                ('pk', models.CompositePrimaryKey('token', 'place_id', 'person_id', blank=True, editable=False, primary_key=True, serialize=False)),
                ('token', models.TextField(db_collation='C')),
                ('person', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='tokens', to='register.person')),
                ('place', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='units.place')),
            ],
        ),
        migrations.CreateModel(
            name='Reading',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('read_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('page', models.CharField(max_length=40)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='readings', to='register.person')),
                ('place', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='units.place')),
            ],
        ),
        migrations.CreateModel(
            name='Registration',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(null=True)),
                ('entered', models.CharField(choices=[('registered', 'First registration'), ('found', 'Found by a check'), ('moved', 'Moved in'), ('settled', 'Settled from a divided place'), ('returned', 'Entry opened again')], max_length=12)),
                ('closed', models.CharField(blank=True, choices=[('moved', 'Moved out'), ('settled', 'Settled into a residential group'), ('aged_out', 'Past the age'), ('died', 'Died'), ('merged', 'Double entry merged'), ('left', 'Left the country or lost the duty')], max_length=12)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='registrations', to='register.person')),
                ('place', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.place')),
            ],
        ),
        migrations.CreateModel(
            name='Residence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(null=True)),
                ('document', models.TextField(blank=True)),
                ('kind', models.CharField(choices=[('permanent', 'Permanent residence'), ('temporary', 'Temporary residence'), ('school', 'At school'), ('work', 'At work away'), ('absent', 'Absence of three months or more')], max_length=10)),
                ('address', models.TextField(blank=True)),
                ('at', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.place')),
                ('person', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='%(class)ss', to='register.person')),
                ('place', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='units.place')),
            ],
        ),
        migrations.CreateModel(
            name='Schooling',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(null=True)),
                ('document', models.TextField(blank=True)),
                ('level', models.CharField(choices=[('general', 'General school'), ('vocational', 'Vocational or intermediate school'), ('college', 'College'), ('university', 'University'), ('postgraduate', 'Postgraduate')], max_length=20)),
                ('school', models.TextField(blank=True)),
                ('mode', models.CharField(choices=[('full_time', 'Full time'), ('part_time', 'Part time')], default='full_time', max_length=10)),
                ('course_no', models.PositiveSmallIntegerField(default=1)),
                ('award', models.CharField(blank=True, choices=[('lower_secondary', 'Lower secondary'), ('upper_secondary', 'Upper secondary'), ('vocational', 'Vocational certificate'), ('intermediate', 'Intermediate diploma'), ('college', 'College degree'), ('university', 'University degree'), ('postgraduate', 'Postgraduate degree')], max_length=20)),
                ('person', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='%(class)ss', to='register.person')),
                ('place', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='units.place')),
            ],
        ),
        migrations.AddIndex(
            model_name='person',
            index=models.Index(fields=['place', 'sort_key', 'uid'], name='register_person_list'),
        ),
        migrations.AddIndex(
            model_name='person',
            index=models.Index(fields=['sort_key', 'uid'], name='register_person_wide_list'),
        ),
        migrations.AddIndex(
            model_name='person',
            index=models.Index(fields=['folded'], name='register_person_folded'),
        ),
        migrations.AddIndex(
            model_name='person',
            index=models.Index(fields=['citizen_number_index'], name='register_person_number'),
        ),
        migrations.AddIndex(
            model_name='person',
            index=models.Index(fields=['old_number_index'], name='register_person_old_number'),
        ),
        migrations.AddIndex(
            model_name='person',
            index=models.Index(fields=['family_id'], name='register_person_family'),
        ),
        migrations.AddIndex(
            model_name='person',
            index=models.Index(fields=['source_id'], name='register_person_source'),
        ),
        migrations.AddConstraint(
            model_name='person',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_on__isnull', True), ('closed_why', '')), models.Q(('closed_on__isnull', False), models.Q(('closed_why', ''), _negated=True)), _connector='OR'), name='register_person_closed_with_reason'),
        ),
        migrations.AddConstraint(
            model_name='person',
            constraint=models.CheckConstraint(condition=models.Q(('education_grade__isnull', True), ('education_grade__lte', 12), _connector='OR'), name='register_person_grade'),
        ),
        migrations.AddConstraint(
            model_name='person',
            constraint=models.CheckConstraint(condition=models.Q(('merged_into__isnull', True), models.Q(('merged_into', models.F('id')), _negated=True), _connector='OR'), name='register_person_not_into_himself'),
        ),
        migrations.AddConstraint(
            model_name='person',
            constraint=models.UniqueConstraint(fields=('id', 'place'), name='register_person_at_place'),
        ),
        migrations.AddConstraint(
            model_name='employment',
            constraint=models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gt', models.F('valid_from')), _connector='OR'), name='register_employment_span'),
        ),
        migrations.AddIndex(
            model_name='circumstance',
            index=models.Index(fields=['kind', 'person'], name='register_circumstance_kind'),
        ),
        migrations.AddConstraint(
            model_name='circumstance',
            constraint=models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gt', models.F('valid_from')), _connector='OR'), name='register_circumstance_span'),
        ),
        migrations.AddConstraint(
            model_name='act',
            constraint=models.UniqueConstraint(fields=('person', 'version'), name='register_act_in_turn'),
        ),
        migrations.AddIndex(
            model_name='registration',
            index=models.Index(fields=['place', 'valid_from', 'valid_to'], name='register_roll'),
        ),
        migrations.AddConstraint(
            model_name='registration',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed', ''), ('valid_to__isnull', True)), models.Q(('valid_to__gte', models.F('valid_from')), models.Q(('closed', ''), _negated=True)), _connector='OR'), name='register_registration_span'),
        ),
        migrations.AddConstraint(
            model_name='registration',
            constraint=models.UniqueConstraint(condition=models.Q(('valid_to__isnull', True)), fields=('person',), name='register_registration_one_open'),
        ),
        migrations.AddConstraint(
            model_name='residence',
            constraint=models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gt', models.F('valid_from')), _connector='OR'), name='register_residence_span'),
        ),
        migrations.AddConstraint(
            model_name='schooling',
            constraint=models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gt', models.F('valid_from')), _connector='OR'), name='register_schooling_span'),
        ),
    ]
