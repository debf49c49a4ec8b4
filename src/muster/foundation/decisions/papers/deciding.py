"""A decision on paper, whole with its annex or as an extract for one man."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from muster.foundation.decisions import queries, rules
from muster.foundation.decisions.models import Decision, labels
from muster.foundation.decisions.papers.heads import issuer, seat_of, signer, unconfirmed
from muster.foundation.decisions.papers.paper import Paper, cell_text, written_day
from muster.foundation.decisions.queries import LineView
from muster.kernel.errors import Refused
from muster.shell import written

LONGEST = 3_000


class TooLong(Refused):
    """An annex of more names than one paper carries."""


def of_decision(
    decision: Decision, *, base_url: str, place_ids: Sequence[int] | None = None
) -> Paper:
    """A decision with its annex; the names are those that the reader may see."""
    lines = queries.annex(decision.pk, limit=LONGEST + 1, place_ids=place_ids)
    require_printable(len(lines))
    return _decided(
        decision,
        lines,
        receipt_url=f"{base_url}/decisions/{decision.uid}/",
        annex_title=_annex_title(decision),
    )


def _annex_title(decision: Decision) -> str:
    kind = word(decision)
    if kind == _("LIST"):
        return kind
    return _("LIST attached to %(kind)s No. %(number)s of %(day)s") % {
        "kind": kind.capitalize(),
        "number": decision.full_number,
        "day": written_day(decision.signed_on),
    }


def require_printable(names: int) -> None:
    """Refuse an annex that one paper cannot carry."""
    if names > LONGEST:
        raise TooLong(
            _("The annex has more than %(most)d names; print it commune by commune.")
            % {"most": LONGEST}
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
    place = seat_of(decision)
    cited = any(line.article for line in lines)
    return Paper(
        issuer=issuer(decision.role, unit),
        number=_("No. %(number)s") % {"number": decision.full_number},
        place_and_date=f"{place}, {written_day(decision.signed_on)}",
        kind=word(decision),
        abstract=abstract(decision),
        **_content(decision, len(lines), unit),
        signer=signer(decision),
        signatory=decision.signatory,
        annex_title=annex_title,
        columns=(
            _("Serial no."),
            *(str(each) for each in (labels.FULL_NAME, labels.BORN, labels.RESIDENCE)),
            str(labels.OUTCOME),
            *([str(labels.ARTICLE)] if cited else []),
        ),
        rows=tuple(_row(number, line, cited=cited) for number, line in enumerate(lines, 1)),
        notes=() if decision.confirmed else (unconfirmed(decision.confirmed_note),),
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


def word(decision: Decision) -> str:
    """The word for the type of paper, which its symbol begins with (Decree 30/2020, app. III)."""
    words = {
        "BB": _("MINUTES"),
        "DS": _("LIST"),
        "KL": _("CONCLUSION"),
        "KQ": _("RESULTS"),
        "TB": _("NOTICE"),
    }
    return words.get(decision.symbol.partition("-")[0], _("DECISION"))


def _content(decision: Decision, names: int, unit: str) -> dict[str, Any]:
    """Bases and articles of a decision; other papers state what they hold and no more."""
    articles = _articles(decision, names, unit)
    if not decision.symbol.startswith("QĐ"):
        return {"bases": _bases(decision), "paragraphs": articles[:1]}
    return {
        "authority": f"{labels.label(labels.ROLES, decision.role)} {unit}".upper(),
        "bases": _bases(decision),
        "verb": _("DECIDES:"),
        "articles": articles,
        "recipients": (_("as in Article 3"), _("kept: clerk's office")),
    }


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
    known = labels.KINDS.get(decision.kind)
    first = ngettext(
        "%(what)s for %(count)d citizen named in the attached list.",
        "%(what)s for %(count)d citizens named in the attached list.",
        names,
    ) % {"what": str(known) if known else _plain(decision.abstract), "count": names}
    return (
        f"{first} {when(decision)}".strip(),
        _remedy(decision),
        _(
            "This decision takes effect on %(day)s. The offices of %(unit)s and the citizens "
            "named carry it out."
        )
        % {"day": written_day(decision.effective_on), "unit": unit},
    )


def _remedy(decision: Decision) -> str:
    """What the man may do against it: complain, after an answer to the superior, or go to court."""
    on = decision.signed_on
    if decision.kind != "complaint_answer":
        days = (rules.complaint_until(on) - on).days
        told = _("Whoever is named may complain within %(days)d days of receiving this decision.")
    else:
        days = (rules.second_complaint_until(on, remote=False) - on).days
        told = _(
            "Whoever is named may, within %(days)d days of receiving this decision, complain to "
            "the superior of the office that answered first, or bring the matter to court."
        )
    return told % {"days": days}


def _plain(text: str) -> str:
    """An abstract as the beginning of a sentence: without "on" at its head."""
    bare = text.removeprefix("Về việc ")
    return bare[:1].upper() + bare[1:]


def when(decision: Decision) -> str:
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


def _row(number: int, line: LineView, *, cited: bool) -> tuple[str, ...]:
    outcome = labels.label(labels.OUTCOMES, line.outcome)
    article = [written.article(line.article)] if cited else []
    return (str(number), line.full_name, cell_text(line.born), line.place_name, outcome, *article)
