import django.db.models.deletion
import django.db.models.functions.datetime
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
            name='DeclaredFigure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('indicator', models.CharField(max_length=60)),
                ('period', models.CharField(max_length=7)),
                ('numerator', models.DecimalField(decimal_places=4, max_digits=18)),
                ('denominator', models.DecimalField(decimal_places=4, max_digits=18, null=True)),
                ('source', models.TextField()),
                ('declared_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit')),
            ],
            options={
                'indexes': [models.Index(fields=['unit', 'period'], name='indicators_declared_of_unit')],
                'constraints': [models.CheckConstraint(condition=models.Q(('source', ''), _negated=True), name='indicators_declared_has_source')],
            },
        ),
    ]
