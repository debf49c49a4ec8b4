"""The citizen's own side: closed like all that holds a person, and open to himself."""

import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models

from muster.shell.rls import own, protect

ABOUT_HIM = (
    "registration", "residence", "schooling", "employment", "circumstance", "act", "reading",
    "notice", "request", "certificate",
)  # fmt: skip
NEW = ("access", "request", "certificate")
HIMSELF = """
create function muster_own() returns bigint[] language sql stable as $$
    select array_agg(person_id) from register_access
    where user_id = nullif(current_setting('muster.user', true), '')::int and closed_on is null
$$
"""


def follow(table: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"""
        alter table register_{table} add constraint register_{table}_follows_person
        foreign key (person_id, place_id) references register_person (id, place_id)
        on update cascade
        """,
        f"alter table register_{table} drop constraint register_{table}_follows_person",
    )


class Migration(migrations.Migration):
    dependencies = [
        ("register", "0008_uploads"),
        ("units", "0009_whole_checks"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Certificate",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("registration", "Certificate of military service registration"),
                            ("extract", "Extract of one's own entry"),
                        ],
                        max_length=12,
                    ),
                ),
                ("on", models.DateField()),
                ("version", models.PositiveIntegerField()),
                ("facts", models.BinaryField()),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="%(class)ss",
                        to="register.person",
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="units.place",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Access",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("opened_on", models.DateField()),
                ("basis", models.TextField()),
                ("closed_on", models.DateField(null=True)),
                (
                    "person",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="%(class)ss",
                        to="register.person",
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="units.place",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("closed_on", None)),
                        fields=("person",),
                        name="register_access_one_open",
                    ),
                    models.UniqueConstraint(fields=("user",), name="register_access_one_person"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Request",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("field", models.CharField(max_length=20)),
                ("wanted", models.TextField()),
                ("shown_by", models.TextField()),
                ("asked_on", models.DateField()),
                ("due_on", models.DateField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Waits for the office"),
                            ("granted", "Corrected"),
                            ("refused", "Not corrected"),
                        ],
                        default="open",
                        max_length=8,
                    ),
                ),
                ("answered_on", models.DateField(null=True)),
                ("answer", models.TextField(blank=True)),
                (
                    "act",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="register.act",
                    ),
                ),
                (
                    "answered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="%(class)ss",
                        to="register.person",
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="units.place",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "open")),
                        fields=("person", "field"),
                        name="register_request_one_open",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answered_on", None), ("state", "open")),
                            models.Q(
                                models.Q(("state", "open"), _negated=True),
                                ("answered_on__gte", models.F("asked_on")),
                                models.Q(("answer", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="register_request_answered_whole",
                    ),
                ],
            },
        ),
        *(follow(table) for table in NEW),
        *(protect(f"register_{table}") for table in NEW),
        own("register_access", "user_id = nullif(current_setting('muster.user', true), '')::int"),
        migrations.RunSQL(HIMSELF, "drop function muster_own()"),
        own("register_person", "id = any((select muster_own())::bigint[])"),
        *(own(f"register_{table}") for table in ABOUT_HIM),
    ]
