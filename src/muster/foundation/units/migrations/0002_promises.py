"""What the database itself refuses: ground in no unit or in two, and a unit without life.

`EXCLUDE` needs an extension that not every server has, so a check runs once a statement
over the rows it changed, and looks only at what it may have broken: a span that ends with
its unit, and a unit that opens again, leave nothing to look up. Close and open spans in one
statement (a data modifying `with`): between two statements there would be a gap.
"""

from django.db import migrations

from muster.shell import bulk
from muster.shell.promises import each_statement, function, roomy

TENURES = """
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
    end
"""

PARENTS = """
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
    end
"""

LIVES = """
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
    end
"""

ORDER, UNIT, PLACE = "units_order", "units_unit", "units_place"

LASTS = {
    "units_unit": {"opened_by_id": ORDER},
    "units_unitversion": {"unit_id": UNIT, "opened_by_id": ORDER},
    "units_unitparent": {"unit_id": UNIT, "parent_id": UNIT, "opened_by_id": ORDER},
    "units_tenure": {"place_id": PLACE, "unit_id": UNIT, "opened_by_id": ORDER},
    "units_link": {"source_id": UNIT, "target_id": UNIT, "opened_by_id": ORDER},
}
ENDS = {"closed_by_id": ORDER}  # an order writes it into every row that it ends
SUCCESSION = {"order_id": ORDER, "old_id": UNIT, "new_id": UNIT}
KEYS = {table: keys | ENDS for table, keys in LASTS.items()} | {"units_succession": SUCCESSION}


def check(table, call, *events, former=()):
    """The steps that call a check after each of the events."""
    return [
        each_statement(f"{call}_{event}", table, event, call, former=event in former)
        for event in events
    ]


class Migration(migrations.Migration):
    dependencies = [("units", "0001_initial")]

    operations = [
        function("units_check_tenures", TENURES),
        *check("units_tenure", "units_check_tenures", "insert", "update", "delete"),
        function("units_check_parents", PARENTS),
        *check(
            "units_unitparent", "units_check_parents", "insert", "update", "delete",
            former=("update",),
        ),
        function("units_check_lives", LIVES),
        *check("units_unit", "units_check_lives", "update", former=("update",)),
        *bulk.functions(),
        *(bulk.inserted(table, keys) for table, keys in KEYS.items()),
        *(bulk.changed(table, keys) for table, keys in LASTS.items()),
        *(bulk.updated(table, ENDS) for table in LASTS),
        bulk.updated("units_succession", SUCCESSION),
        *(bulk.deleted(target, KEYS) for target in (ORDER, UNIT, PLACE)),
        # Nearly every row is closed once.
        *(roomy(f"units_{table}", 50) for table in ("unit", "unitversion", "unitparent", "tenure")),
    ]
