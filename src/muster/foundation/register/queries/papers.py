"""What a paper about an entry says on a day, and which papers may be handed out."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from muster.foundation.register.models import Act, Certificate, Person, Residence, Stay, Transfer
from muster.foundation.register.queries.entry import Entry, entry, place_name
from muster.foundation.register.rules import own as rules
from muster.foundation.units import queries as units
from muster.kernel.errors import Refused

Kind = Certificate.Kind
Fact = tuple[str, object]
#: The papers of the desk, in the order in which it offers them.
OF_THE_DESK = (Kind.REGISTRATION, Kind.RESERVIST, Kind.TRANSFER, Kind.ABSENCE)
_SERVICES = ("active_service", "police_service")


class NothingToCertify(Refused):
    """A paper about something that no act has entered."""


class NoSuchPaper(Refused):
    """No paper of that number about the entry."""


class Overtaken(Refused):
    """A paper that no longer says what the entry says."""


def of_entry(person_id: int) -> QuerySet[Certificate]:
    """The papers that the desk handed out about an entry, the latest first."""
    found = Certificate.objects.filter(person_id=person_id, kind__in=OF_THE_DESK)
    return found.order_by("-on", "-pk")


def handed_out(uid: UUID, person: Person) -> tuple[Certificate, Mapping[str, str]]:
    """A paper with its facts, to be printed again; `Overtaken` once the entry says otherwise."""
    paper = Certificate.objects.filter(uid=uid, person=person).first()
    if paper is None:
        raise NoSuchPaper(_("No paper of this number was handed out about this entry."))
    said = facts(person.uid, paper.on, Kind(paper.kind))
    if rules.digest(paper.uid, said) != bytes(paper.facts):
        raise Overtaken(_("The entry has changed since; ask the office for a new paper."))
    return paper, said


def ready(person_id: int, on: date) -> list[Kind]:
    """The papers that the desk can hand out on the day: those that an act stands behind."""
    return [kind for kind in OF_THE_DESK if any(_more(kind, person_id, on)) or kind not in _MORE]


def facts(uid: UUID, on: date, kind: Kind) -> dict[str, str]:
    """The facts that a paper names, in their order and in the language of papers.

    `office` stands among them where another than the commune signs. `NothingToCertify` when
    no act stands behind the paper on the day.
    """
    with translation.override("vi"):
        shown = entry(uid, on, masked=False)
        more = list(_more(kind, shown.id, on))
        if kind in _MORE and not more:
            raise NothingToCertify(_NOTHING[kind]())
        told = [*_who(shown, on, kind), *more]
    return {name: _text(value) for name, value in told if value}


def _who(shown: Entry, on: date, kind: Kind) -> Iterator[Fact]:
    unit = units.unit_at(shown.place_id, on)
    yield "full_name", shown.full_name
    yield "birth_date", shown.birth
    yield "sex", shown.sex
    yield "ethnicity", shown.ethnicity
    yield "citizen_number", shown.citizen_number or shown.old_number
    yield "place", shown.place
    yield "commune", capfirst(unit.full_name) if unit else ""
    yield "registered_on", shown.registered_on
    if unit and rules.signatory(kind, on) == "district_commander":
        above = units.ancestors(unit.id, on)
        yield "office", next((each.full_name for each in above if each.level == "district"), "")


def _text(value: object) -> str:
    return f"{value:%d/%m/%Y}" if isinstance(value, date) else str(value)


def _more(kind: Kind, person_id: int, on: date) -> Iterator[Fact]:
    """What a paper says beside who he is."""
    return _MORE[kind](person_id, on) if kind in _MORE else iter(())


def reserve_act(person_id: int, on: date) -> Act | None:
    """The act that registered him for the reserve, if one had by the day."""
    acts = Act.objects.filter(person_id=person_id, kind=Act.Kind.SUPPLEMENTED, on__lte=on)
    return acts.filter(changes__has_key="reserve").order_by("-version").first()


def _reserve(person_id: int, on: date) -> Iterator[Fact]:
    act = reserve_act(person_id, on)
    if act is None:
        return
    served = Person.objects.get(pk=person_id).circumstances.filter(
        kind__in=_SERVICES, valid_to__lte=act.on
    )
    if spell := served.order_by("-valid_to").first():
        yield "served", f"{spell.valid_from:%d/%m/%Y} – {spell.valid_to:%d/%m/%Y}"
    yield "discharge", act.basis
    yield "reserve_on", act.on


def _transfer(person_id: int, on: date) -> Iterator[Fact]:
    waits = Q(answered_on=None) | Q(answered_on__gt=on)
    letters = Transfer.objects.filter(waits, person_id=person_id, proposed_on__lte=on)
    letter = letters.select_related("to_place__within").order_by("-proposed_on", "-pk").first()
    if letter is None:
        return
    unit = units.unit_at(letter.to_place_id, on)
    yield "to_commune", capfirst(unit.full_name) if unit else ""
    yield "to_place", place_name(letter.to_place)
    yield "basis", letter.basis
    yield "due_on", letter.due_on
    if act := reserve_act(person_id, on):
        yield "reserve_on", act.on


def _absence(person_id: int, on: date) -> Iterator[Fact]:
    lasts = Q(valid_to=None) | Q(valid_to__gt=on)
    stays = Residence.objects.filter(lasts, person_id=person_id, kind=Stay.ABSENT)
    if stay := stays.order_by("-valid_from", "-pk").first():
        yield "absent_from", stay.valid_from
        yield "absent_until", stay.valid_to
        yield "absent_at", stay.address
        yield "basis", stay.document


_MORE: Mapping[Kind, Callable[[int, date], Iterator[Fact]]] = {
    Kind.RESERVIST: _reserve,
    Kind.TRANSFER: _transfer,
    Kind.ABSENCE: _absence,
}
_NOTHING: Mapping[Kind, Callable[[], str]] = {
    Kind.RESERVIST: lambda: _("He is not registered for the reserve; note that first."),
    Kind.TRANSFER: lambda: _("No letter of transfer is on the way; write one first."),
    Kind.ABSENCE: lambda: _("No long absence lasts on this day; note one first."),
}
