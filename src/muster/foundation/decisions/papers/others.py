"""Notices for the board, minutes of votes, sheets for the round."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.utils.translation import gettext as _

from muster.foundation.decisions import queries, rules
from muster.foundation.decisions.models import Decision, Posting, Resolution, labels
from muster.foundation.decisions.papers.deciding import (
    LONGEST,
    abstract,
    require_printable,
    when,
    word,
)
from muster.foundation.decisions.papers.heads import issuer, seat_of, short, signer, unconfirmed
from muster.foundation.decisions.papers.paper import Paper, cell_text, written_day
from muster.foundation.decisions.queries import LineView


def of_posting(posting: Posting, *, place_ids: Sequence[int] | None, base_url: str) -> Paper:
    """The notice for the board: the list with just the fields ordered for it."""
    decision = posting.decision
    unit = queries.signers([decision.unit_id], decision.signed_on)[decision.unit_id].name
    shown = queries.posted(posting, place_ids=place_ids, limit=LONGEST + 1)
    require_printable(len(shown.rows))
    return Paper(
        issuer=issuer(decision.role, unit),
        number=_("No. %(number)s") % {"number": decision.full_number},
        place_and_date=f"{seat_of(decision)}, {written_day(posting.valid_from)}",
        kind=_("NOTICE"),
        abstract=abstract(decision),
        paragraphs=(
            _(
                "Posted under %(kind)s No. %(number)s of %(day)s, from %(first)s until the end of "
                "%(last)s. Whoever is named may complain to the office that signed."
            )
            % {
                "kind": word(decision).capitalize(),
                "number": decision.full_number,
                "day": written_day(decision.signed_on),
                "first": written_day(posting.valid_from),
                "last": written_day(rules.last_day(posting.valid_to)),
            },
        ),
        signer=signer(decision),
        signatory=decision.signatory,
        annex_title=_("LIST"),
        columns=(_("Serial no."), *(str(heading) for heading in shown.headings)),
        rows=tuple(
            (str(number), *(cell_text(value) for value in row))
            for number, row in enumerate(shown.rows, 1)
        ),
        notes=() if decision.confirmed else (unconfirmed(decision.confirmed_note),),
        receipt=_("This list and its complaints online"),
        receipt_url=f"{base_url}/decisions/posted/{posting.uid}/",
    )


def of_resolution(resolution: Resolution, *, names: Iterable[tuple[str, ...]] = ()) -> Paper:
    """The minutes of a vote: who sat, who voted how, and how it was counted."""
    body, on = resolution.body, resolution.adopted_on
    unit = queries.signers([body.unit_id], on)[body.unit_id]
    return Paper(
        issuer=(*issuer("chairman", unit.name), body.get_kind_display().upper()),
        number="",
        place_and_date=f"{short(unit.unit_id, on)}, {written_day(on)}",
        kind=_("MINUTES"),
        abstract=_("On the vote on: %(what)s")
        % {"what": labels.label(labels.KINDS, resolution.act)},
        paragraphs=(*seats_taken(resolution), how_counted(resolution)),
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
        issuer=issuer(decision.role, unit),
        number=_("No. %(number)s") % {"number": decision.full_number},
        place_and_date=f"{seat_of(decision)}, {written_day(decision.signed_on)}",
        kind=_("DELIVERY SHEET"),
        abstract=abstract(decision),
        paragraphs=(when(decision),),
        signer=(_("DELIVERED BY"),),
        annex_title=_("LIST"),
        columns=(
            _("Serial no."),
            *(str(each) for each in (labels.FULL_NAME, labels.BORN, labels.RESIDENCE)),
            *(_("Received (signature, day)"), _("Refused, away, by whom taken")),
        ),
        rows=tuple(
            (str(number), line.full_name, cell_text(line.born), line.place_name, "", "")
            for number, line in enumerate(lines, 1)
        ),
    )


def seats_taken(resolution: Resolution) -> tuple[str, ...]:
    """Who of the members was present and who away, in a sentence each; none of a bulk vote."""
    if resolution.meeting_id is None:
        return ()
    came = set(queries.attending(resolution.meeting_id))
    members = queries.seats_on(resolution.body_id, resolution.adopted_on)
    groups = (
        (_("Present: %(members)s."), [str(seat) for pk, seat in members.items() if pk in came]),
        (_("Away: %(members)s."), [str(seat) for pk, seat in members.items() if pk not in came]),
    )
    return tuple(told % {"members": "; ".join(seats)} for told, seats in groups if seats)


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
