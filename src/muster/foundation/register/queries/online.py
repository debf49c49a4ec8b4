"""What was sent in online and waits for the office."""

import json
from datetime import date
from typing import Any
from uuid import UUID

from muster.foundation.register.models import Errand
from muster.foundation.register.models.numbers import keys


def called(call: UUID) -> Errand | None:
    """The call to a first registration that still waits under the number."""
    return Errand.objects.filter(uid=call, kind=Errand.Kind.FIRST, settled_on=None).first()


def sent(errand: Errand) -> dict[str, Any]:
    """What the man filled in, by field; empty where he sent nothing."""
    if not errand.form:
        return {}
    answers: dict[str, Any] = json.loads(keys().open(errand.form, errand.uid))
    return answers | {"birth_date": date.fromisoformat(answers["birth_date"])}
