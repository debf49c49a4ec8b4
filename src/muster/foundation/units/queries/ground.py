"""Which commune, district and province each place lies in, as a select to join."""

from datetime import date

from muster.foundation.units.models import Level

_ON = "{0}.valid_from <= %s and ({0}.valid_to is null or {0}.valid_to > %s)"


def ground_by_level(on: date) -> tuple[str, list[date]]:
    """A select of `place_id, commune_id, district_id, province_id` as of a day, with its values.

    Local government only. An island district without communes stands for its own
    commune; `district_id` is null once there are no districts.
    """
    sql = f"""
        select t.place_id, u.id as commune_id,
               case when u.level = '{Level.DISTRICT}' then u.id
                    when a.level = '{Level.DISTRICT}' then a.id end as district_id,
               case when a.level = '{Level.PROVINCE}' then a.id else b.id end as province_id
        from units_tenure t
        join units_unit u on u.id = t.unit_id and u.tree = 'government'
        join units_unitparent p on p.unit_id = u.id and {_ON.format("p")}
        join units_unit a on a.id = p.parent_id
        left join units_unitparent q on q.unit_id = a.id and {_ON.format("q")}
        left join units_unit b on b.id = q.parent_id
        where {_ON.format("t")}
    """
    return sql, [on] * 6
