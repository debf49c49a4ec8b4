"""The units that hold ground on a day, as the generator and imports name them."""

from datetime import date

import polars as pl

from muster.foundation.register.queries.facts import read_columns
from muster.foundation.units import queries as units

_TYPES = {
    "code": pl.String, "name": pl.String, "kind": pl.String, "province_code": pl.String,
    "area_km2": pl.Float64,
}  # fmt: skip
_COVERS = "{0}.valid_from <= %(on)s and ({0}.valid_to is null or {0}.valid_to > %(on)s)"
_COMMUNES = f"""
with recursive above (id, top) as (
    select distinct t.unit_id, t.unit_id from units_tenure t where {_COVERS.format("t")}
    union all
    select above.id, p.parent_id from above
    join units_unitparent p on p.unit_id = above.top and {_COVERS.format("p")}
)
select u.code, v.name, v.kind, province.code, v.area_km2
from above
join units_unit province on province.id = above.top and province.level = 'province'
join units_unit u on u.id = above.id and u.tree = 'government'
join units_unitversion v on v.unit_id = u.id and {_COVERS.format("v")}
order by u.code
"""


def communes(on: date) -> pl.DataFrame:
    """Units that hold ground on the day: code, name, kind, province_code, area_km2."""
    if on < units.baseline_day():
        raise units.BeforeTheStart("The map begins on %(day)s.", day=units.baseline_day())
    return read_columns(_COMMUNES, {"on": on}, _TYPES)
