import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('register', '0002_walls'),
        ('units', '0005_bulk_keys'),
    ]

    operations = [
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
            ],
        ),
        migrations.CreateModel(
            name='ListSource',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.TextField(unique=True)),
                ('mapping', models.JSONField(default=dict)),
            ],
        ),
        migrations.AddField(
            model_name='person',
            name='source',
            field=models.TextField(blank=True),
        ),
        migrations.AddConstraint(
            model_name='person',
            constraint=models.UniqueConstraint(condition=models.Q(('source', ''), _negated=True), fields=('source', 'source_id'), name='register_person_once_per_source'),
        ),
        migrations.AddField(
            model_name='listimport',
            name='source',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='imports', to='register.listsource'),
        ),
        migrations.AddConstraint(
            model_name='listimport',
            constraint=models.UniqueConstraint(fields=('source', 'digest'), name='register_list_once'),
        ),
    ]
