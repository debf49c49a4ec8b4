"""Translations are compiled without GNU gettext, and checked on the way."""

import gettext
import os
from pathlib import Path

import pytest

from muster.kernel.errors import Refused
from muster.shell import catalogues

HEADER = """
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"
"""


@pytest.fixture
def po(tmp_path: Path) -> Path:
    file = tmp_path / "units" / "locale" / "vi" / "LC_MESSAGES" / "django.po"
    file.parent.mkdir(parents=True)
    return file


def test_a_translation_is_read_back_with_its_marks(po: Path) -> None:
    po.write_text(HEADER + '\nmsgid "deferred"\nmsgstr "tạm hoãn"\n')
    assert catalogues.compile_stale(po.parents[4]) == [po]
    with po.with_suffix(".mo").open("rb") as handle:
        assert gettext.GNUTranslations(handle).gettext("deferred") == "tạm hoãn"


def test_only_what_changed_is_compiled_again(po: Path) -> None:
    po.write_text(HEADER)
    catalogues.compile_stale(po.parents[4])
    assert catalogues.compile_stale(po.parents[4]) == []
    later = po.with_suffix(".mo").stat().st_mtime + 1
    os.utime(po, (later, later))
    assert catalogues.compile_stale(po.parents[4]) == [po]


def test_a_lost_placeholder_is_refused_and_nothing_is_written(po: Path) -> None:
    po.write_text(
        HEADER + '\n#, python-format\nmsgid "%(name)s serves"\nmsgstr "%(ten)s tại ngũ"\n'
    )
    with pytest.raises(Refused, match=r"django\.po:8: .*ten.*; mend the translation"):
        catalogues.compile_stale(po.parents[4])
    assert not po.with_suffix(".mo").exists()


def test_a_broken_file_is_named(po: Path) -> None:
    po.write_text(HEADER + '\nmsgid "open"\nnonsense\n')
    with pytest.raises(Refused, match=r"django\.po: .*; mend the file"):
        catalogues.compile_stale(po.parents[4])


def test_every_catalogue_of_the_house_compiles(tmp_path: Path) -> None:
    for number, po in enumerate(catalogues.catalogues(catalogues.HOUSE)):
        copy = tmp_path / str(number) / po.parts[-3] / "LC_MESSAGES" / po.name
        copy.parent.mkdir(parents=True)
        copy.write_bytes(po.read_bytes())
        catalogues.compile_one(copy)
