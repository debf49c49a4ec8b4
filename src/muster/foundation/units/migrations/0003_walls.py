"""Which places the units in scope answer for: those that they hold, or held last."""

from django.db import migrations

from muster.shell.rls import UNITS, asking

PLACES = f"""
    select array_agg(distinct t.place_id)
    from units_unit u join units_tenure t on t.unit_id = u.id
    where u.id = {UNITS}
      and t.valid_to is not distinct from u.closed_on
      and t.valid_from is distinct from t.valid_to
"""


class Migration(migrations.Migration):
    dependencies = [("units", "0002_promises")]

    operations = [asking("muster_places", "int[]", PLACES)]
