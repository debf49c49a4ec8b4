"""The acts that meet the register's duties; each leaves a line in the ledger."""

from datetime import date
from typing import cast

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from muster.foundation.ledger import actions as ledger
from muster.foundation.register.actions.entries import Identity, register
from muster.foundation.register.actions.inscribe import inscribe
from muster.foundation.register.actions.supplement import begin_spell, end_spell
from muster.foundation.register.models import Act, Errand, Filing, Person, Residence, Stay
from muster.foundation.register.rules import clocks
from muster.kernel.errors import Refused
from muster.kernel.names import nfc
from muster.shell import rls


class NotOfThisYear(Refused):
    """A man on a January list who turns 17 in another year."""


class Confirmed(Refused):
    """A January list that was confirmed already, or is confirmed by who drew it up."""


class NotLongEnough(Refused):
    """An absence too short to be registered."""


class AlreadyAway(Refused):
    """A second absence while the first lasts."""


class InTheReserve(Refused):
    """A second registration for the reserve after one discharge."""


class NothingOpen(Refused):
    """A return without an absence, or an errand that was settled already."""


@transaction.atomic
def file_paper(*, unit_id: int, kind: Filing.Kind, period: date, on: date, basis: str) -> Filing:
    """Draw up the January list, or enter the police's notice of a quarter; once a period."""
    filing, fresh = Filing.objects.get_or_create(
        unit_id=unit_id, kind=kind, period=period,
        defaults={"on": on, "basis": basis, "by_id": rls.current_user_id()},
    )  # fmt: skip
    if fresh:
        ledger.record(kind="register.filing", ids=[filing.pk])
    return filing


@transaction.atomic
def list_young_man(
    *, filing: Filing, full_name: str, birth_date: date, place_id: int, on: date
) -> Errand:
    """Put a man who turns 17 in the year on the January list (Law 78/2015 art. 12).

    From then on his first registration is due by the end of April. `NotOfThisYear` for
    another year of birth, `Confirmed` once the list is closed.
    """
    first, last = clocks.turning_of_age(filing.period.year)
    if not first <= birth_date <= last:
        raise NotOfThisYear(
            _("Men born in %(year)s stand on this list; check the date of birth.")
            % {"year": first.year}
        )
    if filing.confirmed_on is not None:
        raise Confirmed(_("The list is confirmed; who is found later registers directly."))
    return _told(
        Errand(
            kind=Errand.Kind.FIRST,
            filing=filing,
            place_id=place_id,
            full_name=nfc(full_name),
            birth_date=birth_date,
            told_on=on,
            due_on=clocks.first_registration_due(filing.period.year),
        )
    )


@transaction.atomic
def confirm_list(*, filing: Filing, on: date) -> Filing:
    """Close the January list; another person than drew it up confirms it."""
    user = rls.current_user_id()
    if filing.confirmed_on is not None:
        raise Confirmed(_("The list is confirmed already."))
    if user is not None and user == filing.by_id:
        raise Confirmed(_("Somebody else than drew it up confirms the list."))
    filing.confirmed_on, filing.confirmed_by_id = on, user
    filing.save(update_fields=["confirmed_on", "confirmed_by"])
    ledger.record(kind="register.confirmation", ids=[filing.pk])
    return filing


@transaction.atomic
def note_change(
    *, person: Person, what: str, told_on: date, filing: Filing | None = None
) -> Errand:
    """Note a change that was told of somebody registered; the law's clock runs from that day."""
    return _told(
        Errand(
            kind=Errand.Kind.CHANGE,
            filing=filing,
            person=person,
            place_id=person.place_id,
            full_name=person.full_name,
            birth_date=person.birth_date,
            what=what,
            told_on=told_on,
            due_on=clocks.change_due(told_on),
        )
    )


def _told(errand: Errand) -> Errand:
    errand.save(force_insert=True)
    ledger.record(kind="register.errand", ids=[errand.pk])
    return errand


@transaction.atomic
def register_listed(*, errand: Errand, identity: Identity, on: date, basis: str) -> Person:
    """First registration of a man of the January list: his entry settles the errand."""
    _refuse_settled(errand)
    person = register(identity=identity, place_id=errand.place_id, on=on, basis=basis)
    errand.person = person
    _settle(errand, person.acts.get(version=person.version), on)
    return person


@transaction.atomic
def enter_change(*, errand: Errand, on: date, basis: str) -> Act:
    """Enter a change that was told, with its paper."""
    _refuse_settled(errand)
    person = Person.objects.get(pk=cast("int", errand.person_id))
    act = inscribe(
        person=person, kind=Act.Kind.SUPPLEMENTED, on=on, basis=basis,
        changes={"change": [None, errand.what]},
    )  # fmt: skip
    _settle(errand, act, on)
    return act


def settle_by(*, errand: Errand | None, act: Act) -> None:
    """What was told to the office is settled by the act that entered it, if anything was."""
    if errand is not None:
        _refuse_settled(errand)
        _settle(errand, act, act.on)


def _refuse_settled(errand: Errand) -> None:
    if errand.settled_on is not None:
        raise NothingOpen(_("It was settled already; open the list again."))


def _settle(errand: Errand, act: Act, on: date) -> None:
    errand.act, errand.settled_on = act, on
    errand.full_name, errand.birth_date, errand.form = "", None, None
    errand.save(update_fields=["act", "settled_on", "person", "full_name", "birth_date", "form"])


@transaction.atomic
def register_absence(
    *, person: Person, since: date, until: date | None, on: date, document: str, address: str = ""
) -> Act:
    """Register an absence of three months or more; shorter ones need none, and one at a time."""
    _refuse_away(person, on)
    if not clocks.is_long_absence(since, until):
        months = clocks.LAW.integer("absence_months", since)
        raise NotLongEnough(
            _("An absence is registered from %(months)s months on.") % {"months": months}
        )
    return begin_spell(
        person=person, spell=Residence, valid_from=since, valid_to=until, on=on,
        document=document, kind=Stay.ABSENT, address=address,
    )  # fmt: skip


def _refuse_away(person: Person, on: date) -> None:
    lasts = Q(valid_to=None) | Q(valid_to__gt=on)
    if person.residences.filter(lasts, kind=Stay.ABSENT).exists():
        raise AlreadyAway(_("A long absence is registered already; enter his return first."))


@transaction.atomic
def register_return(*, person: Person, on: date, document: str) -> Act:
    """Register somebody again who is back from a long absence (art. 17)."""
    absence = person.residences.filter(kind=Stay.ABSENT).order_by("-valid_from", "-pk").first()
    if absence is None:
        raise NothingOpen(_("No long absence of this citizen is registered."))
    if person.acts.filter(changes__returned__1=absence.pk).exists():
        raise NothingOpen(_("His return from the last absence is entered already."))
    if absence.valid_to is None or absence.valid_to > on:
        end_spell(person=person, spell=absence, valid_to=on, on=on, document=document)
    return inscribe(
        person=person, kind=Act.Kind.SUPPLEMENTED, on=on, basis=document,
        changes={"returned": [None, absence.pk]},
    )  # fmt: skip


@transaction.atomic
def register_reserve(*, person: Person, on: date, document: str) -> Act:
    """Register a discharged soldier for the reserve, once after each discharge."""
    _refuse_reservist(person, on)
    return inscribe(
        person=person, kind=Act.Kind.SUPPLEMENTED, on=on, basis=document,
        changes={"reserve": [None, on.isoformat()]},
    )  # fmt: skip


def _refuse_reservist(person: Person, on: date) -> None:
    discharges = person.circumstances.filter(kind="active_service", valid_to__lte=on)
    last = discharges.order_by("-valid_to").values_list("valid_to", flat=True).first()
    entered = person.acts.filter(changes__has_key="reserve", on__gte=last or date.min)
    if entered.exists():
        raise InTheReserve(_("He is registered for the reserve already."))
