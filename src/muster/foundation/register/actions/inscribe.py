"""One act upon an entry: its turn, the digest of what it left, its line in the ledger."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import connection, transaction

from muster.foundation.ledger import actions as ledger
from muster.foundation.register.models import Act, Person
from muster.foundation.register.queries import state
from muster.kernel.errors import Refused
from muster.shell import rls


class Overtaken(Refused):
    """Somebody else acted upon the entry since it was read."""


@transaction.atomic
def inscribe(
    *,
    person: Person,
    kind: Act.Kind,
    on: date,
    basis: str,
    changes: Mapping[str, Any] | None = None,
) -> Act:
    """Close an action upon `person`: next version, act, ledger line; the entry must be saved.

    `changes` maps a field to what was before and after. `Overtaken` when the entry has
    another version than `person`, so that of two clerks one is told.
    """
    told = json.dumps(dict(changes or {}), ensure_ascii=False)
    values = (kind.value, on, basis, rls.current_user_id(), told)
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            with p as (
                update register_person set version = version + 1
                where id = %s and version = %s returning *
            )
            insert into register_act
                (person_id, place_id, version, kind, "on", basis, by_id, changes, state)
            select p.id, p.place_id, p.version, %s, %s, %s, %s, %s::jsonb, {state.DIGEST} from p
            returning id, version
            """,
            (person.pk, person.version, *values),
        )
        row = cursor.fetchone()
    if row is None:
        raise Overtaken("the entry was changed by somebody else meanwhile; open it again.")
    act_id, person.version = row
    ledger.record(kind="register.act", ids=[act_id])
    return Act.objects.get(pk=act_id)
