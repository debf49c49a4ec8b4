"""What the heads and feet of papers share: who issues, who signs, from where, what is doubtful."""

from datetime import date

from django.utils.translation import gettext as _

from muster.foundation.decisions import queries
from muster.foundation.decisions.models import Decision
from muster.foundation.units import queries as units


def issuer(role: str, unit: str) -> tuple[str, ...]:
    """The issuing body as it was called on the day: kind of body, then unit."""
    body = _("PEOPLE'S COMMITTEE") if role == "chairman" else _("MILITARY COMMAND")
    return (body, unit.upper())


def signer(decision: Decision) -> tuple[str, ...]:
    """The lines above the signature: the head, or KT., TL., TUQ. and who signs."""
    head = _("CHAIRMAN") if decision.role == "chairman" else _("COMMANDER")
    if decision.delegation is None:
        return (head,)
    return (f"{decision.form}. {head}", decision.delegation.title.upper())


def seat_of(decision: Decision) -> str:
    """The place in the line of place and date: the unit's bare name of the day."""
    return short(decision.unit_id, decision.signed_on)


def short(unit_id: int, on: date) -> str:
    """A unit\'s name on a day, without its kind."""
    found = units.named([unit_id], on).get(unit_id)
    return found.name if found else ""


def unconfirmed(note: str) -> str:
    """What a paper says of law that nobody has confirmed."""
    return _("Unconfirmed: %(note)s") % {"note": queries.told(note)}
