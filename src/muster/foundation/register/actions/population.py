"""Whole populations at once: columns in; entries, spells, acts and ledger lines out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from os import urandom
from uuid import UUID

import polars as pl
from django.db import connection, transaction

from muster.foundation.ledger import actions as ledger
from muster.foundation.register.actions.staging import Progress, no_progress, stage
from muster.foundation.register.models.numbers import Keys, keys
from muster.foundation.register.queries import state
from muster.kernel import names
from muster.shell import rls

_GIVEN = (
    "place_id", "full_name", "sex", "birth_date", "birth_precision", "ethnicity",
    "education_grade", "school_level", "degree_on", "father_name", "mother_name", "family_id",
    "occupation", "registered_on", "source", "source_id",
)  # fmt: skip
_NUMBERS = ("citizen_number", "old_number")
_MADE = (
    "uid", "folded", "sort_key",
    *(f"{number}_{part}" for number in _NUMBERS for part in ("sealed", "index")),
)  # fmt: skip
_PERSON = (*_GIVEN, *_MADE)
_REGISTRATION = ("place_id", "valid_from", "valid_to", "entered", "closed")
SPELLS = {
    "residence": ("kind", "at_id", "address"),
    "schooling": ("level", "school", "mode", "course_no", "award"),
    "employment": ("kind", "employer", "occupation"),
    "circumstance": ("kind", "relative_id"),
}
_SPAN = ("valid_from", "valid_to", "document")
_AT_ONCE = 50_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """People and what is known of them, as columns; `key` joins the frames.

    `people`: key, the columns of Person that a source gives, and the numbers in digits.
    `registrations`: key, place_id, valid_from, valid_to, entered, closed: the last one open.
    `spells`: by table of `SPELLS`: key, valid_from, valid_to, document and its own columns;
    a circumstance's relative_id is a key too.
    """

    people: pl.DataFrame
    registrations: pl.DataFrame
    spells: dict[str, pl.DataFrame] = field(default_factory=dict)


@transaction.atomic
def register_people(*, intake: Intake, basis: str, progress: Progress = no_progress) -> int:
    """Enter all people of `intake` with one act per registration; returns how many entered.

    The frames are taken as true: who reads a foreign file checks its rows before. All or
    nothing: an error leaves the register as it was.
    """
    with connection.cursor() as cursor:
        cursor.execute(_STAGES)
    _stage_people(intake.people, progress)
    stage("stage_registration", ("key", *_REGISTRATION), intake.registrations, progress)
    for table, frame in intake.spells.items():
        stage(f"stage_{table}", ("key", *_SPAN, *SPELLS[table]), frame, progress)
    steps = len(intake.spells) + 4
    for number, (step, statement, values) in enumerate(_steps(intake, basis), 1):
        with connection.cursor() as cursor:
            cursor.execute(statement, values)
        progress(step, number, steps)
    ledger.record(
        kind="register.act",
        where=("select a.id from register_act a join stage_person p on p.id = a.person_id", []),
    )
    rls.analyze("ledger_waiting")
    with connection.cursor() as cursor:
        cursor.execute(_CLEAR)
    return len(intake.people)


def tell_planner() -> None:
    """Refresh what PostgreSQL knows of the register's sizes, after much was written."""
    rls.analyze(*(f"register_{table}" for table in (*_TABLES, "act")))


def _stage_people(people: pl.DataFrame, progress: Progress) -> None:
    """Stage entries and the words of their names, sealing numbers on the way."""
    ours, total = keys(), len(people)
    for start in range(0, total, _AT_ONCE):
        part = _identified(people.slice(start, _AT_ONCE), ours)
        stage("stage_person", ("key", *_PERSON), part, no_progress)
        stage("stage_persontoken", ("key", "token"), _words(part), no_progress)
        progress("stage_person", start + len(part), total)
    with connection.cursor() as cursor:
        cursor.execute("analyze stage_person")


def _identified(people: pl.DataFrame, ours: Keys) -> pl.DataFrame:
    """The columns that a source does not give: uid, search forms, sealed numbers."""
    uids = [UUID(bytes=urandom(16), version=4) for _ in range(len(people))]
    made: dict[str, Sequence[str | None]] = {"uid": [str(uid) for uid in uids]}
    for column in _NUMBERS:
        numbers = people[column].to_list()
        pairs = zip(numbers, uids, strict=True)
        made[f"{column}_sealed"] = [_hex(ours.seal(n, uid)) if n else None for n, uid in pairs]
        made[f"{column}_index"] = [_hex(ours.index(n)) if n else None for n in numbers]
    return (
        people.with_columns(pl.DataFrame(made, schema=dict.fromkeys(made, pl.String)).get_columns())
        .join(_names(people), on="full_name", how="left", maintain_order="left")
        .with_columns(full_name="cleaned")
    )


def _names(people: pl.DataFrame) -> pl.DataFrame:
    """Each different name cleaned, folded, with its key and its words; many bear the same."""
    given = people["full_name"].unique().to_list()
    cleaned = [names.nfc(name) for name in given]
    made = {
        "full_name": given,
        "cleaned": cleaned,
        "folded": map(names.fold, cleaned),
        "sort_key": map(names.person_sort_key, cleaned),
        "token": [sorted(set(names.tokens(name))) for name in cleaned],
    }
    texts = dict.fromkeys(made, pl.String)
    return pl.DataFrame(made, schema=texts | {"token": pl.List(pl.String)})


def _words(people: pl.DataFrame) -> pl.DataFrame:
    """Each word of each name once: key, token."""
    return people.select("key", "token").explode("token").drop_nulls()


def _hex(value: bytes) -> str:
    return f"\\x{value.hex()}"


def _like(table: str) -> str:
    return (
        f"create temp table stage_{table} on commit drop as"
        f" select null::bigint as key, t.* from register_{table} t where false;"
    )


_TABLES = ("person", "persontoken", "registration", *SPELLS)
# Identifiers are drawn while staging, so that every frame finds its people by key.
_STAGES = (
    "".join(_like(table) for table in _TABLES)
    + "alter table stage_person alter id"
    + " set default nextval(pg_get_serial_sequence('register_person', 'id'))"
)
_CLEAR = "drop table " + ", ".join(f"stage_{table}" for table in _TABLES)


def _steps(intake: Intake, basis: str) -> Iterator[tuple[str, str, list[str | int | None]]]:
    """(name, statement, parameters) that carry the staged rows into the register."""
    yield "register_person", _INSERT_PEOPLE, []
    yield "register_persontoken", _INSERT_TOKENS, []
    yield "register_registration", _INSERT_REGISTRATIONS, []
    for table in intake.spells:
        yield f"register_{table}", _insert_spells(table), []
    yield "register_act", _INSERT_ACTS, [basis, rls.current_user_id()]


_INSERT_PEOPLE = f"""
insert into register_person (id, version, closed_why, {", ".join(_PERSON)})
select p.id, r.acts, '', {", ".join(f"p.{column}" for column in _PERSON)}
from stage_person p
join (select key, count(*) as acts from stage_registration group by key) r using (key)
order by p.id
"""
_INSERT_TOKENS = """
insert into register_persontoken (token, place_id, person_id)
select t.token, p.place_id, p.id
from stage_persontoken t join stage_person p using (key)
order by t.token collate "C", p.place_id, p.id
"""
_INSERT_REGISTRATIONS = f"""
insert into register_registration (person_id, {", ".join(_REGISTRATION)})
select p.id, {", ".join(f"r.{column}" for column in _REGISTRATION)}
from stage_registration r join stage_person p using (key)
order by p.id, r.valid_from
"""
# Numbers drawn for one stage lie close together.
_OF_THE_STAGE = """
where s.person_id between (select min(id) from stage_person) and (select max(id) from stage_person)
"""
_INSERT_ACTS = f"""
insert into register_act
    (person_id, place_id, version, kind, "on", basis, by_id, changes, state)
select p.id, p.place_id,
    row_number() over turn, r.entered, r.valid_from, %s, %s,
    case when lag(r.place_id) over turn is null then '{{}}'::jsonb
    else jsonb_build_object('place', json_build_array(lag(r.place_id) over turn, r.place_id)) end,
    s.digest
from stage_registration r
join stage_person p using (key)
join ({state.digests(_OF_THE_STAGE)}) s on s.id = p.id
window turn as (partition by p.id order by r.valid_from)
order by p.id
"""


def _insert_spells(table: str) -> str:
    columns = (*_SPAN, *SPELLS[table])
    chosen = ", ".join("other.id" if name == "relative_id" else f"s.{name}" for name in columns)
    other = (
        "left join stage_person other on other.key = s.relative_id"
        if "relative_id" in columns
        else ""
    )
    return f"""
    insert into register_{table} (person_id, place_id, {", ".join(columns)})
    select p.id, p.place_id, {chosen}
    from stage_{table} s join stage_person p using (key) {other}
    order by p.id, s.valid_from
    """
