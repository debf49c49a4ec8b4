"""A unit's review of a period, and which reviews can be opened."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from muster.foundation.accounts import queries as accounts
from muster.foundation.accounts.models import User
from muster.foundation.units import queries as units
from muster.foundation.units.models import Unit
from muster.kernel.errors import Refused
from muster.kernel.periods import Period, parse
from muster.shell import written
from muster.synthesis.indicators import queries as indicators
from muster.synthesis.indicators import rules
from muster.synthesis.indicators.queries import Figure
from muster.synthesis.reports.queries.wording import period_name

_YEAR = 4  # letters of a period's code that name a whole year


class NoFigure(Refused):
    """A figure that the review of a unit does not have."""


@dataclass(frozen=True)
class Review:
    """A unit's review of a period, on the map of `as_of`.

    `others` are the units that the same code meant at an end of the period.
    """

    unit: units.Named
    period: Period
    as_of: date
    figures: tuple[Figure, ...]
    others: tuple[units.Named, ...]

    @property
    def notes(self) -> tuple[str, ...]:
        """What a reader must know: other bearers of the code, scale, assumptions."""
        return (*self.bearers, *self.doubts)

    @property
    def bearers(self) -> tuple[str, ...]:
        """Which other units the code meant, a sentence each."""
        return tuple(_bearers(self.unit, self.as_of, self.others))

    @property
    def doubts(self) -> tuple[str, ...]:
        """What weakens the figures: that they are scaled, what nobody confirmed."""
        return tuple(_doubts(self.figures))

    @property
    def title(self) -> str:
        """What the review is called, with the unit's name of the day."""
        return f"{self.subject} – {self.unit.full_name}"

    @property
    def subject(self) -> str:
        """What the review is of, without the unit: interim for a part of a year, else final."""
        names = {"period": period_name(self.period)}
        if len(self.period.code) == _YEAR:
            return _("Final review of local military and defence work, %(period)s") % names
        return _("Review of local military and defence work, %(period)s") % names


def half_year(code: str, period_code: str, as_of: date | None = None) -> Review:
    """The review of the unit that bore the code on `as_of`, by default the period's last day.

    Unknown codes and periods are refused in a sentence. A code that meant another
    unit at either end of the period is answered with both.
    """
    period, on, unit = _asked(code, period_code, as_of)
    figures = tuple(indicators.figures(unit.id, period, on))
    others = tuple(each for each in units.ambiguity(code, period) if each.id != unit.id)
    return Review(unit, period, on, figures, others)


def one_figure(
    code: str, period_code: str, indicator: str, as_of: date | None = None
) -> tuple[Review, Figure]:
    """One figure of a review, with a review of nothing else."""
    period, on, unit = _asked(code, period_code, as_of)
    figure = indicators.figure(indicator, unit.id, period, on)
    if figure is None:
        raise NoFigure(
            _("The review of %(unit)s has no figure “%(figure)s”.")
            % {"unit": unit.full_name, "figure": indicators.indicator(indicator).label},
            code="reports.no_figure",
        )
    return Review(unit, period, on, (figure,), ()), figure


def _asked(code: str, period_code: str, as_of: date | None) -> tuple[Period, date, units.Named]:
    period = parse(period_code)
    on = as_of or period.last_day
    return period, on, units.resolve(code, on)


def _bearers(unit: units.Named, on: date, others: tuple[units.Named, ...]) -> Iterator[str]:
    for other in others:
        words = {
            "code": unit.code,
            "other": other.full_name,
            "day": written.day(on),
            "unit": unit.full_name,
        }
        if other.closed_on is not None and other.closed_on <= on:
            words["last"] = written.day(other.closed_on - timedelta(days=1))
            yield (
                _(
                    "Code %(code)s meant %(other)s until %(last)s; here it is read on %(day)s"
                    " and means %(unit)s."
                )
                % words
            )
        else:
            words["first"] = written.day(other.opened_on)
            yield (
                _(
                    "Code %(code)s means %(other)s since %(first)s; here it is read on %(day)s"
                    " and means %(unit)s."
                )
                % words
            )


def _doubts(figures: tuple[Figure, ...]) -> Iterator[str]:
    if any(figure.scaled for figure in figures):
        yield _("Scaled: played on a part of the people, quotas in proportion.")
    resting: dict[str, list[str]] = {}
    for figure in figures:
        for doubt in figure.doubts:
            resting.setdefault(str(doubt), []).append(str(figure.indicator.label))
    for doubt, labels in resting.items():
        yield _("Not confirmed: %(labels)s (%(source)s).") % {
            "labels": ", ".join(labels),
            "source": doubt,
        }


@dataclass(frozen=True)
class Offer:
    """A review that can be opened: of which unit, for which period, on which day's map."""

    unit: units.Named
    period: Period
    as_of: date

    @property
    def title(self) -> str:
        """The period, as reports call it."""
        return period_name(self.period)

    @property
    def url(self) -> str:
        """The page of the review."""
        path = reverse("reports:half_year", args=[self.unit.code, self.period.code])
        return f"{path}?on={self.as_of.isoformat()}"


def offered(user: User, today: date) -> list[Offer]:
    """The reviews within the user's reach of which some figure is known, the latest first.

    Whoever answers for a part of a province is offered the reviews of his own units.
    """
    pairs = indicators.known()
    lives = Unit.objects.in_bulk({unit_id for unit_id, _period in pairs})
    found = set[Offer]()
    for unit_id, period in pairs:
        unit = lives[unit_id]
        day = rules.read_on(period, unit.opened_on, unit.closed_on)
        subjects = units.named(_subjects(user, unit_id, day, today), day)
        found |= {Offer(subject, period, day) for subject in subjects.values()}
    return sorted(found, key=lambda o: (o.period.start, o.as_of, o.unit.name), reverse=True)


def _subjects(user: User, unit_id: int, day: date, today: date) -> list[int]:
    """The unit itself, or those of the user's own leaf units that lay under it."""
    if indicators.covers(user, unit_id, day, today):
        return [unit_id]
    own = set(accounts.reach(user, today).leaf_units)
    return sorted(own.intersection(units.leaf_ids(unit_id, day)))
