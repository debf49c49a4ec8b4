"""A reference that is not checked row by row is checked once a statement."""

import pytest
from django.apps import apps
from django.db import connection

from muster.shell.bulk import BulkKey

KEYS = [
    field
    for model in apps.get_models()
    for field in model._meta.local_fields
    if isinstance(field, BulkKey)
]


@pytest.mark.django_db
@pytest.mark.parametrize("key", KEYS, ids=str)
def test_the_database_looks_up_each_bulk_key_of_the_rows_inserted(key):
    with connection.cursor() as cursor:
        cursor.execute(
            """
            select pg_get_triggerdef(oid) from pg_trigger
            where tgrelid = %s::regclass and tgname = 'references_insert'
            """,
            [key.model._meta.db_table],
        )
        found = "".join(definition for (definition,) in cursor.fetchall())
    assert f"'{key.column}', '{key.related_model._meta.db_table}'" in found
