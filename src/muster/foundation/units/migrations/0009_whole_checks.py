"""Checks that look only at what a statement may have broken.

A span that ends with its unit, and a unit that opens again, leave nothing to look up. The
rows to look up are handed over as one array, so that many go through the index as one.
"""

from django.db import migrations

TENURES = """
    create or replace function units_check_tenures() returns trigger language plpgsql as $$
    declare broken record;
    begin
        select t.place_id, t.valid_to, t.next_from into broken from (
            select place_id, valid_to, lead(valid_from) over spans as next_from
            from units_tenure where place_id = any(array(select place_id from changed))
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
    create or replace function units_check_parents() returns trigger language plpgsql as $$
    declare broken record; doubtful bigint;
    begin
        if tg_op = 'UPDATE' then
            select count(*) into doubtful
            from changed c join former f using (id) join units_unit u on u.id = c.unit_id
            where (f.unit_id, f.parent_id, f.valid_from) <> (c.unit_id, c.parent_id, c.valid_from)
               or f.valid_to is not null or c.valid_to is distinct from u.closed_on;
            if doubtful = 0 then return null; end if;
        end if;
        select s.unit_id, s.valid_to, s.next_from into broken from (
            select unit_id, valid_to, lead(valid_from) over spans as next_from
            from units_unitparent where unit_id = any(array(select unit_id from changed))
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
        where p.unit_id = any(array(select unit_id from changed))
          and (p.valid_from < above.opened_on
               or above.closed_on < coalesce(p.valid_to, 'infinity')) limit 1;
        if found then
            raise exception 'unit % outlives its parent %', broken.unit_id, broken.parent_id
                using errcode = 'exclusion_violation';
        end if;
        return null;
    end $$;

    drop trigger units_check_parents_update on units_unitparent;
    create trigger units_check_parents_update after update on units_unitparent
    referencing old table as former new table as changed
    for each statement execute function units_check_parents();
"""

LIVES = """
    create or replace function units_check_lives() returns trigger language plpgsql as $$
    declare broken record; shorter int[]; ends date; begins date;
    begin
        select array_agg(c.id), min(c.closed_on),
               max(c.opened_on) filter (where c.opened_on > f.opened_on)
        into shorter, ends, begins
        from changed c join former f using (id)
        where c.opened_on > f.opened_on or c.closed_on < coalesce(f.closed_on, 'infinity');
        if shorter is null then return null; end if;
        select p.unit_id, p.parent_id into broken
        from units_unitparent p join units_unit u on u.id = p.parent_id
        where p.parent_id = any(shorter)
          and (p.valid_to is null or p.valid_to > ends)
          and u.closed_on < coalesce(p.valid_to, 'infinity') limit 1;
        if found then
            raise exception 'unit % outlives its parent %', broken.unit_id, broken.parent_id
                using errcode = 'exclusion_violation';
        end if;
        select t.place_id, t.unit_id into broken
        from units_tenure t join units_unit u on u.id = t.unit_id
        where t.unit_id = any(shorter)
          and (t.valid_to is null or t.valid_to > ends or t.valid_from < begins)
          and (u.closed_on < coalesce(t.valid_to, 'infinity') or t.valid_from < u.opened_on)
        limit 1;
        if found then
            raise exception 'place % lies in unit % outside its life', broken.place_id, broken.unit_id
                using errcode = 'exclusion_violation';
        end if;
        return null;
    end $$;

    drop trigger units_check_lives_update on units_unit;
    create trigger units_check_lives_update after update on units_unit
    referencing old table as former new table as changed
    for each statement execute function units_check_lives();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('units', '0008_cheaper_checks'),
    ]

    operations = [
        migrations.RunSQL("\n".join((TENURES, PARENTS, LIVES)), migrations.RunSQL.noop),
    ]
