from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('register', '0004_pairs'),
        ('units', '0006_keeper'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='person',
            name='register_person_folded',
        ),
        migrations.RemoveIndex(
            model_name='person',
            name='register_person_number',
        ),
        migrations.RemoveIndex(
            model_name='person',
            name='register_person_old_number',
        ),
        migrations.RemoveIndex(
            model_name='person',
            name='register_person_family',
        ),
        migrations.RemoveIndex(
            model_name='person',
            name='register_person_source',
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
        migrations.AddIndex(
            model_name='persontoken',
            index=models.Index(fields=['person', 'token'], name='register_token_of_person'),
        ),
    ]
