"""The proof of completeness on paper and as data: old × new, sums, work list, the equation."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from muster.foundation.units import queries
from muster.foundation.units.queries import Matrix
from muster.shell import papers, written

_TEMPLATE = Path(__file__).with_name("reconciliation.typ")


def reconciliation(matrix: Matrix) -> bytes:
    """The matrix of an order as a PDF to be signed; the same bytes for the same figures."""
    return papers.render(_TEMPLATE, _data(matrix))


def as_data(matrix: Matrix) -> dict[str, Any]:
    """The matrix with its sums and the equation."""
    return {
        "order": matrix.order.number,
        "effective_on": matrix.order.effective_on,
        "counted_on": matrix.counted_on,
        "before": matrix.before,
        "after": matrix.after,
        "work_list": matrix.waiting,
        "unaccounted": matrix.unaccounted,
        "holds": matrix.holds,
        "rows": matrix.rows(),
        "columns": matrix.columns(),
        "cells": [
            {"old_code": cell.old.code, "old": cell.old.full_name,
             "new_code": cell.new.code if cell.new else None,
             "new": cell.new.full_name if cell.new else None,
             "people": cell.people, "waiting": cell.waiting}
            for cell in matrix.cells
        ],
        "waiting_places": [
            {"code": each.code, "name": each.name, "old_code": each.old.code,
             "keeper": each.keeper.code, "parts": [part.code for part in each.parts],
             "people": each.people}
            for each in queries.work_list(matrix.order, matrix.counted_on) if each.people
        ],
    }  # fmt: skip


def _data(matrix: Matrix) -> dict[str, Any]:
    order = matrix.order
    waiting = [each for each in queries.work_list(order, matrix.counted_on) if each.people]
    return {
        "lang": get_language(),
        "title": _("Proof of completeness"),
        "order": f"{order.number} – {order.title}",
        "counted": _("People counted on %(day)s") % {"day": written.day(matrix.counted_on)},
        "equation": _("before %(before)s = after %(after)s + work list %(waiting)s")
        % {
            name: written.number(n)
            for name, n in (
                ("before", matrix.before),
                ("after", matrix.after),
                ("waiting", matrix.waiting),
            )
        },
        "verdict": _("Nobody is unaccounted for.")
        if matrix.holds
        else _("%(n)s people are unaccounted for.") % {"n": written.number(matrix.unaccounted)},
        "columns": [_("Before"), _("After"), _("People"), _("Waiting")],
        "rows": [
            [
                f"{cell.old.code} {cell.old.full_name}",
                f"{cell.new.code} {cell.new.full_name}" if cell.new else "",
                written.number(cell.people),
                written.number(cell.waiting),
            ]
            for cell in matrix.cells
        ],
        "sums_title": _("Sums by new unit"),
        "sums": [[name, written.number(n)] for name, n in matrix.columns().items()],
        "waiting_title": _("Work list"),
        "waiting": [
            [each.code, each.name, each.keeper.full_name, written.number(each.people)]
            for each in waiting
        ],
        "empty": _("Nobody waits."),
        "signatures": [_("Compiled by"), _("Commander")],
    }
