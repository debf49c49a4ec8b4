import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('units', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ListSource',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.TextField(unique=True)),
                ('mapping', models.JSONField(default=dict)),
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
            ],
        ),
        migrations.CreateModel(
            name='Export',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('on', models.DateField()),
                ('purpose', models.TextField()),
                ('find', models.TextField(blank=True)),
                ('where', models.TextField(blank=True)),
                ('columns', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), size=None)),
                ('full_numbers', models.BooleanField(default=False)),
                ('rows', models.PositiveIntegerField()),
                ('needs_second', models.BooleanField()),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit')),
            ],
        ),
        migrations.CreateModel(
            name='ExportStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('approved', 'Approved by a second person'), ('refused', 'Refused'), ('taken', 'Taken along')], max_length=10)),
                ('on', models.DateField()),
                ('why', models.TextField(blank=True)),
                ('form', models.CharField(blank=True, max_length=4)),
                ('rows', models.PositiveIntegerField(null=True)),
                ('recorded_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('export', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='register.export')),
            ],
        ),
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
        ),
        migrations.CreateModel(
            name='ListImport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.CharField(max_length=64)),
                ('on', models.DateField()),
                ('rows', models.PositiveIntegerField()),
                ('entered', models.PositiveIntegerField(default=0)),
                ('refused', models.PositiveIntegerField(default=0)),
                ('started_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('finished_at', models.DateTimeField(null=True)),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='imports', to='register.listsource')),
            ],
        ),
        migrations.CreateModel(
            name='Pair',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('group', models.BigIntegerField(null=True)),
                ('bits', models.FloatField()),
                ('probability', models.FloatField()),
                ('proposed', models.CharField(max_length=10)),
                ('because', models.CharField(max_length=20)),
                ('evidence', models.JSONField()),
                ('state', models.CharField(choices=[('open', 'To be decided'), ('asked', 'Asked, answer awaited'), ('merged', 'Merged'), ('apart', 'Not the same person')], default='open', max_length=10)),
                ('found_on', models.DateField()),
                ('left_place', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='units.place')),
                ('right_place', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='units.place')),
            ],
        ),
        migrations.CreateModel(
            name='PairDecision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('verdict', models.CharField(choices=[('open', 'To be decided'), ('asked', 'Asked, answer awaited'), ('merged', 'Merged'), ('apart', 'Not the same person')], max_length=10)),
                ('on', models.DateField()),
                ('note', models.TextField(blank=True)),
                ('recorded_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('pair', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='register.pair')),
            ],
        ),
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
                ('source', models.TextField(blank=True)),
                ('source_id', models.TextField(blank=True)),
                ('closed_on', models.DateField(null=True)),
                ('closed_why', models.CharField(blank=True, max_length=20)),
                ('version', models.PositiveIntegerField(default=1)),
                ('merged_into', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='register.person')),
                ('place', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.place')),
            ],
        ),
        migrations.AddField(
            model_name='pair',
            name='left',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='register.person'),
        ),
        migrations.AddField(
            model_name='pair',
            name='right',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='register.person'),
        ),
        migrations.CreateModel(
            name='Notice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('due_since', models.DateField()),
                ('served_on', models.DateField(null=True)),
                ('act', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='register.act')),
                ('place', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='units.place')),
                ('person', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='register.person')),
            ],
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
                ('place', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.place')),
                ('filing', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='errands', to='register.filing')),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='register.person')),
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
            name='Certificate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('kind', models.CharField(choices=[('registration', 'Certificate of military service registration'), ('reservist', 'Certificate of reservist registration'), ('transfer', 'Letter of introduction for a transfer'), ('absence', 'Confirmation of a registered absence'), ('extract', "Extract of one's own entry")], max_length=12)),
                ('on', models.DateField()),
                ('version', models.PositiveIntegerField()),
                ('facts', models.BinaryField()),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('place', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='units.place')),
                ('person', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='%(class)ss', to='register.person')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='act',
            name='person',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='acts', to='register.person'),
        ),
        migrations.CreateModel(
            name='Access',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('opened_on', models.DateField()),
                ('basis', models.TextField()),
                ('closed_on', models.DateField(null=True)),
                ('place', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='units.place')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='%(class)ss', to='register.person')),
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
            name='Request',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('field', models.CharField(max_length=20)),
                ('wanted', models.TextField()),
                ('shown_by', models.TextField()),
                ('asked_on', models.DateField()),
                ('due_on', models.DateField()),
                ('state', models.CharField(choices=[('open', 'Waits for the office'), ('granted', 'Corrected'), ('refused', 'Not corrected')], default='open', max_length=8)),
                ('answered_on', models.DateField(null=True)),
                ('answer', models.TextField(blank=True)),
                ('act', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='register.act')),
                ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='%(class)ss', to='register.person')),
                ('place', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='units.place')),
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
        ),
        migrations.CreateModel(
            name='Upload',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('kind', models.CharField(max_length=8)),
                ('on', models.DateField()),
                ('key_id', models.CharField(max_length=40)),
                ('file', models.BinaryField()),
                ('outcome', models.BinaryField(null=True)),
                ('states', models.JSONField(default=dict)),
                ('fresh', models.PositiveIntegerField(default=0)),
                ('entered', models.PositiveIntegerField(default=0)),
                ('sent_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='register.listsource')),
            ],
        ),
        migrations.AddConstraint(
            model_name='export',
            constraint=models.CheckConstraint(condition=models.Q(('purpose', ''), _negated=True), name='register_export_with_purpose'),
        ),
        migrations.AddConstraint(
            model_name='export',
            constraint=models.CheckConstraint(condition=models.Q(('full_numbers', False), ('needs_second', True), _connector='OR'), name='register_export_full_numbers_need_two'),
        ),
        migrations.AddConstraint(
            model_name='exportstep',
            constraint=models.UniqueConstraint(condition=models.Q(('kind__in', ['approved', 'refused'])), fields=('export',), name='register_export_answered_once'),
        ),
        migrations.AddConstraint(
            model_name='filing',
            constraint=models.UniqueConstraint(fields=('unit', 'kind', 'period'), name='register_filing_once'),
        ),
        migrations.AddConstraint(
            model_name='filing',
            constraint=models.CheckConstraint(condition=models.Q(('confirmed_on__isnull', True), ('confirmed_on__gte', models.F('on')), _connector='OR'), name='register_filing_confirmed_after'),
        ),
        migrations.AddConstraint(
            model_name='listimport',
            constraint=models.UniqueConstraint(fields=('source', 'digest'), name='register_list_once'),
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
            index=models.Index(condition=models.Q(('citizen_number_index__isnull', False)), fields=['citizen_number_index'], name='register_person_number'),
        ),
        migrations.AddIndex(
            model_name='person',
            index=models.Index(condition=models.Q(('old_number_index__isnull', False)), fields=['old_number_index'], name='register_person_old_number'),
        ),
        migrations.AddIndex(
            model_name='person',
            index=models.Index(condition=models.Q(('family_id__isnull', False)), fields=['family_id'], name='register_person_family'),
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
            constraint=models.UniqueConstraint(condition=models.Q(('source', ''), _negated=True), fields=('source', 'source_id'), name='register_person_once_per_source'),
        ),
        migrations.AddConstraint(
            model_name='person',
            constraint=models.UniqueConstraint(fields=('id', 'place'), name='register_person_at_place'),
        ),
        migrations.AddIndex(
            model_name='pair',
            index=models.Index(fields=['state', 'bits', 'uid'], name='register_pair_queue'),
        ),
        migrations.AddConstraint(
            model_name='pair',
            constraint=models.UniqueConstraint(fields=('left', 'right'), name='register_pair_once'),
        ),
        migrations.AddConstraint(
            model_name='pair',
            constraint=models.CheckConstraint(condition=models.Q(('left__lt', models.F('right'))), name='register_pair_ordered'),
        ),
        migrations.AddIndex(
            model_name='notice',
            index=models.Index(condition=models.Q(('served_on__isnull', True)), fields=['due_since', 'uid'], name='register_notice_due'),
        ),
        migrations.AddConstraint(
            model_name='notice',
            constraint=models.CheckConstraint(condition=models.Q(('served_on__isnull', True), ('served_on__gte', models.F('due_since')), _connector='OR'), name='register_notice_served_after_due'),
        ),
        migrations.AddIndex(
            model_name='errand',
            index=models.Index(condition=models.Q(('settled_on__isnull', True)), fields=['place', 'due_on'], name='register_errand_open'),
        ),
        migrations.AddConstraint(
            model_name='errand',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('act__isnull', True), ('settled_on__isnull', True)), models.Q(('act__isnull', False), ('settled_on__gte', models.F('told_on'))), _connector='OR'), name='register_errand_settled_by_act'),
        ),
        migrations.AddConstraint(
            model_name='errand',
            constraint=models.CheckConstraint(condition=models.Q(('kind', 'first'), ('person__isnull', False), _connector='OR'), name='register_errand_of_whom'),
        ),
        migrations.AddConstraint(
            model_name='employment',
            constraint=models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gt', models.F('valid_from')), _connector='OR'), name='register_employment_span'),
        ),
        migrations.AddIndex(
            model_name='circumstance',
            index=models.Index(fields=['kind', 'person'], name='register_circumstance_kind'),
        ),
        migrations.AddIndex(
            model_name='circumstance',
            index=models.Index(condition=models.Q(('kind', 'active_service'), ('valid_to__isnull', False)), fields=['place', 'valid_to'], name='register_circumstance_served'),
        ),
        migrations.AddConstraint(
            model_name='circumstance',
            constraint=models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gt', models.F('valid_from')), _connector='OR'), name='register_circumstance_span'),
        ),
        migrations.AddIndex(
            model_name='act',
            index=models.Index(condition=models.Q(('changes__has_key', 'reserve')), fields=['person'], name='register_act_reserve'),
        ),
        migrations.AddIndex(
            model_name='act',
            index=models.Index(condition=models.Q(('changes__has_key', 'returned')), fields=['person'], name='register_act_returned'),
        ),
        migrations.AddConstraint(
            model_name='act',
            constraint=models.UniqueConstraint(fields=('person', 'version'), name='register_act_in_turn'),
        ),
        migrations.AddConstraint(
            model_name='access',
            constraint=models.UniqueConstraint(condition=models.Q(('closed_on', None)), fields=('person',), name='register_access_one_open'),
        ),
        migrations.AddConstraint(
            model_name='access',
            constraint=models.UniqueConstraint(fields=('user',), name='register_access_one_person'),
        ),
        migrations.AddIndex(
            model_name='persontoken',
            index=models.Index(fields=['person', 'token'], name='register_token_of_person'),
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
            model_name='request',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'open')), fields=('person', 'field'), name='register_request_one_open'),
        ),
        migrations.AddConstraint(
            model_name='request',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answered_on', None), ('state', 'open')), models.Q(models.Q(('state', 'open'), _negated=True), ('answered_on__gte', models.F('asked_on')), models.Q(('answer', ''), _negated=True)), _connector='OR'), name='register_request_answered_whole'),
        ),
        migrations.AddIndex(
            model_name='residence',
            index=models.Index(condition=models.Q(('kind', 'absent'), ('valid_to__isnull', False)), fields=['place', 'valid_to'], name='register_residence_ended'),
        ),
        migrations.AddConstraint(
            model_name='residence',
            constraint=models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gt', models.F('valid_from')), _connector='OR'), name='register_residence_span'),
        ),
        migrations.AddConstraint(
            model_name='schooling',
            constraint=models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gt', models.F('valid_from')), _connector='OR'), name='register_schooling_span'),
        ),
        migrations.AddConstraint(
            model_name='transfer',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'open')), fields=('person',), name='register_transfer_one_open'),
        ),
        migrations.AddConstraint(
            model_name='transfer',
            constraint=models.CheckConstraint(condition=models.Q(('from_place', models.F('to_place')), _negated=True), name='register_transfer_elsewhere'),
        ),
        migrations.AddConstraint(
            model_name='transfer',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answered_on__isnull', True), ('state', 'open')), models.Q(models.Q(('state', 'open'), _negated=True), ('answered_on__gte', models.F('proposed_on'))), _connector='OR'), name='register_transfer_answered'),
        ),
    ]
