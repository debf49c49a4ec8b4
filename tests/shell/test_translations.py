"""Every word that a page shows stands in Vietnamese and French, by a person's hand."""

import ast
import tomllib
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from babel.messages.extract import extract
from babel.messages.pofile import read_po
from django.utils.translation.template import templatize

from muster.shell.discovery import ROOT, slices

KEYWORDS = {
    "_": None, "gettext": None, "gettext_lazy": None, "gettext_noop": None,
    "ngettext": (1, 2), "ngettext_lazy": (1, 2), "_lazy": None,
    "pgettext": ((1, "c"), 2), "pgettext_lazy": ((1, "c"), 2), "npgettext": ((1, "c"), 2, 3),
}  # fmt: skip
FOLDERS = [ROOT / "shell", *(ROOT / each.storey / each.slug for each in slices())]
NOT_FOR_USERS = {"gallery.py", "gallery.html"}


def words(folder: Path) -> Iterator[tuple[str, str | None]]:
    """Every text marked for translation, with its context."""
    for path in [*folder.rglob("*.py"), *folder.rglob("*.html")]:
        if path.name in NOT_FOR_USERS or {"tests", "migrations"} & set(path.parts):
            continue
        yield from (in_code if path.suffix == ".py" else in_template)(path.read_text())


def in_code(text: str) -> Iterator[tuple[str, str | None]]:
    for node in ast.walk(ast.parse(text)):
        name = getattr(node.func, "id", "") if isinstance(node, ast.Call) else ""
        if name in KEYWORDS:
            literal = [
                a.value
                for a in node.args
                if isinstance(a, ast.Constant) and isinstance(a.value, str)
            ]
            contextual = name.startswith(("pgettext", "npgettext"))
            if len(literal) > contextual:
                yield literal[contextual], literal[0] if contextual else None


def in_template(text: str) -> Iterator[tuple[str, str | None]]:
    # A page's indentation is not Python's.
    source = "\n".join(line.strip() for line in templatize(text).splitlines())
    for _line, message, _, context in extract("python", BytesIO(source.encode()), KEYWORDS):
        if message:
            yield (message if isinstance(message, str) else message[0]), context


def messages(folder: Path, language: str) -> list[Message]:
    path = folder / "locale" / language / "LC_MESSAGES" / "django.po"
    if not path.exists():
        return []
    with path.open("rb") as handle:
        return [message for message in read_po(handle, locale=language) if message.id]


@cache
def catalogue(folder: Path, language: str) -> frozenset[tuple[str, str | None]]:
    found = messages(folder, language)
    left = [m.id for m in found if m.fuzzy or not m.string or not all(m.string)]
    assert not left, f"{folder.name}, {language}: open or guessed: {left}"
    return frozenset(((m.id if isinstance(m.id, str) else m.id[0]), m.context) for m in found)


@pytest.mark.parametrize("language", ["vi", "fr"])
@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_every_word_shown_is_translated(folder: Path, language: str) -> None:
    known = catalogue(folder, language) | catalogue(ROOT / "shell", language)
    missing = sorted({word for word in words(folder) if word not in known}, key=str)
    assert not missing, f"{folder.name} lacks in {language}: {missing}"


@pytest.mark.parametrize("language", ["vi", "fr"])
def test_no_two_slices_translate_a_word_differently(language: str) -> None:
    """One word goes to every page; where slices mean different things, a context parts them."""
    said: dict[tuple[str, str | None], dict[str, list[str]]] = {}
    for folder in FOLDERS:
        for message in messages(folder, language):
            word = message.id if isinstance(message.id, str) else message.id[0]
            told = said.setdefault((word, message.context), {})
            told.setdefault(str(message.string), []).append(folder.name)
    conflicts = {word: told for word, told in said.items() if len(told) > 1}
    assert len(said) > len(FOLDERS)
    assert not conflicts


def sources(found: object) -> Iterator[str]:
    """Every source and doubt that a scenario tells, whatever it is told of."""
    if isinstance(found, dict):
        for name, value in found.items():
            if isinstance(value, str) and name.endswith("source"):
                yield value
            yield from sources(value)
    elif isinstance(found, list):
        for each in found:
            yield from sources(each)


@pytest.mark.parametrize("language", ["vi", "fr"])
def test_every_source_of_the_demonstration_is_translated(language: str) -> None:
    """Reviews print these sentences beside their figures."""
    folder = ROOT / "synthesis" / "rehearsal"
    told = set(sources(tomllib.loads((folder / "scenario.toml").read_text())))
    missing = told - {word for word, _context in catalogue(folder, language)}
    assert told
    assert not missing
