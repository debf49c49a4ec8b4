"""First registration online: what a man of the January list sends in before he comes with his card."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from muster.foundation.register.models import Errand
from muster.foundation.register.models.numbers import keys
from muster.kernel.errors import Refused


class NotCalled(Refused):
    """A form under a call that nobody wrote, or by somebody else than was called."""


@transaction.atomic
def send_first_form(*, call: UUID, answers: Mapping[str, Any], on: date) -> Errand:
    """Keep the form of a listed man, sealed, until his office has held it against his card.

    `call` is the number of his call, `answers` the fields of the form; the day of birth must be
    the one that stands on the list. What was sent last counts, and nothing is registered by it.
    """
    waiting = Errand.objects.select_for_update(of=("self",))
    errand = waiting.filter(uid=call, kind=Errand.Kind.FIRST, settled_on=None).first()
    if errand is None or errand.birth_date != answers["birth_date"]:
        raise NotCalled(
            _("No call of this number waits for somebody born on this day; ask at your commune.")
        )
    errand.form = keys().seal(json.dumps(dict(answers), cls=DjangoJSONEncoder), errand.uid)
    errand.form_sent_on = on
    errand.save(update_fields=["form", "form_sent_on"])
    return errand
