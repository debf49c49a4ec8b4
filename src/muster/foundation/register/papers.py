"""Papers about an entry: the certificate of registration, and the extract of all that is kept."""

from collections.abc import Mapping
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import segno
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from muster.foundation.register.models import Certificate
from muster.foundation.register.rules import own as rules
from muster.shell import papers

_TEMPLATE = Path(__file__).with_name("paper.typ")
_MOTTO = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")


def receipt_address(house: str, paper: Certificate) -> str:
    """Where anybody who holds the paper may ask the log about it."""
    return urljoin(house, reverse("ledger:receipt", args=["register.certificate", paper.uid]))


def certificate(paper: Certificate, facts: Mapping[str, str], link: str) -> bytes:
    """A paper of the desk (Decree 13/2016, art. 3), with room for signature and seal."""
    signatory = rules.signatory(paper.kind, paper.on)
    return _pdf(
        paper,
        link,
        issuer=_issuers()[signatory],
        seat=(facts.get("office") or facts.get("commune", "")).upper(),
        facts=[(_labels()[name], value) for name, value in facts.items() if name != "office"],
        signer=_signers()[signatory],
        sections=[],
        **_words(paper.kind, facts),
    )


def _words(kind: str, facts: Mapping[str, str]) -> dict[str, str]:
    """How a paper of the kind is headed, and what it says before and after the facts."""
    if kind == Certificate.Kind.TRANSFER:
        reservist = "reserve_on" in facts
        return {
            "kind": _("LETTER OF INTRODUCTION"),
            "title": _("Transfer of a reservist") if reservist
            else _("Transfer of military service registration"),
            "opening": _("This is to introduce the citizen"),
            "closing": _("to the office named, to be registered there by the day named."),
        }  # fmt: skip
    certify = _("This is to certify that the citizen")
    if kind == Certificate.Kind.ABSENCE:
        return {
            "kind": _("CONFIRMATION"),
            "title": _("Military service registration of an absence"),
            "opening": certify,
            "closing": _("has registered his absence; once back, he registers again here."),
        }
    reserve = kind == Certificate.Kind.RESERVIST
    return {
        "kind": _("CERTIFICATE"),
        "title": _("Registration of a reservist") if reserve
        else _("Military service registration"),
        "opening": certify,
        "closing": _("is registered for the reserve at this office.") if reserve
        else _("has registered for military service at this office."),
    }  # fmt: skip


def extract(paper: Certificate, whole: Mapping[str, Any], link: str) -> bytes:
    """All that is kept of a citizen, as a paper; it needs no signature."""
    facts = [(name, _shown(value)) for name, value in whole["entry"].items()]
    titles = {
        "history": _("What has happened"),
        "read_by": _("Who read it"),
        "requests": _("Corrections asked for"),
    }
    sections = [
        (
            titles.get(name, name),
            [" · ".join(filter(None, map(_shown, row.values()))) for row in rows],
        )
        for name, rows in whole.items()
        if name != "entry" and rows
    ]
    return _pdf(
        paper,
        link,
        issuer="",
        seat="",
        kind=_("EXTRACT"),
        title=_("All that the register keeps of its holder"),
        opening="",
        facts=facts,
        closing=_("Printed by the citizen himself; without signature or seal."),
        signer="",
        sections=sections,
    )


def _pdf(paper: Certificate, link: str, **parts: Any) -> bytes:
    day = paper.on
    common = {
        "lang": get_language(),
        "motto": _MOTTO,
        "courtesy": "" if get_language() == "vi"
        else _("Courtesy translation; the Vietnamese text is authoritative."),
        "date": _("Dated %(day)02d/%(month)02d/%(year)d")
        % {"day": day.day, "month": day.month, "year": day.year},
        "qr": _qr(link),
        "receipt": _("Number in the public log: %(uid)s") % {"uid": paper.uid},
    }  # fmt: skip
    return papers.render(_TEMPLATE, common | parts)


def _labels() -> dict[str, str]:
    return {
        "full_name": _("Full name"), "birth_date": _("Date of birth"), "sex": _("Sex"),
        "ethnicity": _("Ethnic group"), "citizen_number": _("Citizen number"),
        "place": _("Registered at"), "commune": _("Ward or commune"),
        "registered_on": _("First registered on"), "served": _("Served"),
        "discharge": _("Discharge paper"), "reserve_on": _("Registered for the reserve on"),
        "to_commune": _("Goes to"), "to_place": _("To be registered at"), "basis": _("On the paper"),
        "due_on": _("By the day"), "absent_from": _("Away from"), "absent_until": _("Until"),
        "absent_at": _("Stays at"),
    }  # fmt: skip


def _issuers() -> dict[str, str]:
    return {
        "commune_chairman": _("PEOPLE'S COMMITTEE"),
        "commune_commander": _("MILITARY COMMAND"),
        "district_commander": _("MILITARY COMMAND"),
    }


def _signers() -> dict[str, str]:
    commander = _("COMMANDER")
    return {
        "commune_chairman": _("CHAIRMAN"),
        "commune_commander": commander,
        "district_commander": commander,
    }


def _shown(value: object) -> str:
    return f"{value:%d/%m/%Y}" if isinstance(value, date) else str(value or "")


def _qr(link: str) -> str:
    picture = BytesIO()
    segno.make(link, error="m").save(picture, kind="svg", xmldecl=False, border=0)
    return picture.getvalue().decode()
