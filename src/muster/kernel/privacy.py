"""Why each field is kept, who sees it, and until when, as each slice declares it.

A slice's `privacy.toml` first gives its reasons, then says for every field of every model
for which of them it is kept:

    [why.identity]
    purpose = "tells this citizen from any other"
    seen_by = ["office", "citizen"]
    until = "entry"

    [Person]
    identity = ["full_name", "birth_date"]
    nobody = ["version"]

`nobody` needs no reason of its own: the field tells of no person. `until` names a rule
whose years are legal values; the register carries the rules out.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from muster.kernel.errors import Refused

FILE = "privacy.toml"
#: Who may see a value, beside whom the database refuses it to.
READERS = {
    "everyone": "whoever asks",
    "staff": "whoever holds a post",
    "office": "the office of the place, and those above it",
    "both_offices": "the office that lets go and the one that receives",
    "council": "the body that decides, and the office",
    "inspector": "inspectors",
    "administrator": "the administrator",
    "citizen": "the citizen himself",
    "machine": "no page shows it",
}
#: How long a value may be kept; the years of the rules are legal values of the register.
TERMS = {
    "always": "for good: it tells of no citizen, or is a public act",
    "unnamed": "stays to be counted; once the entry is erased it leads to nobody",
    "closed": "stays to be counted; a closed outcome goes some time after the last word on it",
    "entry": "with the entry: to the end of reserve age, or some years after death or leaving",
    "spell": "some years after it ended, once the age of call-up is past; else with the entry",
    "reading": "some years after the reading",
    "export": "some years after the export",
    "sent": "some weeks after it was sent, or until its sender removes it",
    "account": "as long as acts name the account",
}


class FaultyDeclaration(Refused):
    """A `privacy.toml` that cannot be trusted; the sentence names file, model and field."""


@dataclass(frozen=True, slots=True)
class Kept:
    """Why a field is kept, who sees it, until when (Law 91/2025/QH15: purpose and term)."""

    purpose: str
    seen_by: tuple[str, ...]
    until: str


NOBODY = Kept("tells of no person", ("everyone",), "always")
Declaration = Mapping[str, Mapping[str, Kept]]


@cache
def load(path: Path) -> Declaration:
    """What one slice declares: model → field → why it is kept. `FaultyDeclaration` on any fault."""
    where = "/".join(path.parts[-2:])
    try:
        content = tomllib.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise FaultyDeclaration(
            f"the declaration cannot be read ({error}).", code="privacy.file", where=where
        ) from None
    reasons = {"nobody": NOBODY}
    for name, reason in content.pop("why", {}).items():
        reasons[name] = _reason(f"{where}: why.{name}", reason)
    return {
        model: dict(_fields(f"{where}: {model}", groups, reasons))
        for model, groups in content.items()
    }


def _reason(where: str, reason: Mapping[str, Any]) -> Kept:
    try:
        kept = Kept(reason["purpose"], tuple(reason["seen_by"]), reason["until"])
    except KeyError as missing:
        raise FaultyDeclaration(f"{missing} is missing.", where=where) from None
    for reader in kept.seen_by:
        _one_of(where, reader, READERS)
    _one_of(where, kept.until, TERMS)
    return kept


def _one_of(where: str, word: str, known: Mapping[str, str]) -> None:
    if word not in known:
        raise FaultyDeclaration(f"“{word}” is none of {', '.join(known)}.", where=where)


def _fields(
    where: str, groups: Mapping[str, list[str]], reasons: Mapping[str, Kept]
) -> Iterator[tuple[str, Kept]]:
    seen = set[str]()
    for group, fields in groups.items():
        if group not in reasons:
            raise FaultyDeclaration(f"[why.{group}] is missing.", where=where)
        for field in fields:
            if field in seen:
                raise FaultyDeclaration(f"“{field}” is declared twice.", where=where)
            seen.add(field)
            yield field, reasons[group]
