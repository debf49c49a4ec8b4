import django.contrib.postgres.fields
import django.contrib.postgres.functions
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('register', '0001_initial'),
        ('units', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Body',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('council', 'Military Service Council'), ('health_council', 'Health Examination Council'), ('assessment', 'Medical Assessment Council')], max_length=20)),
                ('name', models.CharField(max_length=200)),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(blank=True, null=True)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit')),
            ],
        ),
        migrations.CreateModel(
            name='Delegation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(max_length=20)),
                ('form', models.CharField(choices=[('KT', 'deputy, for the head'), ('TL', 'by order of the head'), ('TUQ', 'by sub-delegation')], max_length=3)),
                ('title', models.CharField(max_length=200)),
                ('holder', models.CharField(blank=True, max_length=200)),
                ('document', models.CharField(max_length=200)),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(blank=True, null=True)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit')),
            ],
        ),
        migrations.CreateModel(
            name='Decision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(db_default=django.contrib.postgres.functions.RandomUUID(), editable=False, unique=True)),
                ('kind', models.CharField(max_length=40)),
                ('level', models.CharField(max_length=20)),
                ('role', models.CharField(max_length=20)),
                ('form', models.CharField(blank=True, choices=[('', 'the head of the office'), ('KT', 'deputy, for the head'), ('TL', 'by order of the head'), ('TUQ', 'by sub-delegation')], max_length=3)),
                ('signatory', models.CharField(blank=True, max_length=200)),
                ('number', models.IntegerField()),
                ('year', models.SmallIntegerField()),
                ('symbol', models.CharField(max_length=30)),
                ('signed_on', models.DateField()),
                ('effective_on', models.DateField()),
                ('event_on', models.DateField(blank=True, null=True)),
                ('serve_by', models.DateField(blank=True, null=True)),
                ('abstract', models.TextField(blank=True)),
                ('legal_basis', models.TextField(blank=True)),
                ('season', models.CharField(blank=True, max_length=20)),
                ('confirmed', models.BooleanField(default=True)),
                ('confirmed_note', models.TextField(blank=True)),
                ('recorded_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit')),
                ('delegation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='decisions.delegation')),
            ],
        ),
        migrations.CreateModel(
            name='Line',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(db_default=django.contrib.postgres.functions.RandomUUID(), editable=False, unique=True)),
                ('subject_uid', models.UUIDField(blank=True, null=True)),
                ('outcome', models.CharField(max_length=40)),
                ('article', models.CharField(blank=True, max_length=60)),
                ('ground', models.CharField(blank=True, max_length=60)),
                ('amount', models.BigIntegerField(blank=True, null=True)),
                ('resolution_ids', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), blank=True, default=list, size=None)),
                ('way', models.CharField(blank=True, choices=[('', 'first decision'), ('set_aside', 'set aside'), ('corrected', 'corrected'), ('withdrawn', 'withdrawn')], max_length=10)),
                ('decision', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='decisions.decision')),
                ('person', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='register.person')),
                ('place', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.place')),
                ('replaces', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaced_by', to='decisions.line')),
            ],
        ),
        migrations.CreateModel(
            name='Fact',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('facts', models.JSONField()),
                ('place', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.place')),
                ('line', models.OneToOneField(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='fact', to='decisions.line')),
            ],
        ),
        migrations.CreateModel(
            name='Dispute',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(db_default=django.contrib.postgres.functions.RandomUUID(), editable=False, unique=True)),
                ('about', models.CharField(max_length=60)),
                ('marked_on', models.DateField()),
                ('look_by', models.DateField()),
                ('lifted_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('marked_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='register.person')),
                ('place', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.place')),
                ('answer', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='lifted', to='decisions.line')),
                ('line', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='disputes', to='decisions.line')),
            ],
        ),
        migrations.CreateModel(
            name='Delivery',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(db_default=django.contrib.postgres.functions.RandomUUID(), editable=False, unique=True)),
                ('delivered_on', models.DateField()),
                ('means', models.CharField(choices=[('hand', 'by hand'), ('post', 'by registered post'), ('text', 'by text message'), ('online', 'online'), ('family', 'through the family')], max_length=10)),
                ('result', models.CharField(choices=[('served', 'served'), ('refused', 'refused'), ('returned', 'returned')], max_length=10)),
                ('receiver', models.CharField(blank=True, max_length=200)),
                ('proof', models.CharField(blank=True, max_length=200)),
                ('recorded_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('place', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.place')),
                ('line', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='deliveries', to='decisions.line')),
            ],
        ),
        migrations.CreateModel(
            name='Complaint',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(db_default=django.contrib.postgres.functions.RandomUUID(), editable=False, unique=True)),
                ('instance', models.SmallIntegerField(default=1)),
                ('text', models.TextField(blank=True)),
                ('complex_case', models.BooleanField(default=False)),
                ('remote', models.BooleanField(default=False)),
                ('received_on', models.DateField()),
                ('accept_by', models.DateField()),
                ('accepted_on', models.DateField(blank=True, null=True)),
                ('answer_by', models.DateField(blank=True, null=True)),
                ('court_on', models.DateField(blank=True, null=True)),
                ('place', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.place')),
                ('answer', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='answered', to='decisions.line')),
                ('line', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='complaints', to='decisions.line')),
            ],
        ),
        migrations.CreateModel(
            name='Meeting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(db_default=django.contrib.postgres.functions.RandomUUID(), editable=False, unique=True)),
                ('held_on', models.DateField()),
                ('agenda', models.TextField(blank=True)),
                ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='meetings', to='decisions.body')),
            ],
        ),
        migrations.CreateModel(
            name='Posting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(db_default=django.contrib.postgres.functions.RandomUUID(), editable=False, unique=True)),
                ('channel', models.CharField(choices=[('board', 'Notice board'), ('web', 'Public page')], max_length=10)),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField()),
                ('decision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='postings', to='decisions.decision')),
            ],
        ),
        migrations.CreateModel(
            name='Resolution',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(db_default=django.contrib.postgres.functions.RandomUUID(), editable=False, unique=True)),
                ('act', models.CharField(max_length=40)),
                ('season', models.CharField(blank=True, max_length=20)),
                ('adopted_on', models.DateField()),
                ('members', models.SmallIntegerField()),
                ('present', models.SmallIntegerField()),
                ('ayes', models.SmallIntegerField()),
                ('noes', models.SmallIntegerField(default=0)),
                ('recused', models.SmallIntegerField(default=0)),
                ('needed', models.SmallIntegerField()),
                ('passed', models.BooleanField()),
                ('recorded_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='resolutions', to='decisions.body')),
                ('meeting', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='resolutions', to='decisions.meeting')),
            ],
        ),
        migrations.CreateModel(
            name='Proposal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(db_default=django.contrib.postgres.functions.RandomUUID(), editable=False, unique=True)),
                ('act', models.CharField(max_length=40)),
                ('season', models.CharField(blank=True, max_length=20)),
                ('outcome', models.CharField(max_length=40)),
                ('article', models.CharField(blank=True, max_length=60)),
                ('ground', models.CharField(blank=True, max_length=60)),
                ('facts', models.JSONField(blank=True, null=True)),
                ('proposed_on', models.DateField()),
                ('contested', models.BooleanField(default=False)),
                ('carried', models.BooleanField(blank=True, null=True)),
                ('line', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='proposals', to='decisions.line')),
                ('origin', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reviews', to='decisions.proposal')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='register.person')),
                ('place', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.place')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit')),
                ('resolution', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='proposals', to='decisions.resolution')),
            ],
        ),
        migrations.AddField(
            model_name='decision',
            name='resolution',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='decisions.resolution'),
        ),
        migrations.CreateModel(
            name='ContestedVote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('outcome', models.CharField(max_length=40)),
                ('article', models.CharField(blank=True, max_length=40)),
                ('ayes', models.SmallIntegerField()),
                ('noes', models.SmallIntegerField(default=0)),
                ('recused', models.SmallIntegerField(default=0)),
                ('passed', models.BooleanField()),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='register.person')),
                ('place', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.place')),
                ('resolution', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='contested', to='decisions.resolution')),
            ],
        ),
        migrations.CreateModel(
            name='Seat',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=200)),
                ('holder', models.CharField(blank=True, max_length=200)),
                ('chair', models.BooleanField(default=False)),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(blank=True, null=True)),
                ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='seats', to='decisions.body')),
                ('user', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Ballot',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('choice', models.CharField(choices=[('aye', 'For'), ('no', 'Against'), ('abstain', 'Abstains'), ('recused', 'Recused: conflict of interest')], max_length=10)),
                ('contested', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='ballots', to='decisions.contestedvote')),
                ('resolution', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='ballots', to='decisions.resolution')),
                ('seat', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='decisions.seat')),
            ],
        ),
        migrations.CreateModel(
            name='Attendance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attendances', to='decisions.meeting')),
                ('seat', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='decisions.seat')),
            ],
        ),
        migrations.CreateModel(
            name='Series',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('symbol', models.CharField(max_length=30)),
                ('year', models.SmallIntegerField()),
                ('last_number', models.IntegerField()),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit')),
            ],
        ),
        migrations.CreateModel(
            name='Tally',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('outcome', models.CharField(max_length=40)),
                ('lines', models.IntegerField()),
                ('decision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tallies', to='decisions.decision')),
                ('place', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.place')),
            ],
        ),
        migrations.AddConstraint(
            model_name='body',
            constraint=models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gt', models.F('valid_from')), _connector='OR'), name='decisions_body_span'),
        ),
        migrations.AddConstraint(
            model_name='body',
            constraint=models.UniqueConstraint(condition=models.Q(('kind', 'council'), ('valid_to__isnull', True)), fields=('unit',), name='decisions_body_one_open_council'),
        ),
        migrations.AddConstraint(
            model_name='delegation',
            constraint=models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gt', models.F('valid_from')), _connector='OR'), name='decisions_delegation_span'),
        ),
        migrations.AddIndex(
            model_name='line',
            index=models.Index(fields=['decision', 'id'], name='decisions_line_annex'),
        ),
        migrations.AddConstraint(
            model_name='line',
            constraint=models.UniqueConstraint(condition=models.Q(('replaces__isnull', False)), fields=('replaces',), name='decisions_line_replaced_once'),
        ),
        migrations.AddConstraint(
            model_name='line',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('replaces__isnull', True), ('way', '')), models.Q(models.Q(('way', ''), _negated=True), ('replaces__isnull', False)), _connector='OR'), name='decisions_line_way'),
        ),
        migrations.AddConstraint(
            model_name='dispute',
            constraint=models.UniqueConstraint(condition=models.Q(('answer__isnull', True)), fields=('person', 'about'), name='decisions_dispute_one_open'),
        ),
        migrations.AddConstraint(
            model_name='dispute',
            constraint=models.CheckConstraint(condition=models.Q(('answer__isnull', False), ('lifted_by__isnull', True), _connector='OR'), name='decisions_dispute_lifted_by_decision'),
        ),
        migrations.AddConstraint(
            model_name='dispute',
            constraint=models.CheckConstraint(condition=models.Q(('lifted_by__isnull', True), models.Q(('lifted_by', models.F('marked_by')), _negated=True), _connector='OR'), name='decisions_dispute_lifted_by_another'),
        ),
        migrations.AddConstraint(
            model_name='delivery',
            constraint=models.CheckConstraint(condition=models.Q(('means', 'family'), ('receiver', ''), _negated=True), name='decisions_delivery_family_named'),
        ),
        migrations.AddConstraint(
            model_name='complaint',
            constraint=models.CheckConstraint(condition=models.Q(('instance__in', (1, 2))), name='decisions_complaint_instance'),
        ),
        migrations.AddConstraint(
            model_name='complaint',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('accepted_on__isnull', True), ('answer_by__isnull', True)), models.Q(('accepted_on__isnull', False), ('answer_by__isnull', False)), _connector='OR'), name='decisions_complaint_clock'),
        ),
        migrations.AddConstraint(
            model_name='complaint',
            constraint=models.UniqueConstraint(condition=models.Q(('answer__isnull', True)), fields=('line', 'instance'), name='decisions_complaint_one_open'),
        ),
        migrations.AddIndex(
            model_name='posting',
            index=models.Index(fields=['valid_to'], name='decisions_posting_open'),
        ),
        migrations.AddConstraint(
            model_name='posting',
            constraint=models.UniqueConstraint(fields=('decision', 'channel'), name='decisions_posting_once_a_channel'),
        ),
        migrations.AddConstraint(
            model_name='posting',
            constraint=models.CheckConstraint(condition=models.Q(('valid_to__gt', models.F('valid_from'))), name='decisions_posting_span'),
        ),
        migrations.AddConstraint(
            model_name='resolution',
            constraint=models.CheckConstraint(condition=models.Q(('ayes__gte', 0), ('noes__gte', 0), ('present__lte', models.F('members')), ('recused__gte', 0), ('present__gte', django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('ayes'), '+', models.F('noes')), '+', models.F('recused')))), name='decisions_resolution_heads'),
        ),
        migrations.AddConstraint(
            model_name='resolution',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ayes__gte', models.F('needed')), ('passed', True)), models.Q(('ayes__lt', models.F('needed')), ('passed', False)), _connector='OR'), name='decisions_resolution_counted'),
        ),
        migrations.AddIndex(
            model_name='proposal',
            index=models.Index(condition=models.Q(('line__isnull', True)), fields=['unit', 'act', 'id'], name='decisions_proposal_open'),
        ),
        migrations.AddConstraint(
            model_name='proposal',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('carried__isnull', True), ('resolution__isnull', True)), models.Q(('carried__isnull', False), ('resolution__isnull', False)), _connector='OR'), name='decisions_proposal_voted'),
        ),
        migrations.AddConstraint(
            model_name='proposal',
            constraint=models.CheckConstraint(condition=models.Q(('line__isnull', True), ('carried', True), ('carried__isnull', True), _connector='OR'), name='decisions_proposal_signed_if_carried'),
        ),
        migrations.AddConstraint(
            model_name='proposal',
            constraint=models.UniqueConstraint(condition=models.Q(('line__isnull', True), ('resolution__isnull', True)), fields=('person', 'act', 'season'), name='decisions_proposal_once_before_a_vote'),
        ),
        migrations.AddIndex(
            model_name='decision',
            index=models.Index(fields=['kind', 'signed_on'], name='decisions_by_kind'),
        ),
        migrations.AddIndex(
            model_name='decision',
            index=models.Index(condition=models.Q(('serve_by__isnull', False)), fields=['serve_by'], name='decisions_to_serve'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.UniqueConstraint(fields=('unit', 'symbol', 'year', 'number'), name='decisions_decision_number'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.CheckConstraint(condition=models.Q(('number__gte', 1), ('year', models.F('signed_on__year'))), name='decisions_decision_year'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.CheckConstraint(condition=models.Q(('effective_on__gte', models.F('signed_on'))), name='decisions_decision_effect'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('delegation__isnull', True), ('form', '')), models.Q(models.Q(('form', ''), _negated=True), ('delegation__isnull', False)), _connector='OR'), name='decisions_decision_delegated'),
        ),
        migrations.AddConstraint(
            model_name='contestedvote',
            constraint=models.UniqueConstraint(fields=('resolution', 'person'), name='decisions_contested_once'),
        ),
        migrations.AddConstraint(
            model_name='seat',
            constraint=models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gt', models.F('valid_from')), _connector='OR'), name='decisions_seat_span'),
        ),
        migrations.AddConstraint(
            model_name='ballot',
            constraint=models.UniqueConstraint(fields=('resolution', 'contested', 'seat'), name='decisions_ballot_once', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='attendance',
            constraint=models.UniqueConstraint(fields=('meeting', 'seat'), name='decisions_attendance_once'),
        ),
        migrations.AddConstraint(
            model_name='series',
            constraint=models.UniqueConstraint(fields=('unit', 'symbol', 'year'), name='decisions_series_one_a_year'),
        ),
    ]
