"""References are looked up when they change: an order that ends a span changes one of them."""

from django.db import migrations, models

CHECKS = """
    create or replace function units_check_references() returns trigger language plpgsql as $$
    declare missing bigint;
    begin
        for i in 0 .. tg_nargs / 2 - 1 loop
            execute format(
                'select c.id from (select distinct %1$I as id from changed) c'
                ' where c.id is not null'
                ' and not exists (select from %2$I r where r.id = c.id) limit 1',
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

    create function units_check_reference() returns trigger language plpgsql as $$
    declare found_row boolean;
    begin
        for i in 0 .. tg_nargs / 2 - 1 loop
            execute format(
                'select exists (select from %I r where r.id = ($1).%I)',
                tg_argv[2 * i + 1], tg_argv[2 * i]
            ) into found_row using new;
            if not found_row then
                raise exception '%.% refers to a row of %, which does not exist',
                    tg_table_name, tg_argv[2 * i], tg_argv[2 * i + 1]
                    using errcode = 'foreign_key_violation', table = tg_table_name;
            end if;
        end loop;
        return null;
    end $$;
"""

ENDS = (("closed_by_id", "units_order"),)
"""What an order changes in every row that it ends: looked up once a statement."""

STAYS = {
    "units_unit": (("opened_by_id", "units_order"),),
    "units_unitversion": (("unit_id", "units_unit"), ("opened_by_id", "units_order")),
    "units_unitparent": (
        ("unit_id", "units_unit"), ("parent_id", "units_unit"), ("opened_by_id", "units_order"),
    ),
    "units_tenure": (
        ("place_id", "units_place"), ("unit_id", "units_unit"), ("opened_by_id", "units_order"),
    ),
    "units_link": (
        ("source_id", "units_unit"), ("target_id", "units_unit"), ("opened_by_id", "units_order"),
    ),
}
"""What hardly ever changes in a row: looked up for the row that does."""


def _arguments(pairs):
    return ", ".join(f"'{word}'" for pair in pairs for word in pair)


def _triggers():
    for table, pairs in STAYS.items():
        changed = " or ".join(f"old.{name} is distinct from new.{name}" for name, _ in pairs)
        yield f"""
            drop trigger references_update on {table};
            create trigger references_update after update on {table}
            referencing new table as changed for each statement
            execute function units_check_references({_arguments(ENDS)});
            create trigger references_change after update on {table}
            for each row when ({changed})
            execute function units_check_reference({_arguments(pairs)});
        """


class Migration(migrations.Migration):

    dependencies = [
        ('units', '0007_boundaries'),
    ]

    operations = [
        migrations.RunSQL(
            "\n".join((CHECKS, *_triggers())),
            "drop function units_check_reference() cascade;",
        ),
        migrations.RemoveConstraint(model_name='succession', name='units_succession_once'),
        migrations.AddConstraint(
            model_name='succession',
            constraint=models.UniqueConstraint(
                fields=('old', 'new', 'order'), name='units_succession_once'
            ),
        ),
        migrations.AlterField(
            model_name='succession',
            name='old',
            field=models.ForeignKey(
                db_constraint=False, db_index=False,
                on_delete=models.PROTECT, related_name='successors', to='units.unit',
            ),
        ),
    ]
