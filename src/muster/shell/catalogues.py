"""Compiles the slices' translations, so that no machine needs GNU gettext.

A translation that lost or invented a placeholder would fail on a user's page;
it is refused here. Run by `make env`.
"""

import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po

from muster.kernel.errors import Refused

HOUSE = Path(__file__).resolve().parent.parent


class CatalogueFaulty(Refused):
    """A translation cannot be used as written."""


def catalogues(house: Path) -> list[Path]:
    """Every `.po` file below `house`, in order of path."""
    return sorted(house.rglob("locale/*/LC_MESSAGES/*.po"))


def compile_stale(house: Path) -> list[Path]:
    """Compile each catalogue that is newer than its compiled form; which ones."""
    stale = [po for po in catalogues(house) if _is_stale(po)]
    for po in stale:
        compile_one(po)
    return stale


def compile_one(po: Path) -> None:
    """Write `django.mo` beside `django.po`, whole or not at all."""
    catalogue = _read(po)
    for message, problems in catalogue.check():
        raise CatalogueFaulty(f"{po}:{message.lineno}: {problems[0]}; mend the translation.")
    draft = po.with_suffix(".mo.draft")
    with draft.open("wb") as handle:
        write_mo(handle, catalogue)
    draft.replace(po.with_suffix(".mo"))


def _read(po: Path) -> Catalog:
    try:
        with po.open("rb") as handle:
            return read_po(handle, locale=po.parts[-3], abort_invalid=True)
    except PoFileError as error:
        raise CatalogueFaulty(f"{po}: {error}; mend the file.") from error


def _is_stale(po: Path) -> bool:
    mo = po.with_suffix(".mo")
    return not mo.exists() or mo.stat().st_mtime < po.stat().st_mtime


if __name__ == "__main__":
    try:
        compile_stale(HOUSE)
    except Refused as refusal:
        sys.exit(f"muster: {refusal}")
