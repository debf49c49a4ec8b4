"""What stands in no index: it is read row by row, and so within one office only."""

from django.db.models import Func, TextField

from muster.foundation.register.queries.scope import places_in_scope
from muster.kernel.errors import Refused
from muster.kernel.manifest import Label


class Folded(Func):
    """A text without case and marks, as `kernel.names.fold` gives it."""

    output_field = TextField()
    template = (
        "translate(regexp_replace(normalize(lower(%(expressions)s), NFD),"
        r" '[\u0300-\u036f]', '', 'g'), 'đðɖƀɓɨłø''', 'dddbbilo')"
    )


class TooWide(Refused):
    """A household or an address searched through a whole province."""


def refuse_province(why: Label, *, narrowed: bool) -> None:
    """`TooWide` unless one office's people are asked, or those whom a search narrowed already."""
    if not narrowed and places_in_scope() is None:
        raise TooWide(why)
