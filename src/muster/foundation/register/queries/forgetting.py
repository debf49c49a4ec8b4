"""What goes when an entry goes: read from the declarations beside the models, of every slice.

A row goes when its link to the person may be kept no longer than the entry. Where the link
stays (a roll, a decision: it must stay countable), its values of that term are emptied.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from graphlib import TopologicalSorter
from typing import Any

from django.apps import apps
from django.db import models

from muster.foundation.register.models import Person
from muster.kernel import privacy
from muster.kernel.privacy import Kept
from muster.shell.discovery import ROOT, slices

_GO = frozenset({"entry", "spell", "reading"})
_NO_DAY = date.min
Model = type[models.Model]


@dataclass(frozen=True, slots=True)
class Goes:
    """Rows of a table that go with the people of `%(people)s`."""

    table: str
    where: str


@dataclass(frozen=True, slots=True)
class Emptied:
    """Columns of a table that are emptied for the people of `%(people)s`."""

    table: str
    where: str
    values: Mapping[str, Any]


@cache
def rows_that_go() -> tuple[Goes, ...]:
    """The tables whose rows go with the entry, those that lean on others first."""
    found = {model: where for model in _models() if (where := _leads(model, goes=True))}
    leaning = TopologicalSorter({model: _targets(model) & found.keys() for model in found})
    return tuple(
        Goes(_meta(model).db_table, found[model]) for model in reversed([*leaning.static_order()])
    )


@cache
def values_that_go() -> tuple[Emptied, ...]:
    """The tables whose rows stay, with what is emptied in them."""
    return tuple(
        Emptied(_meta(model).db_table, where, values)
        for model in _models()
        if (where := _leads(model, goes=False)) and (values := _emptied(model))
    )


def _meta(model: Model) -> Any:
    return model._meta  # noqa: SLF001 - how Django tells of a model's fields


def _models() -> Iterator[Model]:
    """The models of every slice, in a fixed order."""
    for each in slices():
        if (ROOT / each.storey / each.slug / privacy.FILE).is_file():
            yield from apps.get_app_config(each.slug).get_models()


def _kept(model: Model) -> Mapping[str, Kept]:
    (file,) = (
        ROOT / each.storey / each.slug / privacy.FILE
        for each in slices()
        if each.slug == _meta(model).app_label
    )
    return privacy.load(file).get(model.__name__, {})


def _keys(model: Model) -> Sequence[models.ForeignKey[Any, Any]]:
    return [f for f in _meta(model).local_fields if isinstance(f, models.ForeignKey)]


def _goes(model: Model, field: models.Field[Any, Any]) -> bool:
    kept = _kept(model).get(field.name)
    return kept is not None and kept.until in _GO


def _leads(model: Model, *, goes: bool) -> str:
    """How a row of the table is known to be about the people; "" when it is not, or not so.

    By its own link (`person`, or each of two), else through the row it belongs to.
    """
    if model is Person:
        return "" if goes else "id = any(%(people)s)"
    own = [key for key in _keys(model) if key.related_model is Person]
    named = [key for key in own if key.name == "person"] or own
    if named:
        fits = any(_goes(model, key) for key in named) == goes
        return " or ".join(f"{key.column} = any(%(people)s)" for key in named) if fits else ""
    through = (_through(model, key) for key in _keys(model) if goes and _goes(model, key))
    return next(filter(None, through), "")


def _through(model: Model, key: models.ForeignKey[Any, Any]) -> str:
    target = key.related_model
    if not isinstance(target, type) or target is model or target is Person:
        return ""
    where = _leads(target, goes=True) or _leads(target, goes=False)
    return (
        f"{key.column} in (select id from {_meta(target).db_table} where {where})" if where else ""
    )


def _targets(model: Model) -> set[Model]:
    return {k.related_model for k in _keys(model) if isinstance(k.related_model, type)} - {model}


def _emptied(model: Model) -> dict[str, Any]:
    fields = (field for field in _meta(model).local_fields if _goes(model, field))
    return {field.column: _empty(field) for field in fields}


def _empty(field: models.Field[Any, Any]) -> Any:
    if field.null:
        return None
    if isinstance(field, models.DateField):
        return _NO_DAY
    return "{}" if isinstance(field, models.JSONField) else ""
