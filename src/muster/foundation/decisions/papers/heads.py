"""What the heads and feet of papers share: who issues, who signs, from where, what is doubtful."""

from datetime import date

from django.utils.translation import gettext as _

from muster.foundation.decisions import queries
from muster.foundation.decisions.models import Decision
from muster.foundation.units import queries as units


def issuer(role: str, unit: str) -> tuple[str, ...]:
    """The issuing body as it was called on the day, below the committee that it belongs to."""
    committee = _("PEOPLE'S COMMITTEE")
    bodies = {
        "council": _("MILITARY SERVICE COUNCIL"),
        "exam_chair": _("HEALTH EXAMINATION COUNCIL"),
        "health_station": _("HEALTH STATION"),
    }
    if role in bodies:
        return (committee, unit.upper(), bodies[role])
    own = {
        "commander": _("MILITARY COMMAND"),
        "assessment_chair": _("MEDICAL ASSESSMENT COUNCIL"),
    }
    return (own.get(role, committee), unit.upper())


def signer(decision: Decision) -> tuple[str, ...]:
    """The lines above the signature: the head, or KT., TL., TUQ. and who signs."""
    heads = {
        "chairman": _("CHAIRMAN"),
        "commander": _("COMMANDER"),
        "health_station": _("HEAD OF THE STATION"),
    }
    head = heads.get(decision.role, _("CHAIR OF THE COUNCIL"))
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
