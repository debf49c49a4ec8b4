"""The papers that the communes' offices file through the year."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from muster.foundation.register.actions import duties as acts
from muster.foundation.register.models import Filing
from muster.foundation.register.rules import clocks
from muster.foundation.units.models import Unit
from muster.synthesis.rehearsal import queries
from muster.synthesis.rehearsal.actions.books import entered
from muster.synthesis.rehearsal.actions.reform import REFORM

if TYPE_CHECKING:
    from muster.synthesis.rehearsal.actions.playing import Stage

_FORGETFUL = "9"  # communes whose code ends so have yet to enter the last notice of the police


def file_papers(stage: "Stage") -> None:
    """January lists, confirmed, and the police's notices of every quarter since the reform."""
    ids = queries.units_of_interest(stage.today, "commune")
    communes = list(Unit.objects.filter(pk__in=ids).order_by("code"))
    years = range(REFORM.year + 1, stage.today.year + 1)
    lists = sum(_draw_up(communes, year) for year in years)
    told = _quarters_told(stage.today)
    notices = sum(_enter(communes, quarter, last=quarter == told[-1]) for quarter in told)
    values = {"lists": lists, "notices": notices}
    stage.say(_("  %(lists)s January lists, %(notices)s notices of the police") % values)


def _draw_up(communes: list[Unit], year: int) -> int:
    on = date(year, 1, 12)
    for unit in communes:
        paper = acts.file_paper(
            unit_id=unit.pk, kind=Filing.Kind.JANUARY, period=date(year, 1, 1), on=on,
            basis=entered(gettext_noop("January list of %(year)s"), year=year),
        )  # fmt: skip
        acts.confirm_list(filing=paper, on=on + timedelta(days=9))
    return len(communes)


def _quarters_told(today: date) -> list[date]:
    """The quarters since the reform of which the police have told by today."""
    years = range(REFORM.year, today.year + 1)
    firsts = [date(year, month, 1) for year in years for month in (1, 4, 7, 10)]
    return [day for day in firsts if day >= REFORM and clocks.police_notice_days(day)[1] < today]


def _enter(communes: list[Unit], quarter: date, *, last: bool) -> int:
    telling = [unit for unit in communes if not (last and unit.code.endswith(_FORGETFUL))]
    for unit in telling:
        acts.file_paper(
            unit_id=unit.pk, kind=Filing.Kind.POLICE, period=quarter,
            on=clocks.police_notice_days(quarter)[0], basis=entered(gettext_noop("notice of the commune police")),
        )  # fmt: skip
    return len(telling)
