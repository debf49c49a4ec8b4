"""Takes in a list: each row accepted, corrected, left as it is, or refused with its reason."""

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b

import polars as pl
from django.db import connection
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from muster.foundation.register.actions.population import Intake, register_people, tell_planner
from muster.foundation.register.actions.staging import Progress, no_progress
from muster.foundation.register.models import ListImport, ListSource
from muster.foundation.register.queries.facts import read_columns
from muster.foundation.register.queries.ground import (
    Address,
    Fault,
    Found,
    Ground,
    find_ground,
)
from muster.foundation.register.queries.scope import places_in_scope
from muster.foundation.register.rules import written
from muster.foundation.units import actions as units
from muster.kernel.names import fold
from muster.shell import rls

_AT_ONCE = 50_000
_ADDRESS = ("commune_code", "commune_name", "district_name", "province_name")
_CODE_LENGTH = 40
Scope = Callable[[], AbstractContextManager[None]]
_LIVE = ("accepted", "corrected")
REFUSED, UNCHANGED = "refused", "unchanged"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of each row, by line: state, reason, note.

    `fresh` rows were not in the register, `entered` of them are now.
    """

    rows: pl.DataFrame
    fresh: int
    entered: int


def remember_mapping(*, source: str, mapping: Mapping[str, str]) -> ListSource:
    """Keep what the headings of a source mean, for its next list."""
    found, _created = ListSource.objects.get_or_create(name=source)
    if mapping:
        found.mapping = {**found.mapping, **mapping}
        found.save(update_fields=["mapping"])
    return found


def import_list(
    *,
    rows: pl.DataFrame,
    source: str,
    digest: str,
    on: date,
    scope: Scope,
    dry_run: bool = False,
    lanes: int = 1,
    at_most: int | None = None,
    headings: Mapping[str, str] | None = None,
    progress: Progress = no_progress,
) -> Outcome:
    """Enter the rows of a list that `forms.check` read; see there for columns and `headings`.

    A row is known by its source and source_id, else by who and where it says somebody is.
    Rows that are in the register already stay as they are, so an import that was cut off is
    resumed by doing it again, and the same list twice changes nothing. Rows enter in
    portions, each in a `scope` (a transaction that acts as somebody) of its own; with two
    `lanes` two portions enter at a time, over two connections. Of more than `at_most` fresh
    rows only so many enter. `dry_run` finds what would happen and does nothing.
    """
    with scope():
        ground = _within_reach(find_ground(rows.select(_ADDRESS).unique().iter_rows(), on))
        if not dry_run:
            ground = _with_new_groups(rows, ground, on)
        called = {field: field for field in rows.columns} | dict(headings or {})
        rows = _dated(_placed(rows, ground, called), on, called)
        rows = _against_register(_keyed(rows), source, called)
    fresh = rows.filter(pl.col("state").is_in(_LIVE))
    now = fresh.head(0 if dry_run else at_most or len(fresh))
    if not dry_run:
        with scope():
            run = _begin(source, digest, on, rows=len(rows), refused=len(rows) - len(fresh))
        done = 0
        for entered in _entered(run, now, scope, lanes):
            progress("rows", done := done + entered, len(now))
        with scope():
            _finish(run, whole=len(now) == len(fresh))
    return Outcome(rows.select("line", "state", "reason", "note"), len(fresh), len(now))


def _begin(source: str, digest: str, on: date, **counts: int) -> ListImport:
    run, _created = ListImport.objects.get_or_create(
        source=remember_mapping(source=source, mapping={}),
        digest=digest,
        defaults={"on": on, **counts},
    )
    return run


def _finish(run: ListImport, *, whole: bool) -> None:
    tell_planner()
    if whole:
        ListImport.objects.filter(pk=run.pk).update(finished_at=timezone.now())


def _entered(run: ListImport, fresh: pl.DataFrame, scope: Scope, lanes: int) -> Iterator[int]:
    """Enter the rows in portions; yields the size of each once it has entered."""
    size = max(1, min(_AT_ONCE, -(-len(fresh) // lanes)))
    portions = [fresh.slice(start, size) for start in range(0, len(fresh), size)]
    if lanes == 1:
        yield from (_enter(run, scope, part) for part in portions)
        return

    def on_its_own_connection(part: pl.DataFrame) -> int:
        try:
            return _enter(run, scope, part)
        finally:
            connection.close()

    with ThreadPoolExecutor(lanes) as pool:
        for future in as_completed([pool.submit(on_its_own_connection, p) for p in portions]):
            yield future.result()


def _enter(run: ListImport, scope: Scope, part: pl.DataFrame) -> int:
    name = run.source.name
    with scope():
        register_people(intake=_intake(part, name, run.on), basis=name)
        ListImport.objects.filter(pk=run.pk).update(entered=F("entered") + len(part))
    return len(part)


def _keyed(rows: pl.DataFrame) -> pl.DataFrame:
    """Rows without a source_id are known by what they say of the person."""
    said = ("full_name", "birth_date", "citizen_number", "old_number", *_ADDRESS, "group_name")
    nameless = rows.filter(pl.col("source_id") == "")
    made = [
        blake2b(repr(row).encode(), digest_size=10).hexdigest()
        for row in nameless.select(said).iter_rows()
    ]
    keys = nameless.select("line", made=pl.Series(made, dtype=pl.String))
    joined = rows.join(keys, on="line", how="left", maintain_order="left")
    rows = joined.with_columns(source_id=pl.coalesce("made", "source_id")).drop("made")
    twice = ~pl.col("source_id").is_first_distinct() & (pl.col("state") != "skipped")
    return _refuse(rows, twice, pl.lit(_("the same row stands in the list before")))


def _refuse(rows: pl.DataFrame, where: pl.Expr, why: pl.Expr) -> pl.DataFrame:
    where = where & pl.col("state").is_in(_LIVE)
    return rows.with_columns(
        state=pl.when(where).then(pl.lit(REFUSED)).otherwise("state"),
        reason=pl.when(where).then(why).otherwise("reason"),
    )


def _dated(rows: pl.DataFrame, on: date, called: Mapping[str, str]) -> pl.DataFrame:
    """Nobody is registered before he was born, nor enters before."""
    for field, day, said in (
        ("registered_on", pl.col("registered_on"), _("before the birth; check both days")),
        ("birth_date", pl.lit(on), _("after the day of the list; check the day")),
    ):
        cell = pl.col(field).dt.strftime("%d/%m/%Y")
        why = pl.concat_str(pl.lit(f"{called[field]}: “"), cell, pl.lit(f"”: {said}"))
        rows = _refuse(rows, (pl.col("birth_date") > day).fill_null(value=False), why)
    return rows


def _placed(rows: pl.DataFrame, ground: Found, called: Mapping[str, str]) -> pl.DataFrame:
    """Each row with its place, or refused since nobody could know where it belongs."""
    found = []
    for combo in rows.select(*_ADDRESS, "group_name").unique().rows():
        place = _place_of(combo[:4], combo[4], ground)
        said = f"{called[place.field]}: {place.words}" if isinstance(place, Fault) else None
        found.append((*combo, None if said else place, said))
    schema = dict.fromkeys((*_ADDRESS, "group_name"), pl.String)
    places = pl.DataFrame(
        found, schema=schema | {"place_id": pl.Int64, "fault": pl.String}, orient="row"
    )
    rows = rows.join(places, on=[*_ADDRESS, "group_name"], how="left", maintain_order="left")
    more = pl.concat_str("reason", "fault", separator="; ")
    wrong, other = pl.col("fault").is_not_null(), pl.col("state") == REFUSED
    rows = rows.with_columns(reason=pl.when(wrong & other).then(more).otherwise("reason"))
    return _refuse(rows, wrong, pl.col("fault")).drop("fault")


def _place_of(address: tuple[str, ...], group: str, ground: Found) -> int | Fault:
    code, commune, district, province = address
    unit = ground.units.get((code, commune, district, province))
    if unit is None:
        return ground.faults[code, commune, district, province]
    here = ground.grounds[unit]
    if (place := here.place_named(group)) is not None:
        return place
    said = _(
        "the commune is made of %(n)s former communes (%(names)s); "
        "name one of them, or a residential group known there"
    )
    cell = f"“{group}”: " if group else ""
    values = {"n": len(here.own), "names": ", ".join(here.former)}
    return Fault("group_name", cell + said % values)


def _with_new_groups(rows: pl.DataFrame, ground: Found, on: date) -> Found:
    """Make places of groups that the list names in communes of one ground."""
    said = (pl.col("group_name") != "") & pl.col("state").is_in(_LIVE)
    wanted = rows.filter(said).select(*_ADDRESS, "group_name").unique()
    fresh: dict[str, units.NewGroup] = {}
    for code, commune, district, province, name in wanted.sort(pl.all()).iter_rows():
        unit = ground.units.get((code, commune, district, province))
        here = ground.grounds[unit] if unit is not None else Ground()
        if len(here.own) == 1 and fold(name) not in here.groups:
            group = units.NewGroup(group_code(here.own[0][1], name), name, here.own[0][1])
            fresh.setdefault(group.code, group)
    if not fresh:
        return ground
    units.establish_places(groups=fresh.values())
    found = find_ground(ground.units, on)
    return Found(found.units, ground.faults, found.grounds)


def _within_reach(found: Found) -> Found:
    """An office takes in lists for its own ground only."""
    places = places_in_scope()
    if places is None:
        return found
    ours = {
        unit
        for unit, ground in found.grounds.items()
        if any(place in places for place, _code in ground.own)
    }
    beyond = {
        address: _of_another_office(address)
        for address, unit in found.units.items()
        if unit not in ours
    }
    units = {address: unit for address, unit in found.units.items() if unit in ours}
    return Found(units, {**found.faults, **beyond}, found.grounds)


def _of_another_office(address: Address) -> Fault:
    code, name, *_above = address
    said = _("“%(name)s”: not one of the units you answer for; leave the row to its office")
    return Fault("commune_code" if code else "commune_name", said % {"name": code or name})


def group_code(commune: str, name: str) -> str:
    """The code of a place within a commune's ground, told by its name."""
    code = f"{commune}-{fold(name).replace(' ', '-')}"
    if len(code) <= _CODE_LENGTH:
        return code
    return f"{code[: _CODE_LENGTH - 9]}-{blake2b(code.encode(), digest_size=4).hexdigest()}"


def _against_register(rows: pl.DataFrame, source: str, called: Mapping[str, str]) -> pl.DataFrame:
    """Rows that entered before stay as they are; one that now says otherwise is refused."""
    # Whoever entered from this source may have moved to another office since.
    with rls.scoped(role=rls.WIDE, user_id=rls.current_user_id()):
        known = read_columns(
            "select source_id, full_name, birth_date from register_person where source = %(source)s",
            {"source": source},
            {"source_id": pl.String, "known_name": pl.String, "known_birth": pl.Date},
        )
    rows = rows.join(known, on="source_id", how="left", maintain_order="left")
    there = pl.col("known_name").is_not_null()
    other = (pl.col("known_name") != pl.col("full_name")) | (
        pl.col("known_birth") != pl.col("birth_date")
    )
    said = _("this entry is in the register with another name or birth date; correct it there")
    why = pl.concat_str(pl.lit(f"{called['source_id']}: “"), "source_id", pl.lit(f"”: {said}"))
    rows = _refuse(rows, there & other, why)
    same = there & pl.col("state").is_in(_LIVE)
    return rows.with_columns(state=pl.when(same).then(pl.lit(UNCHANGED)).otherwise("state")).drop(
        "known_name", "known_birth"
    )


def _intake(rows: pl.DataFrame, source: str, on: date) -> Intake:
    """The rows in the words of the register; who has no day of registration enters on `on`."""
    people = rows.with_columns(
        key=pl.col("line"),
        source=pl.lit(source),
        registered_on=pl.coalesce("registered_on", pl.lit(on)),
        degree_on=pl.lit(None, pl.Date),
        family_id=pl.lit(None, pl.Int64),
    )
    base = people.select(
        "key",
        "place_id",
        valid_from="registered_on",
        valid_to=pl.lit(None, pl.Date),
        document=pl.lit(source),
    )
    schools = people.filter(pl.col("school") != "")
    studies = schools["school"].unique().to_list()
    told = {name: written.study_of(name) for name in studies}
    level = pl.col("school").replace_strict(told, default="general", return_dtype=pl.String)
    return Intake(
        people=people,
        registrations=base.with_columns(entered=pl.lit("registered"), closed=pl.lit("")),
        spells={
            "residence": base.with_columns(
                people["residence_kind"].alias("kind"), people["address"], at_id="place_id"
            ),
            "schooling": schools.select(
                "key",
                "school",
                valid_from="registered_on",
                valid_to=pl.lit(None, pl.Date),
                document=pl.lit(source),
                level=level,
                mode=pl.lit("full_time"),
                course_no=pl.lit(1),
                award=pl.lit(""),
            ),
        },
    )
