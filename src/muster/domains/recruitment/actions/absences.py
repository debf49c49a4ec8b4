"""Who did not come to what he was called to: his reason is heard, then the commune minutes it."""

from datetime import date

from django.db import transaction

from muster.domains.recruitment import queries, rules
from muster.domains.recruitment.actions.acts import ABSTRACTS, ordered
from muster.domains.recruitment.actions.exam import NotServed
from muster.domains.recruitment.actions.examining import slips_follow
from muster.domains.recruitment.actions.moving import lock_open
from muster.domains.recruitment.models import Case, State
from muster.foundation.decisions import actions as decisions
from muster.foundation.decisions.models import Decision
from muster.kernel.errors import Refused

#: To what a man may be called and not come.
CALLED = (State.CALLED_TO_SCREENING, State.CALLED_TO_EXAM, State.CALLED_UP)


class NotMissed(Refused):
    """An absence of somebody who is not called, or whose day to appear is not over."""


class NotHeard(Refused):
    """An absence whose reason was heard before the day to appear, or is to be heard yet."""


@transaction.atomic
def record_absence(*, case: Case, heard_on: date, reason: str, on: date) -> Decision:
    """Minute that a man did not come, after his reason was heard; he is absent without a good one.

    `reason` is one of the parameter `absence_reasons`, "" where he gave no good one; with a good one he
    stays called. The reason is kept with the minutes' facts only, since it may tell of an illness.
    `NotServed` where the call did not reach him in time, `NotHeard`, `NotMissed` (art. 35.5).
    """
    lock_open(case.season)
    case = Case.objects.select_for_update().select_related("season").get(pk=case.pk)
    event_on = missed(case, on)
    if event_on is None:
        raise NotMissed(
            "an absence is minuted of somebody who is called, once his day to appear is over.",
            code="absence.not_missed",
        )
    if queries.not_served(case.season, [case.pk]):
        raise NotServed(
            "his call did not reach him in time, so he is not absent (art. 35.5); he stays called.",
            code="recruitment.not_served",
        )
    if not event_on <= heard_on <= on:
        raise NotHeard(
            "his reason is heard between the day to appear, %(event)s, and the minutes of %(day)s.",
            code="absence.not_heard",
            event=event_on,
            day=on,
        )
    minutes = _minutes(case, heard_on, reason, on)
    if not reason:
        Case.objects.filter(pk=case.pk).update(state=State.ABSENT, line=minutes.lines.get())
        slips_follow(season=case.season)
    return minutes


def missed(case: Case, on: date) -> date | None:
    """The day on which he was to appear and did not; None where there is none yet."""
    event_on = case.line.decision.event_on if case.line and case.state in CALLED else None
    return event_on if event_on and event_on < on else None


def _minutes(case: Case, heard_on: date, reason: str, on: date) -> Decision:
    if reason and reason not in rules.LAW.value("absence_reasons", on):
        raise NotHeard("choose a reason of the list.", code="absence.reason")
    told = {"heard_on": heard_on.isoformat(), "reason": reason or "none"}
    return decisions.decide(
        kind=ordered("absence_minutes", on),
        unit_id=queries.commune_of(case.place_id, on),
        signed_on=on,
        season=case.season.key,
        abstract=ABSTRACTS["absence_minutes"],
        lines=[
            decisions.Draft(
                case.person_id,
                case.place_id,
                "excused" if reason else State.ABSENT,
                "35.5",
                facts=told,
            )
        ],
    )
