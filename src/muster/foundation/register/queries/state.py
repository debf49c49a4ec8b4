"""The text of a whole entry, whose digest each act keeps.

Personal numbers stand in it as they are sealed, the place is left out: an order or a
transfer moves the person without changing what is known of him.
"""

_PERSON = """
    p.uid, p.full_name, p.sex, p.birth_date, p.birth_precision, p.ethnicity,
    encode(p.citizen_number_sealed, 'hex'), encode(p.citizen_number_index, 'hex'),
    encode(p.old_number_sealed, 'hex'), encode(p.old_number_index, 'hex'),
    p.education_grade, p.school_level, p.degree_on, p.father_name, p.mother_name, p.family_id,
    p.occupation, p.registered_on, p.source_id, p.closed_on, p.closed_why, p.merged_into_id
"""
_SPELLS = {
    "residence": "s.kind, s.at_id, s.address",
    "schooling": "s.level, s.school, s.mode, s.course_no, s.award",
    "employment": "s.kind, s.employer, s.occupation",
    "circumstance": "s.kind, s.relative_id",
}


def _spells(table: str, columns: str) -> str:
    fields = f"s.valid_from, s.valid_to, s.document, {columns}"
    return (
        f"(select json_agg(json_build_array({fields}) order by s.id)"
        f" from register_{table} s where s.person_id = p.id)"
    )


# `p` is the person's row. JSON writes dates alike in every session.
TEXT = f"json_build_array({_PERSON}, {', '.join(_spells(*item) for item in _SPELLS.items())})::text"
DIGEST = f"sha256(convert_to({TEXT}, 'UTF8'))"

# Entries that differ from what the last act upon them left: none, unless somebody went behind.
CHANGED_BEHIND = f"""
select p.id from register_person p
left join register_act a on a.person_id = p.id and a.version = p.version
where a.state is distinct from {DIGEST}
"""
# An act's own text: what was done, when, by whom, and the entry it left.
ACT_CANONICAL = """
select id, json_build_array(id, person_id, version, kind, "on", basis, by_id, changes,
                            encode(state, 'hex'))::text as canonical
from register_act
"""
