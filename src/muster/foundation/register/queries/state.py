"""The text of a whole entry, whose digest each act keeps.

Personal numbers stand in it as they are sealed; the place is left out: an order or a
transfer moves the person without changing what is known of him. JSON writes dates alike
in every session.
"""

_PERSON = """
    p.uid, p.full_name, p.sex, p.birth_date, p.birth_precision, p.ethnicity,
    encode(p.citizen_number_sealed, 'hex'), encode(p.citizen_number_index, 'hex'),
    encode(p.old_number_sealed, 'hex'), encode(p.old_number_index, 'hex'),
    p.education_grade, p.school_level, p.degree_on, p.father_name, p.mother_name, p.family_id,
    p.occupation, p.registered_on, p.source, p.source_id, p.closed_on, p.closed_why, p.merged_into_id
"""
_SPELLS = {
    "residence": "s.kind, s.at_id, s.address",
    "schooling": "s.level, s.school, s.mode, s.course_no, s.award",
    "employment": "s.kind, s.employer, s.occupation",
    "circumstance": "s.kind, s.relative_id",
}


def _told(columns: str) -> str:
    fields = f"s.valid_from, s.valid_to, s.document, {columns}"
    return f"json_agg(json_build_array({fields}) order by s.id)"


def _of_one(table: str) -> str:
    return f"(select {_told(_SPELLS[table])} from register_{table} s where s.person_id = p.id)"


def _of_all(table: str, within: str) -> str:
    return (
        f" left join (select s.person_id, {_told(_SPELLS[table])} as told"
        f" from register_{table} s {within} group by s.person_id) {table}"
        f" on {table}.person_id = p.id"
    )


def _digest(spells: list[str]) -> str:
    text = f"json_build_array({_PERSON}, {', '.join(spells)})::text"
    return f"sha256(convert_to({text}, 'UTF8'))"


# The digest of the entry in row `p` of register_person: for one entry or a few …
DIGEST = _digest([_of_one(table) for table in _SPELLS])


def digests(within: str = "") -> str:
    """… and for many entries, where each table is read through once.

    `within` narrows the spells that are read (`s.person_id`), never the entries.
    """
    spells = "".join(_of_all(table, within) for table in _SPELLS)
    digest = _digest([f"{table}.told" for table in _SPELLS])
    return f"select p.id, p.version, {digest} as digest from register_person p{spells}"


# Entries that differ from what the last act upon them left: none, unless somebody went behind.
CHANGED_BEHIND = f"""
select p.id from ({digests()}) p
left join register_act a on a.person_id = p.id and a.version = p.version
where a.state is distinct from p.digest
"""
# An act's own text: what was done, when, by whom, and the entry it left.
ACT_CANONICAL = """
select id, json_build_array(id, person_id, version, kind, "on", basis, by_id, changes,
                            encode(state, 'hex'))::text as canonical
from register_act
"""
