"""Every seat stands in the log: those that were set up before it kept seats are entered once."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def enter_seats(_apps: Apps, schema: BaseDatabaseSchemaEditor) -> None:
    """The seats that no entry tells of."""
    from muster.foundation.ledger import actions as ledger

    with schema.connection.cursor() as cursor:
        cursor.execute("select exists (select from decisions_seat)")
        if cursor.fetchone() == (True,):
            unentered = (
                "select s.id from decisions_seat s where not exists (select from ledger_entry e"
                " where e.kind = 'decisions.seat' and e.row_id = s.id)"
            )
            ledger.record(kind="decisions.seat", where=(unentered, []))


class Migration(migrations.Migration):
    dependencies = [("decisions", "0006_court"), ("ledger", "0002_append_only")]

    operations = [migrations.RunPython(enter_seats, migrations.RunPython.noop)]
