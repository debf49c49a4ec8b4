"""The places of an office, said aloud where PostgreSQL's planner or a rule must know them."""

from django.db import connection

from muster.shell.rls import APP


def places_in_scope() -> frozenset[int] | None:
    """The places that the open scope answers for; None for the province, which sees all."""
    with connection.cursor() as cursor:
        cursor.execute("select current_setting('role') = %s, muster_places()", [APP])
        narrow, places = cursor.fetchall()[0]
    return frozenset(places or ()) if narrow else None
