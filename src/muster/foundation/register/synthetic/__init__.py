"""Synthetic citizens of military age: seeded, documented, with every planted mistake written down.

Everybody here is invented. A citizen number of the right shape may by chance have been issued to
somebody, so whatever is made here stays inside demonstrations, tests and benchmarks.

`generate(communes, men=…, seed=…, on=…)` returns a `Population` of frames. The lives of those born
from 1996 to 2010 are told until the horizon (31 March 2027), so that the seasons of 2024 to 2027 can be
played; `Population.known_on(day)` keeps what a register can hold on a day. Spans are half-open:
`starts_on` belongs to them, `ends_on` does not; no `ends_on` means open.

groups: residential groups
    commune_code, group_name; weight: share of the commune's people, adding up to 1 in each.

persons: entries of the register, second entries of the same man included
    source_id: 1 … n, in an order that tells nothing.
    full_name: one word to six. sex: male | female (women with a listed profession).
    birth_date; birth_precision: day, or year (then the date is 1 January of it).
    commune_code, group_name: permanent home on the day `on`; no group where it is missing.
    citizen_number: 12 digits as issued (see `numbers`), null on some second entries.
    old_number: 9 digits, those born until 2003 in part.
    ethnicity: Kinh | Tày | Hoa | Sán Dìu | Mường | Jrai | Bahnar.
    education_grade: last grade completed on the day, 0 … 12.
    school_level: highest completed on the day: none | lower_secondary | upper_secondary |
        vocational | intermediate | college | university; degree_on: date of the first college or
        university degree held that day.
    father_name, mother_name: as entered; the father may be missing.
    family_id: brothers share it; null on second entries, of which no family is known.
    occupation: in the words of Vietnamese registers.
    registered_on: first registration, mostly in April of the year he turns 17; null when never.

schooling: the last stage of general school, then each course
    source_id, school; level: general | vocational | college | university;
    mode: full_time | part_time; course_no: 1 for the first course of that level, 2 for a second;
    award: level that completing it gives, null when left without; starts_on, ends_on (expected
    where it lies ahead).

employment: source_id, employer, starts_on, ends_on; kind: enterprise | household_business |
    self_employed | farm | sea | state_agency.

residence: source_id, starts_on, ends_on; kind: permanent | temporary | school | work | absent (an
    absence that was registered); commune_code, group_name: null elsewhere. On every day each has
    exactly one permanent residence.

circumstances: grounds and service
    source_id, starts_on, ends_on; kind: a table of `circumstances.toml`, or active_service,
    police_service (men who serve outside the seasons played), volunteer (waives a ground);
    document: the paper held, null where there is none; relative_id: the brother who serves.

truth: what was planted; kind, source_id, other_source_id, detail
    double_entry (detail: how far apart), and for the same pair each slip between its entries: typo,
    swapped_day_month, old_new_number, missing_number, moved_house, changed_middle_name.
    wrong_birth_date, borrowed_number (two men under one number), missing_group,
    village_first_january, father_son_other_name, away_at_work (three months or more on the day, and
    no absence registered), one_per_family_twice, twins, brothers.

`write_csv` writes the entries in the canonical columns of the register, with the truth beside them.
`readings` and `behaviour` give what a doctor measures and how a man answers, season by season.
"""

from muster.foundation.register.synthetic.behaviour import behaviour
from muster.foundation.register.synthetic.csvfile import write_csv
from muster.foundation.register.synthetic.examination import readings
from muster.foundation.register.synthetic.population import LIFE_SIZE, Population, generate

__all__ = ["LIFE_SIZE", "Population", "behaviour", "generate", "readings", "write_csv"]
