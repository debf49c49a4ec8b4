"""Which column of a list fills which field: canonical names, usual headings, or a mapping."""

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

from django.utils.translation import gettext as _

from muster.kernel import names
from muster.kernel.errors import Refused

_ENOUGH = 3  # known headings that make a row the heading row
LOOK = 30  # rows of title and address that may stand above it


class UnknownHeadings(Refused):
    """A list whose columns nobody can name."""


@cache
def _known() -> Mapping[str, str]:
    """Field by folded heading."""
    table = tomllib.loads(files(__package__).joinpath("headings.toml").read_text(encoding="utf-8"))
    return {heading: field for field, headings in table.items() for heading in headings}


FIELDS = tuple(dict.fromkeys(_known().values()))


def recognised(headings: Sequence[str], mapping: Mapping[str, str] | None = None) -> dict[int, str]:
    """Field by position of its column; what `mapping` (heading → field) says comes first.

    A heading mapped to "" fills nothing, however usual it is.
    """
    meant = {**_known(), **{_key(heading): field for heading, field in (mapping or {}).items()}}
    found: dict[int, str] = {}
    for position, heading in enumerate(headings):
        field = meant.get(_key(heading))
        if field and field not in found.values():
            found[position] = field
    return found


def heading_row(rows: Sequence[Sequence[str]], mapping: Mapping[str, str] | None) -> int:
    """The position of the row of headings; `UnknownHeadings` where none can be found."""
    for position, row in enumerate(rows[:LOOK]):
        fields = set(recognised(row, mapping).values())
        if len(fields) >= min(_ENOUGH, len(row)) and "full_name" in fields:
            return position
    raise UnknownHeadings(
        _(
            "no row of headings was found: a column “full_name” (or “Họ và tên”) and two more "
            "are needed; name other columns with --column “HEADING=field”."
        ),
        code="list.headings",
    )


def likely_heading_row(
    rows: Sequence[Sequence[str]], mapping: Mapping[str, str] | None = None
) -> int:
    """The row of headings, or the fullest of the first rows, where a person is to say."""
    try:
        return heading_row(rows, mapping)
    except UnknownHeadings:
        filled = [sum(cell != "" for cell in row) for row in rows[:LOOK]]
        return filled.index(max(filled, default=0)) if filled else 0


def check_mapping(mapping: Mapping[str, str]) -> None:
    """Refuse a mapping to a field that does not exist."""
    unknown = sorted(set(mapping.values()) - {*FIELDS, ""})
    if unknown:
        raise UnknownHeadings(
            _("“%(name)s” is no field; there are %(fields)s.")
            % {"name": unknown[0], "fields": ", ".join(FIELDS)},
            code="list.mapping",
        )


def _key(heading: str) -> str:
    return " ".join(names.tokens(str(heading).replace("_", " ")))
