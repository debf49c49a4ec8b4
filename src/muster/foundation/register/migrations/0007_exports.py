"""Lists that leave the house: seen by who asked, and in the unit that was asked for."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
import uuid
from django.conf import settings
from django.db import migrations, models

from muster.shell.rls import APP, WIDE

MINE = "asked_by_id = nullif(current_setting('muster.user', true), '')::int"
OURS = """unit_id = any(
    string_to_array(nullif(current_setting('muster.units', true), ''), ',')::bigint[])"""
WITH_ITS_EXPORT = "exists (select from register_export e where e.id = export_id)"


def close(table: str, inside: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"""
        alter table {table} enable row level security;
        alter table {table} force row level security;
        create policy {table}_app on {table} to {APP} using ({inside}) with check ({inside});
        create policy {table}_wide on {table} to {WIDE} using (true) with check (true);
        """,
        f"""
        drop policy {table}_app on {table};
        drop policy {table}_wide on {table};
        alter table {table} no force row level security;
        alter table {table} disable row level security;
        """,
    )


class Migration(migrations.Migration):
    dependencies = [
        ("register", "0006_transfers"),
        ("units", "0009_whole_checks"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Export",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("on", models.DateField()),
                ("purpose", models.TextField()),
                ("find", models.TextField(blank=True)),
                ("where", models.TextField(blank=True)),
                (
                    "columns",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20), size=None
                    ),
                ),
                ("full_numbers", models.BooleanField(default=False)),
                ("rows", models.PositiveIntegerField()),
                ("needs_second", models.BooleanField()),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="units.unit",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ExportStep",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("approved", "Approved by a second person"),
                            ("refused", "Refused"),
                            ("taken", "Taken along"),
                        ],
                        max_length=10,
                    ),
                ),
                ("on", models.DateField()),
                ("why", models.TextField(blank=True)),
                ("form", models.CharField(blank=True, max_length=4)),
                ("rows", models.PositiveIntegerField(null=True)),
                (
                    "recorded_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "export",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="register.export",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="export",
            constraint=models.CheckConstraint(
                condition=models.Q(("purpose", ""), _negated=True),
                name="register_export_with_purpose",
            ),
        ),
        migrations.AddConstraint(
            model_name="export",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("full_numbers", False), ("needs_second", True), _connector="OR"
                ),
                name="register_export_full_numbers_need_two",
            ),
        ),
        migrations.AddConstraint(
            model_name="exportstep",
            constraint=models.UniqueConstraint(
                condition=models.Q(("kind__in", ["approved", "refused"])),
                fields=("export",),
                name="register_export_answered_once",
            ),
        ),
        close("register_export", f"{MINE} or {OURS}"),
        close("register_exportstep", WITH_ITS_EXPORT),
    ]
