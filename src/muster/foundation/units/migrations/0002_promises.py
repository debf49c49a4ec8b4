"""What the database itself refuses: ground in no unit or in two, and a unit without life.

`EXCLUDE` needs an extension that not every server has, so the check runs once per
statement over the rows it changed. Close and open spans in one statement (a data
modifying `with`): between two statements there would be a gap.
"""

from django.db import migrations

from muster.shell.rls import APP, WIDE

GROUND = """
    create function units_check_tenures() returns trigger language plpgsql as $$
    declare broken record;
    begin
        select t.place_id, t.valid_to, t.next_from into broken from (
            select place_id, valid_to, lead(valid_from) over spans as next_from
            from units_tenure where place_id in (select place_id from changed)
            window spans as (partition by place_id order by valid_from, valid_to nulls last, id)
        ) t where t.next_from is distinct from t.valid_to limit 1;
        if found then
            raise exception 'place %: a tenure ends on %, the next begins on %',
                broken.place_id, broken.valid_to, broken.next_from
                using errcode = 'exclusion_violation';
        end if;
        return null;
    end $$;
"""

PARENTS = """
    create function units_check_parents() returns trigger language plpgsql as $$
    declare broken record;
    begin
        select s.unit_id, s.valid_to, s.next_from into broken from (
            select unit_id, valid_to, lead(valid_from) over spans as next_from
            from units_unitparent where unit_id in (select unit_id from changed)
            window spans as (partition by unit_id order by valid_from, valid_to nulls last, id)
        ) s join units_unit u on u.id = s.unit_id
        where s.next_from is distinct from s.valid_to
          and (s.next_from is not null or s.valid_to is distinct from u.closed_on
               and u.closed_on is not null) limit 1;
        if found then
            raise exception 'unit %: a parent ends on %, the next begins on %',
                broken.unit_id, broken.valid_to, broken.next_from
                using errcode = 'exclusion_violation';
        end if;
        select p.unit_id, p.parent_id into broken from units_unitparent p
        join units_unit above on above.id = p.parent_id
        where p.unit_id in (select unit_id from changed)
          and (p.valid_from < above.opened_on
               or above.closed_on < coalesce(p.valid_to, 'infinity')) limit 1;
        if found then
            raise exception 'unit % outlives its parent %', broken.unit_id, broken.parent_id
                using errcode = 'exclusion_violation';
        end if;
        return null;
    end $$;
"""

LIVES = """
    create function units_check_lives() returns trigger language plpgsql as $$
    declare broken record;
    begin
        select p.unit_id, p.parent_id into broken
        from changed join units_unitparent p on p.parent_id = changed.id
        where changed.closed_on < coalesce(p.valid_to, 'infinity') limit 1;
        if found then
            raise exception 'unit % outlives its parent %', broken.unit_id, broken.parent_id
                using errcode = 'exclusion_violation';
        end if;
        select t.place_id, t.unit_id into broken
        from changed join units_tenure t on t.unit_id = changed.id
        where changed.closed_on < coalesce(t.valid_to, 'infinity')
           or t.valid_from < changed.opened_on limit 1;
        if found then
            raise exception 'place % lies in unit % outside its life', broken.place_id, broken.unit_id
                using errcode = 'exclusion_violation';
        end if;
        return null;
    end $$;
"""

PLACES_IN_SCOPE = f"""
    create function muster_places() returns int[] language sql stable as $$
        select array_agg(distinct t.place_id)
        from units_tenure t join units_unit u on u.id = t.unit_id
        where t.unit_id = any(
            string_to_array(nullif(current_setting('muster.units', true), ''), ',')::int[])
          and t.valid_to is not distinct from u.closed_on
          and t.valid_from is distinct from t.valid_to
    $$;
    grant execute on function muster_places() to {APP}, {WIDE};
"""
"""The places of the units in scope, as those units last held them."""


def _trigger(table: str, function: str, events: tuple[str, ...]) -> str:
    image = {"insert": "new", "update": "new", "delete": "old"}
    return "\n".join(
        f"create trigger {function}_{event} after {event} on {table} "
        f"referencing {image[event]} table as changed "
        f"for each statement execute function {function}();"
        for event in events
    )


EVERY = ("insert", "update", "delete")
STEPS = (
    GROUND + _trigger("units_tenure", "units_check_tenures", EVERY),
    PARENTS + _trigger("units_unitparent", "units_check_parents", EVERY),
    LIVES + _trigger("units_unit", "units_check_lives", ("update",)),
)
REVERSE = """
    drop function muster_places();
    drop function units_check_lives() cascade;
    drop function units_check_parents() cascade;
    drop function units_check_tenures() cascade;
"""


class Migration(migrations.Migration):
    dependencies = [("units", "0001_initial")]

    operations = [migrations.RunSQL("\n".join((*STEPS, PLACES_IN_SCOPE)), REVERSE)]
