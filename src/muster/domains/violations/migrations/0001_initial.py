import django.contrib.postgres.functions
import django.db.models.deletion
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('decisions', '0001_initial'),
        ('register', '0001_initial'),
        ('units', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Case',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(db_default=django.contrib.postgres.functions.RandomUUID(), default=uuid.uuid4, editable=False, unique=True)),
                ('offence', models.CharField(choices=[('registration_missed', 'First registration missed'), ('registration_missed_again', 'First registration missed again'), ('screening_absence', 'Not present at pre-screening'), ('screening_refused', 'Refused the call to pre-screening'), ('exam_absence', 'Not present at the examination'), ('exam_refused', 'Refused the call to the examination'), ('exam_disobeyed', 'Did not obey the call to the examination'), ('call_up_late', 'Late or at the wrong place after a call-up'), ('call_up_deceit', 'Evaded a call-up by deceit'), ('call_up_refused', 'Did not obey a call-up')], max_length=30)),
                ('detected_on', models.DateField()),
                ('minuted_on', models.DateField(null=True)),
                ('paid_on', models.DateField(null=True)),
                ('dismissed_on', models.DateField(null=True)),
                ('scaled', models.BooleanField(default=False)),
                ('call', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='decisions.line')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='register.person')),
                ('place', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.place')),
                ('sanction', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='decisions.line')),
            ],
            options={
                'indexes': [models.Index(fields=['place', 'detected_on'], name='violations_by_place'), models.Index(fields=['detected_on', 'uid'], name='violations_by_day')],
                'constraints': [models.UniqueConstraint(fields=('call',), name='violations_one_per_call'), models.CheckConstraint(condition=models.Q(('sanction__isnull', True), ('minuted_on__isnull', False), _connector='OR'), name='violations_minutes_before_sanction'), models.CheckConstraint(condition=models.Q(('paid_on__isnull', True), ('sanction__isnull', False), _connector='OR'), name='violations_sanction_before_payment'), models.CheckConstraint(condition=models.Q(('minuted_on__isnull', True), ('minuted_on__gte', models.F('detected_on')), _connector='OR'), name='violations_minutes_after_detection'), models.CheckConstraint(condition=models.Q(('dismissed_on__isnull', True), ('sanction__isnull', True), _connector='OR'), name='violations_dismissed_is_not_punished')],
            },
        ),
    ]
