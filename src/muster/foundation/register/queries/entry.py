"""One person's entry as it stands, or stood on a day, with everything that happened to him."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from muster.foundation.register.models import (
    Act,
    Circumstance,
    Employment,
    Person,
    Precision,
    Residence,
    Schooling,
)
from muster.foundation.register.models.labels import FIELDS, circumstance
from muster.foundation.register.models.numbers import keys
from muster.foundation.register.models.spells import Spell
from muster.foundation.units.models import Place
from muster.kernel import names
from muster.kernel.errors import Refused
from muster.kernel.manifest import TimelineItem
from muster.shell.discovery import manifests

Held = TypeVar("Held", bound=Spell)


class NoSuchPerson(Refused):
    """No entry of that address lies within the asker's scope."""


class Forgotten(Refused):
    """An entry whose values were destroyed by a retention rule."""


@dataclass(frozen=True, slots=True)
class Line:
    """One spell as the page shows it; `kind` and `id` name it to who may end it."""

    kind: str
    id: int
    heading: str
    text: str
    valid_from: date
    valid_to: date | None
    document: str


@dataclass(frozen=True, slots=True)
class Kin:
    """Somebody of the same family."""

    uid: UUID
    full_name: str
    birth: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A person as the page shows him on a day; `id` and `place_id` are for the caller alone."""

    id: int
    uid: UUID
    place_id: int
    full_name: str
    sex: str
    birth: str
    ethnicity: str
    citizen_number: str
    old_number: str
    father_name: str
    mother_name: str
    occupation: str
    education_grade: int | None
    place: str
    registered_on: date
    closed_on: date | None
    closed_why: str
    residence: tuple[Line, ...]
    schooling: tuple[Line, ...]
    employment: tuple[Line, ...]
    circumstances: tuple[Line, ...]
    family: tuple[Kin, ...]


def entry(uid: UUID, on: date, *, masked: bool = True) -> Entry:
    """The entry as of a day: corrections made later are taken back, spells are those of the day."""
    person = Person.objects.select_related("place__within").filter(uid=uid).first()
    if person is None:
        raise NoSuchPerson(_("No entry of this address lies within your unit."))
    if not person.full_name:
        raise Forgotten(
            _("This entry was erased when its time was up; only its place in counts is left.")
        )
    was = _as_of(person, on)
    return Entry(
        id=person.pk,
        uid=person.uid,
        place_id=person.place_id,
        full_name=was["full_name"],
        sex=person.get_sex_display(),
        birth=birth_text(was["birth_date"], was["birth_precision"]),
        ethnicity=was["ethnicity"],
        citizen_number=_number(person, "citizen_number", masked=masked),
        old_number=_number(person, "old_number", masked=masked),
        father_name=was["father_name"],
        mother_name=was["mother_name"],
        occupation=was["occupation"],
        education_grade=was["education_grade"],
        place=place_name(_place(person, was["place_id"])),
        registered_on=person.registered_on,
        closed_on=person.closed_on if person.closed_on and person.closed_on <= on else None,
        closed_why=person.closed_why,
        residence=tuple(_residence(_held(person.residences.all(), on))),
        schooling=tuple(_schooling(_held(person.schoolings.all(), on))),
        employment=tuple(_employment(_held(person.employments.all(), on))),
        circumstances=tuple(_circumstances(_held(person.circumstances.all(), on))),
        family=tuple(_family(person)),
    )


_DATED = ("full_name", "ethnicity", "father_name", "mother_name", "occupation", "education_grade")


def _as_of(person: Person, on: date) -> dict[str, Any]:
    """The fields that acts change, with every act later than the day taken back."""
    was = {name: getattr(person, name) for name in (*_DATED, "birth_precision", "place_id")}
    was["birth_date"] = person.birth_date.isoformat()
    for act in person.acts.filter(on__gt=on).order_by("-version"):
        for name, change in act.changes.items():
            key = "place_id" if name == "place" else name
            if key in was:
                was[key] = change[0]
    return was | {"birth_date": date.fromisoformat(was["birth_date"])}


def _place(person: Person, place_id: int) -> Place:
    """Where he was on the day, which is mostly where he is."""
    if place_id == person.place_id:
        return person.place
    return Place.objects.select_related("within").get(pk=place_id)


def _number(person: Person, name: str, *, masked: bool) -> str:
    sealed = getattr(person, f"{name}_sealed")
    if not sealed:
        return ""
    number = keys().open(sealed, person.uid)
    return names.mask_number(number) if masked else number


def birth_text(birth: date, precision: str) -> str:
    """The birth date as precisely as it is known."""
    if precision == Precision.YEAR:
        return str(birth.year)
    return birth.strftime("%d/%m/%Y")


def place_name(place: Place) -> str:
    """A residential group with its commune of old, as a reader knows it."""
    return f"{place.name}, {place.within.name}" if place.within else place.name


def _held(spells: QuerySet[Held], on: date) -> QuerySet[Held]:
    holds = Q(valid_to__isnull=True) | Q(valid_to__gt=on)
    return spells.filter(holds, valid_from__lte=on).order_by("-valid_from", "-pk")


def _line(spell: Spell, heading: str, *texts: str) -> Line:
    text = ", ".join(filter(None, texts))
    kind = type(spell).__name__.lower()
    return Line(kind, spell.pk, heading, text, spell.valid_from, spell.valid_to, spell.document)


def _residence(rows: QuerySet[Residence]) -> Iterator[Line]:
    for row in rows.select_related("at__within"):
        where = [place_name(row.at)] if row.at else []
        told = " · ".join([*where, *filter(None, [row.address])])
        yield _line(row, row.get_kind_display(), told or _("elsewhere"))


def _schooling(rows: QuerySet[Schooling]) -> Iterator[Line]:
    for row in rows:
        yield _line(row, row.get_level_display(), row.school, row.get_mode_display())


def _employment(rows: QuerySet[Employment]) -> Iterator[Line]:
    for row in rows:
        yield _line(row, row.employer, row.occupation)


def _circumstances(rows: QuerySet[Circumstance]) -> Iterator[Line]:
    # Of a relative beyond the asker's scope nothing is read.
    for row in rows.select_related("relative"):
        yield _line(row, circumstance(row.kind), row.relative.full_name if row.relative else "")


def _family(person: Person) -> Iterator[Kin]:
    if person.family_id is None:
        return
    others = Person.objects.filter(family_id=person.family_id).exclude(pk=person.pk)
    for other in others.order_by("birth_date", "pk"):
        yield Kin(other.uid, other.full_name, birth_text(other.birth_date, other.birth_precision))


def timeline(person_id: int, on: date | None = None) -> Sequence[TimelineItem]:
    """What happened to the person in every slice until the day, the latest first.

    Under whichever of his entries it happened: a merge moves no case of another slice.
    """
    entries = entries_of(person_id)
    hooks = [manifest.timeline for manifest in manifests() if manifest.timeline]
    items = [item for hook in hooks for entry_id in entries for item in hook(entry_id)]
    until = [item for item in items if on is None or item.on <= on]
    return sorted(until, key=lambda item: item.on, reverse=True)


def entries_of(person_id: int) -> list[int]:
    """The entry and all that were merged into it, directly or on the way."""
    ids, fresh = [person_id], [person_id]
    while fresh:
        merged = Person.objects.filter(merged_into_id__in=fresh).exclude(pk__in=ids)
        fresh = list(merged.order_by("pk").values_list("pk", flat=True))
        ids += fresh
    return ids


# What a correction may change whose values say nothing to a reader.
_NAMED = {
    "birth_precision": gettext_lazy("How exactly the date is known"),
    "family_id": gettext_lazy("Family"),
}


def own_acts(person_id: int) -> Iterator[TimelineItem]:
    """What the register itself did: each act with its basis and who did it."""
    for act in Act.objects.filter(person_id=person_id).select_related("by").order_by("version"):
        by = act.by.get_full_name() if act.by else ""
        yield TimelineItem(
            on=act.on,
            title=act.get_kind_display(),
            detail=" · ".join(filter(None, (act.basis, changes_text(act), by))),
        )


def changes_text(act: Act) -> str:
    """What a correction changed, before and after, or what was entered beside it, in a line."""
    if act.kind == Act.Kind.SUPPLEMENTED:
        return _supplement_text(act)
    if act.kind != Act.Kind.CORRECTED:
        return ""
    told = ((FIELDS[name], change) for name, change in act.changes.items() if name in FIELDS)
    lines = [f"{label}: {old or '–'} → {new or '–'}" for label, (old, new) in told]
    return "; ".join([*lines, *(str(_NAMED[name]) for name in act.changes if name in _NAMED)])


def _supplement_text(act: Act) -> str:
    """A change that was told, a return, or the reserve; a spell stands on the page itself."""
    if "change" in act.changes:
        return str(act.changes["change"][1])
    if "returned" in act.changes:
        return _("Return from a long absence")
    return _("Registration for the reserve") if "reserve" in act.changes else ""
