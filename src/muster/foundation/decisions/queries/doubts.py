"""Legal sources and doubts in the reader's language: they are kept as the parameters write them."""

from datetime import date
from functools import cache

from django.utils.translation import gettext

from muster.kernel.manifest import Manifest
from muster.kernel.parameters import Value
from muster.shell.discovery import manifests


def told(text: str) -> str:
    """A basis, or why it is unconfirmed, with every phrase that the dated law knows translated."""
    for phrase in _phrases():
        if phrase in text:
            text = text.replace(phrase, gettext(phrase))
    return text


def unconfirmed_law(on: date) -> list[tuple[Manifest, tuple[Value, ...]]]:
    """The legal values in force on a day that nobody has confirmed, slice by slice."""
    found = [(each, each.parameters.unconfirmed(on)) for each in manifests() if each.parameters]
    return [(manifest, values) for manifest, values in found if values]


@cache
def _phrases() -> tuple[str, ...]:
    """Every source and note of the slices' parameters, the longest first."""
    laws = (each.parameters for each in manifests() if each.parameters)
    values = [value for law in laws for value in law.all()]
    found = {text for value in values for text in (value.source, value.note) if text}
    return tuple(sorted(found, key=len, reverse=True))
