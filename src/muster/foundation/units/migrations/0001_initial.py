import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Boundary',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('tree', models.CharField(choices=[('government', 'Local government'), ('defence', 'Local military command')], max_length=12)),
                ('code', models.CharField(max_length=40)),
                ('opened_on', models.DateField()),
                ('rings', models.JSONField()),
                ('source', models.TextField()),
                ('loaded_on', models.DateField()),
                ('loaded_by', models.CharField(blank=True, max_length=60)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('tree', 'code', 'opened_on'), name='units_boundary_unit')],
            },
        ),
        migrations.CreateModel(
            name='Order',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=60, unique=True)),
                ('title', models.TextField()),
                ('issuer', models.TextField()),
                ('signed_on', models.DateField()),
                ('effective_on', models.DateField(null=True)),
                ('tree', models.CharField(choices=[('government', 'Local government'), ('defence', 'Local military command')], max_length=12)),
                ('text', models.TextField(blank=True)),
                ('source', models.TextField(blank=True)),
                ('confirmed', models.BooleanField(default=False)),
                ('applied_on', models.DateField(null=True)),
                ('applied_by', models.CharField(blank=True, max_length=60)),
                ('position', models.PositiveIntegerField(null=True)),
                ('digest', models.CharField(blank=True, max_length=64)),
                ('corrects', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='corrections', to='units.order')),
            ],
        ),
        migrations.CreateModel(
            name='Act',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveIntegerField()),
                ('body', models.JSONField()),
                ('line', models.PositiveIntegerField(null=True)),
                ('order', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='acts', to='units.order')),
            ],
        ),
        migrations.CreateModel(
            name='Place',
            fields=[
                ('id', models.AutoField(primary_key=True, serialize=False)),
                ('code', models.CharField(max_length=40, unique=True)),
                ('name', models.CharField(max_length=200)),
                ('folded', models.CharField(db_collation='C', max_length=200)),
                ('kind', models.CharField(choices=[('commune', 'former commune, residential group unknown'), ('group', 'residential group'), ('office', 'school, agency or enterprise that registers')], max_length=8)),
                ('lat', models.FloatField(null=True)),
                ('lon', models.FloatField(null=True)),
                ('within', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='groups', to='units.place')),
            ],
        ),
        migrations.CreateModel(
            name='Step',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('verb', models.CharField(choices=[('applied', 'applied'), ('undone', 'undone'), ('reconciled', 'reconciled')], max_length=12)),
                ('on', models.DateField()),
                ('by', models.CharField(blank=True, max_length=60)),
                ('digest', models.CharField(max_length=64)),
                ('figures', models.JSONField(default=dict)),
                ('done_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('order', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='units.order')),
            ],
        ),
        migrations.CreateModel(
            name='Unit',
            fields=[
                ('id', models.AutoField(primary_key=True, serialize=False)),
                ('tree', models.CharField(choices=[('government', 'Local government'), ('defence', 'Local military command')], max_length=12)),
                ('level', models.CharField(choices=[('region', 'Military region'), ('province', 'Province'), ('district', 'District'), ('regional', 'Regional defence command'), ('commune', 'Commune')], max_length=12)),
                ('code', models.CharField(max_length=40)),
                ('opened_on', models.DateField()),
                ('closed_on', models.DateField(null=True)),
                ('ended', models.BooleanField(default=False)),
                ('closed_by', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='units_closed', to='units.order')),
                ('opened_by', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='units_opened', to='units.order')),
            ],
        ),
        migrations.CreateModel(
            name='Tenure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(null=True)),
                ('provisional', models.BooleanField(default=False)),
                ('closed_by', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.order')),
                ('opened_by', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.order')),
                ('place', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='tenures', to='units.place')),
                ('unit', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='tenures', to='units.unit')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Succession',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('whole', models.BooleanField()),
                ('keeper', models.BooleanField(default=True)),
                ('order', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='successions', to='units.order')),
                ('new', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='predecessors', to='units.unit')),
                ('old', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='successors', to='units.unit')),
            ],
        ),
        migrations.CreateModel(
            name='Placement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.TextField(blank=True)),
                ('proposed_on', models.DateField()),
                ('proposed_by', models.CharField(blank=True, max_length=60)),
                ('accepted_on', models.DateField(null=True)),
                ('accepted_by', models.CharField(blank=True, max_length=60)),
                ('settled_on', models.DateField(null=True)),
                ('settled_by', models.CharField(blank=True, max_length=60)),
                ('order', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='placements', to='units.order')),
                ('place', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='placements', to='units.place')),
                ('keeper', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit')),
            ],
        ),
        migrations.CreateModel(
            name='Link',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(null=True)),
                ('kind', models.CharField(choices=[('serves', 'answers for the ground of'), ('guides', 'guides')], max_length=8)),
                ('closed_by', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.order')),
                ('opened_by', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.order')),
                ('source', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='links_out', to='units.unit')),
                ('target', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='links_in', to='units.unit')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='UnitParent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(null=True)),
                ('closed_by', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.order')),
                ('opened_by', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.order')),
                ('parent', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='units.unit')),
                ('unit', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='parents', to='units.unit')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='UnitVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(null=True)),
                ('name', models.CharField(max_length=200)),
                ('kind', models.CharField(max_length=60)),
                ('folded', models.CharField(db_collation='C', max_length=200)),
                ('sort_key', models.CharField(db_collation='C', max_length=300)),
                ('lat', models.FloatField(null=True)),
                ('lon', models.FloatField(null=True)),
                ('area_km2', models.FloatField(null=True)),
                ('area_estimated', models.BooleanField(default=False)),
                ('closed_by', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.order')),
                ('opened_by', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.order')),
                ('unit', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='units.unit')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddConstraint(
            model_name='order',
            constraint=models.CheckConstraint(condition=models.Q(('effective_on__isnull', True), ('effective_on__gte', models.F('signed_on')), _connector='OR'), name='units_order_signed_before_effect'),
        ),
        migrations.AddConstraint(
            model_name='order',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('applied_on__isnull', True), ('position__isnull', True)), models.Q(('applied_on__isnull', False), ('effective_on__isnull', False), ('position__isnull', False)), _connector='OR'), name='units_order_applied_with_day'),
        ),
        migrations.AddConstraint(
            model_name='act',
            constraint=models.UniqueConstraint(fields=('order', 'position'), name='units_act_position'),
        ),
        migrations.AddConstraint(
            model_name='place',
            constraint=models.CheckConstraint(condition=models.Q(('kind', 'commune'), ('within__isnull', False), _connector='XOR'), name='units_place_group_within'),
        ),
        migrations.AddIndex(
            model_name='unit',
            index=models.Index(fields=['tree', 'level'], name='units_unit_level'),
        ),
        migrations.AddConstraint(
            model_name='unit',
            constraint=models.UniqueConstraint(fields=('tree', 'code', 'opened_on'), name='units_unit_key'),
        ),
        migrations.AddConstraint(
            model_name='unit',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_by__isnull', True), ('closed_on__isnull', True), ('ended', False)), models.Q(('closed_by__isnull', False), ('closed_on__gt', models.F('opened_on'))), _connector='OR'), name='units_unit_life'),
        ),
        migrations.AddConstraint(
            model_name='tenure',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_by__isnull', True), ('valid_to__isnull', True)), models.Q(('closed_by__isnull', False), ('valid_to__gte', models.F('valid_from'))), _connector='OR'), name='units_tenure_span'),
        ),
        migrations.AddConstraint(
            model_name='succession',
            constraint=models.UniqueConstraint(fields=('old', 'new', 'order'), name='units_succession_once'),
        ),
        migrations.AddConstraint(
            model_name='placement',
            constraint=models.UniqueConstraint(condition=models.Q(('settled_on__isnull', False)), fields=('order', 'place'), name='units_placement_settled_once'),
        ),
        migrations.AddConstraint(
            model_name='placement',
            constraint=models.CheckConstraint(condition=models.Q(('settled_on__isnull', True), ('settled_on__gte', models.F('proposed_on')), _connector='OR'), name='units_placement_proposed_first'),
        ),
        migrations.AddConstraint(
            model_name='link',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_by__isnull', True), ('valid_to__isnull', True)), models.Q(('closed_by__isnull', False), ('valid_to__gte', models.F('valid_from'))), _connector='OR'), name='units_link_span'),
        ),
        migrations.AddConstraint(
            model_name='unitparent',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_by__isnull', True), ('valid_to__isnull', True)), models.Q(('closed_by__isnull', False), ('valid_to__gte', models.F('valid_from'))), _connector='OR'), name='units_unitparent_span'),
        ),
        migrations.AddIndex(
            model_name='unitversion',
            index=models.Index(fields=['folded'], name='units_version_folded'),
        ),
        migrations.AddConstraint(
            model_name='unitversion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_by__isnull', True), ('valid_to__isnull', True)), models.Q(('closed_by__isnull', False), ('valid_to__gte', models.F('valid_from'))), _connector='OR'), name='units_unitversion_span'),
        ),
    ]
