"""A command and a page speak one language: whatever is refused is told in the reader's."""

import ast
from pathlib import Path

import pytest
from django.utils import translation

from muster.config.cli import main
from muster.foundation import accounts, register
from muster.foundation.register.rules import entries

SLICES = [Path(module.__path__[0]) for module in (accounts, register)]
# Codes, not sentences: what a cell that cannot be read is told by (`forms.cleaning`).
CELLS = "written.py"


def sentences():
    """What the rules and actions of both slices refuse, as written."""
    for folder in SLICES:
        for path in folder.rglob("*.py"):
            if {"tests", "migrations"} & set(path.parts) or path.name == CELLS:
                continue
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call) and node.exc.args:
                    yield path, node.exc.args[0]


def test_no_sentence_has_its_values_written_into_it():
    """A sentence with its values in it could never be found in a catalogue."""
    assert not [path.name for path, said in sentences() if isinstance(said, ast.JoinedStr)]


@pytest.mark.parametrize("language", ["vi", "fr"])
def test_every_refusal_is_translated(language):
    plain = [said.value for _, said in sentences() if isinstance(said, ast.Constant)]
    assert len(plain) > 30
    with translation.override(language):
        assert [said for said in plain if translation.gettext(said) == said] == []


@pytest.mark.parametrize(
    ("language", "says"),
    [
        ("vi", "Ngày đăng ký 01/02/2005 đứng trước ngày sinh 19/05/2005."),
        ("en", "registered on 01/02/2005, before the birth on 19/05/2005."),
        ("fr", "Inscrit le 01/02/2005, avant la naissance le 19/05/2005."),
    ],
)
def test_a_rule_that_knows_no_translation_is_told_in_the_readers_language(language, says):
    refusal = entries.Impossible(
        "registered on %(registered)s, before the birth on %(birth)s.",
        registered=entries.date(2005, 2, 1), birth=entries.date(2005, 5, 19),
    )  # fmt: skip
    with translation.override(language):
        assert str(refusal) == says


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "says"), [("vi", "Không có quy tắc “x”"), ("en", "“x” is no rule")]
)
def test_a_command_answers_in_the_language_asked_for(language, says, capsys, monkeypatch):
    monkeypatch.setenv("MUSTER_LANG", "fr")
    before = translation.get_language()
    with pytest.raises(SystemExit) as ended:
        main("--lang", language, "register", "retain", "--accept", "x")
    translation.activate(before)
    assert ended.value.code == 2
    assert capsys.readouterr().err.startswith(f"muster: {says}")
