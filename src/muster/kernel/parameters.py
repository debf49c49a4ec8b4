"""Legal values as they stood on a day.

What law may change stands as data beside the rule that reads it. Each parameter of
`parameters.toml` is a list of rows, oldest first; `to` is the first day on which the
row no longer holds, and a row without it is still in force:

    [[student_age_limit]]
    value = 27
    unit = "years"
    from = 2016-01-01
    to = 2026-09-01
    source = "Law 78/2015/QH13, art. 30"
    confirmed = true

    [[student_age_limit]]
    value = 27
    from = 2026-09-01
    source = "Law 14/2026"
    confirmed = false
    note = "carried over; the amending text has not been read"

A value is a whole number, a text, true or false, a date, a list or a table. A number
with a decimal point is read exactly, as a `Decimal`, never as a binary fraction.
`confirmed = false` says that nobody has yet checked the value against its source;
whatever is decided with it says so.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from functools import cache
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

from muster.kernel.errors import Refused

T = TypeVar("T", int, str, bool)  # what a typed reader may promise

_COLUMNS = frozenset({"value", "unit", "from", "to", "source", "confirmed", "note"})


class FaultyParameters(Refused):
    """A parameter file that cannot be trusted; the sentence names file, parameter and row."""


class NotInForce(Refused):
    """No legal value is known for the name on that day."""


@dataclass(frozen=True, slots=True)
class Value:
    """One legal value with its days, its source and whether it was checked against it.

    `value` is immutable: lists are read as tuples, tables as read-only mappings.
    """

    name: str
    value: Any
    valid_from: date
    valid_to: date | None
    source: str
    confirmed: bool
    note: str = ""
    unit: str = ""

    def in_force(self, on: date) -> bool:
        """Whether the value holds on a day."""
        return self.valid_from <= on and (self.valid_to is None or on < self.valid_to)


class Parameters:
    """The legal values of one slice, read from one file."""

    def __init__(self, where: str, values: Mapping[str, tuple[Value, ...]]) -> None:
        self.where = where
        self._values = values

    def __contains__(self, name: str) -> bool:
        return name in self._values

    def on(self, name: str, day: date) -> Value:
        """The value in force on a day, with its source; `NotInForce` when there is none."""
        for value in self._history(name):
            if value.in_force(day):
                return value
        spans = " and ".join(_days(value) for value in self._history(name))
        raise NotInForce(
            f'"{name}" has no value on {day}; it is known {spans}.',
            code="parameter.not_in_force",
            where=self.where,
        )

    def value(self, name: str, day: date) -> Any:
        """The bare value in force on a day; the readers below also check its type."""
        return self.on(name, day).value

    def integer(self, name: str, day: date) -> int:
        """A whole number: a count, an age in years, a sum in đồng, a term in days."""
        return self._typed(int, name, day)

    def decimal(self, name: str, day: date) -> Decimal:
        """An exact number: a share, a limit with a decimal point; also from "0.05" as text."""
        found = self.value(name, day)
        try:
            return Decimal(found) if isinstance(found, (int, str, Decimal)) else Decimal("?")
        except InvalidOperation:
            raise self._mistyped(name, day, "a number") from None

    def text(self, name: str, day: date) -> str:
        """A text, such as the office that signs an act."""
        return self._typed(str, name, day)

    def flag(self, name: str, day: date) -> bool:
        """True or false."""
        return self._typed(bool, name, day)

    def all(self) -> tuple[Value, ...]:
        """Every value, in the order of the file."""
        return tuple(value for history in self._values.values() for value in history)

    def history(self, name: str) -> tuple[Value, ...]:
        """Every value that one parameter has had, oldest first."""
        return self._history(name)

    def unconfirmed(self, on: date | None = None) -> tuple[Value, ...]:
        """The values nobody has checked yet: all of them, or those in force on a day."""
        return tuple(
            value
            for value in self.all()
            if not value.confirmed and (on is None or value.in_force(on))
        )

    def _history(self, name: str) -> tuple[Value, ...]:
        try:
            return self._values[name]
        except KeyError:
            raise NotInForce(
                f'there is no parameter "{name}"; the file has {", ".join(self._values) or "none"}.',
                code="parameter.unknown",
                where=self.where,
            ) from None

    def _typed(self, kind: type[T], name: str, day: date) -> T:
        found = self.value(name, day)
        # In Python True is also 1; in law a flag is not a number.
        if type(found) is not kind:
            raise self._mistyped(name, day, _KINDS[kind])
        return found

    def _mistyped(self, name: str, day: date, wanted: str) -> FaultyParameters:
        return FaultyParameters(
            f'"{name}" is {self.value(name, day)!r} on {day} where {wanted} is needed.',
            code="parameter.type",
            where=self.where,
        )


_KINDS: Mapping[type, str] = {int: "a whole number", str: "a text", bool: "true or false"}


def beside(module_file: str) -> Parameters:
    """The `parameters.toml` in the folder of a module: `LAW = beside(__file__)`."""
    return load(Path(module_file).parent / "parameters.toml")


@cache
def load(path: Path) -> Parameters:
    """Read and check a parameter file; it is read once in the life of a process."""
    where = "/".join(path.parts[-2:])
    try:
        with path.open("rb") as file:
            content = tomllib.load(file, parse_float=Decimal)
    except OSError as error:
        raise FaultyParameters(
            f"the file cannot be read ({error.strerror}).", code="parameter.file", where=where
        ) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise FaultyParameters(
            f"the file is not TOML: {error}.", code="parameter.file", where=where
        ) from None
    return Parameters(where, {name: _history(where, name, rows) for name, rows in content.items()})


def _history(where: str, name: str, rows: object) -> tuple[Value, ...]:
    """The checked rows of one parameter: oldest first, no two on one day."""
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise FaultyParameters(
            f"write it as rows that begin with [[{name}]].",
            code="parameter.shape",
            where=f"{where}: {name}",
        )
    history = tuple(
        _row(f"{where}: {name}, row {number}", name, row) for number, row in enumerate(rows, 1)
    )
    for number, (older, newer) in enumerate(pairwise(history), 2):
        if older.valid_to is None or newer.valid_from < older.valid_to:
            raise FaultyParameters(
                f"begins on {newer.valid_from} while the row before still holds; "
                f"order rows by date and end the older with `to = {newer.valid_from}`.",
                code="parameter.overlap",
                where=f"{where}: {name}, row {number}",
            )
    return history


def _row(where: str, name: str, row: dict[str, Any]) -> Value:
    fault = next(_faults(row), None)
    if fault is not None:
        raise FaultyParameters(fault, code="parameter.row", where=where)
    return Value(
        name=name,
        value=_frozen(row["value"]),
        valid_from=row["from"],
        valid_to=row.get("to"),
        source=row["source"],
        confirmed=row["confirmed"],
        note=row.get("note", ""),
        unit=row.get("unit", ""),
    )


def _faults(row: dict[str, Any]) -> Iterator[str]:
    """What is wrong with a row, in sentences, the first fault first."""
    if unknown := sorted(row.keys() - _COLUMNS):
        yield f"{unknown[0]!r} means nothing here; a row has {', '.join(sorted(_COLUMNS))}."
    if "value" not in row:
        yield "`value` is missing."
    if not _is_day(row.get("from")):
        yield "`from` must be the first day on which the value holds, as 2025-07-01."
    elif "to" in row and not _is_day(row["to"]):
        yield "`to` must be the first day on which the value no longer holds, as 2025-07-01."
    elif "to" in row and row["to"] <= row["from"]:
        yield f"ends on {row['to']}, not after it begins on {row['from']}."
    if not isinstance(row.get("source"), str) or not row["source"].strip():
        yield "`source` must name the law, article or paper that the value is taken from."
    if not isinstance(row.get("confirmed"), bool):
        yield "`confirmed` must be true or false: was the value checked against its source?"
    for column in ("note", "unit"):
        if not isinstance(row.get(column, ""), str):
            yield f"`{column}` must be a text."


def _is_day(found: object) -> bool:
    return isinstance(found, date) and not isinstance(found, datetime)


def _frozen(value: Any) -> Any:
    """The value made immutable, since every caller shares it."""
    if isinstance(value, list):
        return tuple(_frozen(item) for item in value)
    if isinstance(value, dict):
        return MappingProxyType({key: _frozen(item) for key, item in value.items()})
    return value


def _days(value: Value) -> str:
    until = "" if value.valid_to is None else f" until before {value.valid_to}"
    return f"from {value.valid_from}{until}"
