"""References between units, places and orders, checked once a statement."""

import django.db.models.deletion
from django.db import migrations, models

CHECKS = """
    create function units_check_references() returns trigger language plpgsql as $$
    declare missing bigint;
    begin
        for i in 0 .. tg_nargs / 2 - 1 loop
            execute format(
                'select c.%1$I from changed c where c.%1$I is not null'
                ' and not exists (select from %2$I r where r.id = c.%1$I) limit 1',
                tg_argv[2 * i], tg_argv[2 * i + 1]
            ) into missing;
            if missing is not null then
                raise exception '%.% refers to row % of %, which does not exist',
                    tg_table_name, tg_argv[2 * i], missing, tg_argv[2 * i + 1]
                    using errcode = 'foreign_key_violation', table = tg_table_name;
            end if;
        end loop;
        return null;
    end $$;

    create function units_check_unreferenced() returns trigger language plpgsql as $$
    declare kept bigint;
    begin
        for i in 0 .. tg_nargs / 2 - 1 loop
            execute format(
                'select c.id from changed c join %I r on r.%I = c.id limit 1',
                tg_argv[2 * i], tg_argv[2 * i + 1]
            ) into kept;
            if kept is not null then
                raise exception 'row % of % is still referred to by %',
                    kept, tg_table_name, tg_argv[2 * i]
                    using errcode = 'foreign_key_violation', table = tg_argv[2 * i];
            end if;
        end loop;
        return null;
    end $$;
"""

ORDERS = (("opened_by_id", "units_order"), ("closed_by_id", "units_order"))
REFERENCES = {
    "units_unit": ORDERS,
    "units_unitversion": (("unit_id", "units_unit"), *ORDERS),
    "units_unitparent": (("unit_id", "units_unit"), ("parent_id", "units_unit"), *ORDERS),
    "units_tenure": (("place_id", "units_place"), ("unit_id", "units_unit"), *ORDERS),
    "units_link": (("source_id", "units_unit"), ("target_id", "units_unit"), *ORDERS),
    "units_succession": (
        ("order_id", "units_order"), ("old_id", "units_unit"), ("new_id", "units_unit"),
    ),
}


def _trigger(name, event, table, function, pairs):
    image = "old" if event == "delete" else "new"
    arguments = ", ".join(f"'{word}'" for pair in pairs for word in pair)
    return (
        f"create trigger {name}_{event} after {event} on {table} "
        f"referencing {image} table as changed for each statement "
        f"execute function {function}({arguments});"
    )


def _triggers():
    for table, pairs in REFERENCES.items():
        for event in ("insert", "update"):
            yield _trigger("references", event, table, "units_check_references", pairs)
    for target in ("units_order", "units_unit", "units_place"):
        pairs = [
            (table, column)
            for table, columns in REFERENCES.items()
            for column, other in columns
            if other == target
        ]
        yield _trigger("unreferenced", "delete", target, "units_check_unreferenced", pairs)


class Migration(migrations.Migration):

    dependencies = [
        ('units', '0004_spans_without_checks'),
    ]

    operations = [
        migrations.AlterField(
            model_name='link',
            name='source',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='links_out', to='units.unit'),
        ),
        migrations.AlterField(
            model_name='link',
            name='target',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='links_in', to='units.unit'),
        ),
        migrations.AlterField(
            model_name='succession',
            name='new',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='predecessors', to='units.unit'),
        ),
        migrations.AlterField(
            model_name='succession',
            name='old',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='successors', to='units.unit'),
        ),
        migrations.AlterField(
            model_name='succession',
            name='order',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='successions', to='units.order'),
        ),
        migrations.AlterField(
            model_name='tenure',
            name='place',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='tenures', to='units.place'),
        ),
        migrations.AlterField(
            model_name='tenure',
            name='unit',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='tenures', to='units.unit'),
        ),
        migrations.AlterField(
            model_name='unit',
            name='closed_by',
            field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='units_closed', to='units.order'),
        ),
        migrations.AlterField(
            model_name='unit',
            name='opened_by',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='units_opened', to='units.order'),
        ),
        migrations.AlterField(
            model_name='unitparent',
            name='parent',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='units.unit'),
        ),
        migrations.AlterField(
            model_name='unitparent',
            name='unit',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='parents', to='units.unit'),
        ),
        migrations.AlterField(
            model_name='unitversion',
            name='unit',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='units.unit'),
        ),
        migrations.RunSQL(
            "\n".join((CHECKS, *_triggers())),
            "drop function units_check_references() cascade;"
            "drop function units_check_unreferenced() cascade;",
        ),
    ]
