"""`muster decisions …`: what the law says of one citizen, of a unit, of a doctor's readings."""

import csv
import json
import sys
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from pathlib import Path

import click
import narwhals as nw
import polars as pl
from django.utils import timezone, translation

from muster.domains.recruitment import grounds, queries, rules, tables
from muster.domains.recruitment.forms import PERSON, read_facts, read_readings
from muster.foundation.units import queries as units
from muster.kernel.errors import Refused
from muster.kernel.verdicts import Verdict
from muster.shell import rls

_DAY = click.DateTime(["%Y-%m-%d"])
_FILE = click.Path(dir_okay=False, path_type=Path)
_EVALUATED = ("person", "outcome", "article", "missing", "confirmed")


class UnknownPerson(Refused):
    """A person whom the register does not know on the day."""


class NothingToEvaluate(Refused):
    """Neither a unit nor a file to evaluate, or both."""


@click.group("decisions")
def commands() -> None:
    """Grounds explained and evaluated, health classes proposed."""


@commands.command()
@click.option("--person", required=True, help="Opaque name (uuid) of the register entry.")
@click.option("--on", type=_DAY, required=True, help="Day on which the facts are read.")
@click.option("--hand-over", type=_DAY, help="Hand-over at which ages are read; default: --on.")
@click.option("--lang", type=click.Choice(["vi", "en", "fr"]), default="vi", show_default=True)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
def explain(*, person: str, on: datetime, hand_over: datetime | None, lang: str, form: str) -> None:
    """One citizen's outcome with article, facts used and missing, and what would change it."""
    terms = rules.terms(on.date(), hand_over.date() if hand_over else None)
    with translation.override(lang), rls.scoped(role=rls.WIDE):
        found = queries.facts_of(person, on.date())
        if found is None:
            raise UnknownPerson(
                f"{person} stands on no roll on {on.date()}; check the name and the day.",
                code="decisions.person",
            )
        him, family = found
        verdict = grounds.explain(him, terms, family=family)
        click.echo(as_json(verdict) if form == "json" else as_text(verdict))


def as_text(verdict: Verdict) -> str:
    """An explanation as lines for the terminal."""
    told = tables.explanation(verdict)
    lines = [f"{fact.term}: {fact.value}" for fact in told.facts]
    for group in told.groups:
        lines += [f"{group.title}:", *(f"  {sentence}" for sentence in group.sentences)]
    return "\n".join(lines)


def as_json(verdict: Verdict) -> str:
    """An explanation for programs; sentences in the language asked for."""
    told = {
        "outcome": verdict.outcome,
        "article": verdict.article,
        "reasons": tables.told(verdict.reasons),
        "missing": tables.told(verdict.missing),
        "would_change": tables.told(verdict.would_change),
        "confirmed": verdict.confirmed,
    }
    return json.dumps(told, ensure_ascii=False, indent=2)


@commands.command()
@click.option("--unit", help="Code of the unit, read on the day.")
@click.option("--file", "path", type=_FILE, help="Facts by column name instead of the register.")
@click.option("--on", type=_DAY, required=True, help="Day on which facts and law are read.")
@click.option("--hand-over", type=_DAY, help="Hand-over at which ages are read; default: --on.")
@click.option("--format", "_form", type=click.Choice(["csv"]), default="csv")
def evaluate(
    *,
    unit: str | None,
    path: Path | None,
    on: datetime,
    hand_over: datetime | None,
    _form: str,
) -> None:
    """All men of a unit, or of a file, through every ground: outcome, article, missing facts."""
    if (unit is None) == (path is None):
        raise NothingToEvaluate("give either --unit or --file.", code="decisions.evaluate")
    terms = rules.terms(on.date(), hand_over.date() if hand_over else None)
    facts = _from_file(path) if path else _from_register(unit or "", on)
    judged = grounds.review(nw.from_native(facts, eager_only=True), terms)
    rows = judged.select([PERSON, *_EVALUATED[1:-1]]).rows()
    confirmed = _word(confirmed=terms.confirmed)
    _write(
        _EVALUATED,
        ((*row, tables.lacking(missing), confirmed) for *row, missing in rows),
    )


def _from_register(code: str, on: datetime) -> pl.DataFrame:
    with rls.scoped(role=rls.WIDE):
        unit = units.resolve(code, on.date())
        facts = queries.facts(None, units.place_ids(unit.id, on.date()), on.date())
        return queries.named(facts)


def _from_file(path: Path) -> pl.DataFrame:
    rows = read_facts(path)
    columns = {name: [row[name] for row in rows] for name in (rows[0] if rows else {PERSON: ""})}
    numbered = pl.DataFrame(columns, strict=False)
    if "person_id" not in columns:
        numbered = numbered.with_columns(person_id=pl.int_range(1, pl.len() + 1, dtype=pl.Int64))
    return numbered


@commands.command(name="classify-health")
@click.argument("path", type=_FILE, metavar="FILE")
@click.option("--on", type=_DAY, help="Day whose tables and limits count; default: today.")
def classify_health(path: Path, on: datetime | None) -> None:
    """Propose a health class for each row of readings; the council's conclusion decides."""
    day = on.date() if on else timezone.localdate()
    found = [_proposed(path, *numbered, day) for numbered in read_readings(path)]
    _write(
        ("class", "undecided", "callable", "reasons"),
        (
            (
                health.health_class or "",
                "" if health.health_class else "|".join(map(str, health.possible)),
                _word(confirmed=health.fit),
                "; ".join(health.reasons),
            )
            for health in found
        ),
    )


def _proposed(path: Path, number: int, reading: rules.Reading, on: date) -> rules.Health:
    """The class of one row; a reading that cannot be is told with its row."""
    try:
        return rules.health_class(reading, on)
    except rules.ImpossibleReading as fault:
        fault.where = f"{path.name}: row {number}"
        raise


def _word(*, confirmed: bool | None) -> str:
    return {True: "true", False: "false", None: ""}[confirmed]


def _write(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
