"""Pairs to decide, decisions and letters, closed like everything that holds a person.

A pair is seen by whoever answers for both places, so that two offices' pair is the
province's; a decision is seen with its pair. Places follow the people.
"""

import uuid

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

from muster.shell.rls import APP, WIDE, protect


def follow(table: str, name: str, place: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"""
        alter table register_{table} add constraint register_{table}_{name}_follows_person
        foreign key ({name}_id, {place}_id) references register_person (id, place_id)
        on update cascade
        """,
        f"alter table register_{table} drop constraint register_{table}_{name}_follows_person",
    )


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


MINE = "any((select muster_places())::int[])"
BOTH = f"left_place_id = {MINE} and right_place_id = {MINE}"
WITH_ITS_PAIR = "exists (select from register_pair p where p.id = pair_id)"


class Migration(migrations.Migration):
    dependencies = [
        ("register", "0003_lists"),
        ("units", "0006_keeper"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Pair",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("group", models.BigIntegerField(null=True)),
                ("bits", models.FloatField()),
                ("probability", models.FloatField()),
                ("proposed", models.CharField(max_length=10)),
                ("because", models.CharField(max_length=20)),
                ("evidence", models.JSONField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "To be decided"),
                            ("asked", "Asked, answer awaited"),
                            ("merged", "Merged"),
                            ("apart", "Not the same person"),
                        ],
                        default="open",
                        max_length=10,
                    ),
                ),
                ("found_on", models.DateField()),
                (
                    "left",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="register.person",
                    ),
                ),
                (
                    "left_place",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="units.place",
                    ),
                ),
                (
                    "right",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="register.person",
                    ),
                ),
                (
                    "right_place",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="units.place",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PairDecision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "verdict",
                    models.CharField(
                        choices=[
                            ("open", "To be decided"),
                            ("asked", "Asked, answer awaited"),
                            ("merged", "Merged"),
                            ("apart", "Not the same person"),
                        ],
                        max_length=10,
                    ),
                ),
                ("on", models.DateField()),
                ("note", models.TextField(blank=True)),
                (
                    "recorded_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
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
                    "pair",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="register.pair",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Notice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("due_since", models.DateField()),
                ("served_on", models.DateField(null=True)),
                (
                    "act",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="register.act",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
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
                "indexes": [
                    models.Index(
                        condition=models.Q(("served_on__isnull", True)),
                        fields=["due_since", "uid"],
                        name="register_notice_due",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("served_on__isnull", True),
                            ("served_on__gte", models.F("due_since")),
                            _connector="OR",
                        ),
                        name="register_notice_served_after_due",
                    )
                ],
            },
        ),
        migrations.AddIndex(
            model_name="pair",
            index=models.Index(fields=["state", "bits", "uid"], name="register_pair_queue"),
        ),
        migrations.AddConstraint(
            model_name="pair",
            constraint=models.UniqueConstraint(fields=("left", "right"), name="register_pair_once"),
        ),
        migrations.AddConstraint(
            model_name="pair",
            constraint=models.CheckConstraint(
                condition=models.Q(("left__lt", models.F("right"))), name="register_pair_ordered"
            ),
        ),
        follow("pair", "left", "left_place"),
        follow("pair", "right", "right_place"),
        follow("notice", "person", "place"),
        close("register_pair", BOTH),
        close("register_pairdecision", WITH_ITS_PAIR),
        protect("register_notice"),
    ]
