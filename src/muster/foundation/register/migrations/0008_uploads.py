import django.db.models.deletion
import django.db.models.functions.datetime
import uuid
from django.conf import settings
from django.db import migrations, models

from muster.shell.rls import APP, WIDE

# A list on its way belongs to whoever sent it, also within the province.
OWN = "by_id = nullif(current_setting('muster.user', true), '')::int"
WALL = f"""
    alter table register_upload enable row level security;
    alter table register_upload force row level security;
    create policy register_upload_app on register_upload to {APP} using ({OWN}) with check ({OWN});
    create policy register_upload_wide on register_upload to {WIDE} using ({OWN}) with check ({OWN});
"""
OPEN = """
    drop policy register_upload_app on register_upload;
    drop policy register_upload_wide on register_upload;
    alter table register_upload no force row level security;
    alter table register_upload disable row level security;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('register', '0007_exports'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
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
        migrations.RunSQL(WALL, OPEN),
    ]
