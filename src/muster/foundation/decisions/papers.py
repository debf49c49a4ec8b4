"""Decisions, notices and minutes on paper: the nine parts that Decree 30/2020 orders."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import segno
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from muster.foundation.decisions import queries, rules
from muster.foundation.decisions.models import Decision, Posting, Resolution, labels
from muster.foundation.decisions.queries import LineView
from muster.foundation.units import queries as units
from muster.kernel.errors import Refused
from muster.shell import papers, written

TEMPLATE = Path(__file__).with_name("paper.typ")
MOTTO = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
LONGEST = 3_000


class TooLong(Refused):
    """An annex of more names than one paper carries."""


@dataclass(frozen=True, slots=True)
class Paper:
    """The parts of an official paper, in the order of Decree 30/2020, art. 8."""

    issuer: tuple[str, ...]
    number: str
    place_and_date: str
    kind: str
    abstract: str
    authority: str = ""
    bases: tuple[str, ...] = ()
    verb: str = ""
    articles: tuple[str, ...] = ()
    paragraphs: tuple[str, ...] = ()
    signer: tuple[str, ...] = ()
    signatory: str = ""
    second_signer: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    annex_title: str = ""
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    notes: tuple[str, ...] = ()
    receipt: str = ""
    receipt_url: str = ""

    def pdf(self) -> bytes:
        """The paper as PDF, the same bytes for the same paper."""
        return papers.render(TEMPLATE, self.parts())

    def parts(self) -> dict[str, Any]:
        """The parts as plain data, with what every paper of the house shows."""
        own = {name: getattr(self, name) for name in self.__slots__}
        return own | {
            "lang": get_language(),
            "motto": MOTTO,
            "courtesy": courtesy(),
            "recipients_title": _("Recipients:"),
            "article_word": _("Article"),
            "qr": _qr(self.receipt_url),
        }


def courtesy() -> str:
    """What a copy in another language says of itself."""
    if get_language() == "vi":
        return ""
    return _("Courtesy translation; the Vietnamese text is authoritative.")


def of_decision(
    decision: Decision, *, base_url: str, place_ids: Sequence[int] | None = None
) -> Paper:
    """A decision with its annex; the names are those that the reader may see."""
    lines = queries.annex(decision.pk, limit=LONGEST + 1, place_ids=place_ids)
    if len(lines) > LONGEST:
        raise TooLong(
            _("The annex has more than %(most)d names; print it commune by commune.")
            % {"most": LONGEST}
        )
    return _decided(
        decision,
        lines,
        receipt_url=f"{base_url}/decisions/{decision.uid}/",
        annex_title=_("LIST attached to Decision %(number)s of %(day)s")
        % {"number": decision.full_number, "day": written_day(decision.signed_on)},
    )


def of_line(decision: Decision, line: LineView, *, base_url: str) -> Paper:
    """One name's extract of a decision, with the address of its receipt."""
    return _decided(
        decision,
        [line],
        receipt_url=f"{base_url}/decisions/receipt/{line.uid}/",
        annex_title=_("EXTRACT for the citizen named"),
    )


def _decided(
    decision: Decision, lines: Sequence[LineView], *, receipt_url: str, annex_title: str
) -> Paper:
    unit = queries.signers([decision.unit_id], decision.signed_on)[decision.unit_id].name
    place = _named(decision)
    return Paper(
        issuer=_issuer(decision.role, unit),
        number=_("No. %(number)s") % {"number": decision.full_number},
        place_and_date=f"{place}, {written_day(decision.signed_on)}",
        kind=_("DECISION"),
        abstract=abstract(decision),
        authority=f"{labels.label(labels.ROLES, decision.role)} {unit}".upper(),
        bases=_bases(decision),
        verb=_("DECIDES:"),
        articles=_articles(decision, len(lines), unit),
        signer=_signer(decision),
        signatory=decision.signatory,
        recipients=(_("as in Article 3"), _("kept: clerk's office")),
        annex_title=annex_title,
        columns=(
            _("Serial no."),
            *(str(each) for each in (labels.FULL_NAME, labels.BORN, labels.RESIDENCE)),
            *(str(each) for each in (labels.OUTCOME, labels.ARTICLE)),
        ),
        rows=tuple(_row(number, line) for number, line in enumerate(lines, 1)),
        notes=() if decision.confirmed else (_unconfirmed(decision.confirmed_note),),
        receipt=_("Receipt of this decision in the public log"),
        receipt_url=receipt_url,
    )


def abstract(decision: Decision) -> str:
    """The line under the word DECISION: what it is about."""
    known = {
        "registration_call": _("On calling citizens to register for military service"),
        "prescreening_call": _("On calling citizens to the pre-screening of health"),
        "exam_call": _("On calling citizens to the health examination for military service"),
        "call_up": _("On calling up citizens for active service"),
        "final_list": _("On approving the list of citizens called up"),
        "quota": _("On assigning the quota of recruits"),
        "deferral": _("On deferring the call-up of citizens"),
        "exemption": _("On exempting citizens from call-up"),
        "complaint_answer": _("On settling a complaint"),
    }
    text = known.get(decision.kind) or decision.abstract
    text = text or labels.label(labels.KINDS, decision.kind)
    if not decision.season:
        return text
    return _("%(what)s, season %(year)s") % {"what": text, "year": decision.season_year}


def _bases(decision: Decision) -> tuple[str, ...]:
    """The texts that the decision rests on, then the resolution that proposed it."""
    laws = rules.paper_bases(decision.signed_on)
    bases = tuple(_("On the basis of %(law)s") % {"law": _(law)} for law in laws)
    return (*bases, *_proposals(decision))


def _proposals(decision: Decision) -> tuple[str, ...]:
    """Whose councils proposed the list, and by how many votes where it was one."""
    carried = queries.resolutions_behind(decision)
    if len(carried) > 1:
        several = _("On the proposals of %(count)d Military Service Councils")
        return (several % {"count": len(carried)},)
    text = _(
        "On the proposal of the %(body)s, carried on %(day)s by %(ayes)d of %(members)d members"
    )
    return tuple(
        text
        % {
            "day": written_day(each.adopted_on),
            "body": each.body.name,
            "ayes": each.ayes,
            "members": each.members,
        }
        for each in carried
    )


def _articles(decision: Decision, names: int, unit: str) -> tuple[str, ...]:
    first = ngettext(
        "%(what)s for %(count)d citizen named in the attached list.",
        "%(what)s for %(count)d citizens named in the attached list.",
        names,
    ) % {"what": labels.label(labels.KINDS, decision.kind), "count": names}
    return (
        f"{first} {_when(decision)}".strip(),
        _("Whoever is named may complain within %(days)d days of receiving this decision.")
        % {"days": (rules.complaint_until(decision.signed_on) - decision.signed_on).days},
        _(
            "This decision takes effect on %(day)s. The offices of %(unit)s and the citizens "
            "named carry it out."
        )
        % {"day": written_day(decision.effective_on), "unit": unit},
    )


def _when(decision: Decision) -> str:
    posting = decision.postings.order_by("valid_from").first()
    if posting is not None:
        return _("The list is posted from %(first)s until the end of %(last)s.") % {
            "first": written_day(posting.valid_from),
            "last": written_day(rules.last_day(posting.valid_to)),
        }
    if decision.event_on and decision.serve_by:
        return _(
            "They appear on %(event)s; the decision is handed over by %(serve_by)s at the latest."
        ) % {
            "event": written_day(decision.event_on),
            "serve_by": written_day(decision.serve_by),
        }
    return ""


def of_posting(posting: Posting, *, place_ids: Sequence[int] | None, base_url: str) -> Paper:
    """The notice for the board: the list with just the fields ordered for it."""
    decision = posting.decision
    unit = queries.signers([decision.unit_id], decision.signed_on)[decision.unit_id].name
    shown = queries.posted(posting, place_ids=place_ids, limit=LONGEST)
    return Paper(
        issuer=_issuer(decision.role, unit),
        number=_("No. %(number)s") % {"number": decision.full_number},
        place_and_date=f"{_named(decision)}, {written_day(posting.valid_from)}",
        kind=_("NOTICE"),
        abstract=abstract(decision),
        paragraphs=(
            _(
                "Posted under Decision %(number)s of %(day)s, from %(first)s until the end of "
                "%(last)s. Whoever is named may complain to the office that signed."
            )
            % {
                "number": decision.full_number,
                "day": written_day(decision.signed_on),
                "first": written_day(posting.valid_from),
                "last": written_day(rules.last_day(posting.valid_to)),
            },
        ),
        signer=_signer(decision),
        signatory=decision.signatory,
        annex_title=_("LIST"),
        columns=(_("Serial no."), *(str(heading) for heading in shown.headings)),
        rows=tuple(
            (str(number), *(_cell(value) for value in row))
            for number, row in enumerate(shown.rows, 1)
        ),
        notes=() if decision.confirmed else (_unconfirmed(decision.confirmed_note),),
        receipt=_("This list and its complaints online"),
        receipt_url=f"{base_url}/decisions/posted/{posting.uid}/",
    )


def of_resolution(resolution: Resolution, *, names: Iterable[tuple[str, ...]] = ()) -> Paper:
    """The minutes of a vote: who sat, who voted how, and how it was counted."""
    body, on = resolution.body, resolution.adopted_on
    unit = queries.signers([body.unit_id], on)[body.unit_id]
    return Paper(
        issuer=(" ".join(_issuer("chairman", unit.name)), body.get_kind_display().upper()),
        number="",
        place_and_date=f"{_short(unit.unit_id, on)}, {written_day(on)}",
        kind=_("MINUTES"),
        abstract=_("On the vote on: %(what)s")
        % {"what": labels.label(labels.KINDS, resolution.act)},
        paragraphs=(how_counted(resolution),),
        signer=(_("CHAIR OF THE COUNCIL"),),
        second_signer=(_("SECRETARY"),),
        annex_title=_("Names voted on singly"),
        columns=(
            _("Serial no."),
            str(labels.FULL_NAME),
            str(labels.ARTICLE),
            _("For"),
            _("Result"),
        ),
        rows=tuple((str(number), *row) for number, row in enumerate(names, 1)),
    )


def round_sheet(decision: Decision, lines: Sequence[LineView]) -> Paper:
    """The sheet that a clerk takes along: papers to bring, with room for a signature each."""
    unit = queries.signers([decision.unit_id], decision.signed_on)[decision.unit_id].name
    return Paper(
        issuer=_issuer(decision.role, unit),
        number=_("No. %(number)s") % {"number": decision.full_number},
        place_and_date=f"{_named(decision)}, {written_day(decision.signed_on)}",
        kind=_("DELIVERY SHEET"),
        abstract=abstract(decision),
        paragraphs=(_when(decision),),
        signer=(_("DELIVERED BY"),),
        annex_title=_("LIST"),
        columns=(
            _("Serial no."),
            *(str(each) for each in (labels.FULL_NAME, labels.BORN, labels.RESIDENCE)),
            *(_("Received (signature, day)"), _("Refused, away, by whom taken")),
        ),
        rows=tuple(
            (str(number), line.full_name, _cell(line.born), line.place_name, "", "")
            for number, line in enumerate(lines, 1)
        ),
    )


def needed(members: int, on: date) -> int:
    """Votes that carry a list in a council of that size."""
    return rules.votes_needed(members, on)


def carried(passed: bool) -> str:
    """How a vote ended, in a word."""
    return _("carried") if passed else _("not carried")


def how_counted(resolution: Resolution) -> str:
    """In a sentence, how a vote was counted and why it passed or not."""
    result = _("The list is carried.") if resolution.passed else _("The list is not carried.")
    counted = _(
        "The council has %(members)d members; %(present)d were present. %(ayes)d voted for, "
        "%(noes)d against, %(recused)d took no part because of a conflict of interest. "
        "More than half of all members is %(needed)d, whoever is present or recused."
    )
    return f"{counted % _counts(resolution)} {result}"


def _counts(resolution: Resolution) -> dict[str, int]:
    names = ("members", "present", "ayes", "noes", "recused", "needed")
    return {name: getattr(resolution, name) for name in names}


def written_day(day: date) -> str:
    """A day in words as papers write it: "ngày 05 tháng 02 năm 2026"."""
    if get_language() != "vi":
        return written.day(day)
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)  # noqa: PLR2004 - Decree 30/2020
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def _issuer(role: str, unit: str) -> tuple[str, ...]:
    body = _("PEOPLE'S COMMITTEE") if role == "chairman" else _("MILITARY COMMAND")
    return (body, unit.upper())


def _signer(decision: Decision) -> tuple[str, ...]:
    head = _("CHAIRMAN") if decision.role == "chairman" else _("COMMANDER")
    if decision.delegation is None:
        return (head,)
    return (f"{decision.form}. {head}", decision.delegation.title.upper())


def _named(decision: Decision) -> str:
    return _short(decision.unit_id, decision.signed_on)


def _short(unit_id: int, on: date) -> str:
    found = units.named([unit_id], on).get(unit_id)
    return found.name if found else ""


def _row(number: int, line: LineView) -> tuple[str, ...]:
    outcome = labels.label(labels.OUTCOMES, line.outcome)
    return (str(number), line.full_name, _cell(line.born), line.place_name, outcome, line.article)


def _cell(value: object) -> str:
    return f"{value:%d/%m/%Y}" if isinstance(value, date) else str(value or "")


def _unconfirmed(note: str) -> str:
    return _("Unconfirmed: %(note)s") % {"note": note}


def _qr(url: str) -> str:
    if not url:
        return ""
    picture = BytesIO()
    segno.make(url, error="m").save(picture, kind="svg", xmldecl=False, border=0)
    return picture.getvalue().decode()
