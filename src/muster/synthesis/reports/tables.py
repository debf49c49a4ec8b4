"""The list of cases to which a figure opens."""

from collections.abc import Iterable
from itertools import islice
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from muster.kernel.manifest import Row
from muster.shell import written
from muster.shell.tables import Column, Listing, plain
from muster.synthesis.indicators.queries import Figure

SIZE = 100

COLUMNS = (
    Column("label", gettext_lazy("Case"), "label", href=lambda row: row.url),
    Column("detail", gettext_lazy("Detail"), "detail"),
    Column("on", gettext_lazy("Day"), "on", kind="date"),
    Column("place", gettext_lazy("Place"), "place"),
)


def cases(figure: Figure, rows: Iterable[Row], query: QueryDict) -> Listing:
    """One page of the rows behind a figure; slices yield them in an order that stays.

    Only the rows up to the page's end are read; what none of them tells has no column.
    """
    number = _page(query)
    first = (number - 1) * SIZE
    found = list(islice(rows, first, first + SIZE + 1))
    shown = found[:SIZE]
    span = {"first": written.number(first + 1), "last": written.number(first + len(shown))}
    return plain(
        figure.indicator.label,
        [each for each in COLUMNS if each is COLUMNS[0] or any(map(each.of, shown))],
        shown,
        note=_("Rows %(first)s to %(last)s") % span if shown else "",
        previous_href=_address(query, page=number - 1) if number > 1 else "",
        next_href=_address(query, page=number + 1) if len(found) > SIZE else "",
        export_href=_address(query, form="csv"),
        empty_title=_("No case"),
        empty_text=_("The figure is nought: nothing stands behind it."),
    )


def _page(query: QueryDict) -> int:
    asked = query.get("page", "")
    return max(1, int(asked)) if asked.isascii() and asked.isdecimal() else 1


def _address(query: QueryDict, **change: object) -> str:
    kept = [(name, query[name]) for name in query if name not in {"page", "form", *change}]
    return "?" + urlencode([*kept, *change.items()])
