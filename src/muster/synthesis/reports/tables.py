"""The list of cases to which a figure opens."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from muster.kernel.manifest import Row
from muster.shell.tables import Column, Listing, plain
from muster.synthesis.indicators.queries import Figure

COLUMNS = (
    Column("label", _("Case"), "label", href=lambda row: row.url),
    Column("detail", _("Detail"), "detail"),
    Column("on", _("Day"), "on", kind="date"),
    Column("place", _("Place"), "place"),
)


def cases(figure: Figure, rows: Sequence[Row]) -> Listing:
    """The rows behind a figure, with how many they are."""
    return plain(figure.indicator.label, COLUMNS, rows, total=len(rows))
