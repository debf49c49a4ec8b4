"""Every fault of an order file is said in Vietnamese and French too."""

import ast
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from muster.foundation.units.rules.findings import SENTENCES

SLICE = Path(__file__).parents[1]
SAID_IN = (SLICE / "rules" / "reading.py", SLICE / "commands" / "orders.py")


def sentences():
    """What a `Finding` may say: a template stands beside it, or in the table of reasons."""
    yield from SENTENCES.values()
    for path in SAID_IN:
        for node in ast.walk(ast.parse(path.read_text())):
            match node:
                case ast.Call(
                    func=ast.Name(id="Finding") | ast.Attribute(attr="say"),
                    args=[ast.Constant(value=str(text)), *_],
                ):
                    yield text
                case ast.Assign(targets=[ast.Name(id="sentence")], value=ast.Constant(value=text)):
                    yield text


@pytest.mark.parametrize("language", ["vi", "fr"])
def test_every_fault_is_translated(language):
    with (SLICE / "locale" / language / "LC_MESSAGES" / "django.po").open("rb") as file:
        known = {message.id for message in read_po(file) if message.id and message.string}
    assert len(list(sentences())) > 25
    assert [text for text in sentences() if text not in known] == []


def test_no_fault_is_put_together_before_it_is_translated():
    for path in SAID_IN:
        calls = [
            node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call)
        ]
        firsts = [node.args[0] for node in calls if getattr(node.func, "id", "") == "Finding"]
        assert not [each for each in firsts if isinstance(each, ast.JoinedStr)]
