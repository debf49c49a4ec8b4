"""A season played through its own actions: life answers, the rules decide."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import polars as pl
from django.utils.translation import gettext as _

from muster.domains.recruitment import actions as recruitment
from muster.domains.recruitment import rules
from muster.domains.recruitment.models import Season, State, Step
from muster.foundation.register import synthetic
from muster.foundation.units import queries as units
from muster.foundation.units.models import Unit
from muster.synthesis.rehearsal import queries
from muster.synthesis.rehearsal.rules import Calendar, calendar

if TYPE_CHECKING:
    from muster.synthesis.rehearsal.actions.playing import Stage

_NOTICE = 20  # days between a call and its day; the law asks for fifteen


def play_season(stage: "Stage", spec: dict[str, Any]) -> None:
    """Open the season and take every step whose day has come."""
    days = _days(spec)
    season = _open(stage, spec, days)
    for step, day, take in _steps(stage, spec, season, days):
        if day > stage.today:
            stage.say(_("  open: next is “%(step)s” on %(day)s") % {"step": step.label, "day": day})
            return
        take()
        recruitment.finish_step(season=season, step=step, done_on=day)
    recruitment.accept_recruits(season=season, on=days.accepted)
    recruitment.close_season(season=season, on=days.accepted)
    recruits = season.cases.filter(state=State.SERVING).count()
    stage.say(_("  %(recruits)s recruits serve") % {"recruits": recruits})


def discharge_due(stage: "Stage") -> None:
    """End the service of seasons whose months have passed."""
    for season in Season.objects.filter(closed_on__isnull=False).order_by("year", "unit_id"):
        due = rules.service_ends(season.hand_over_on)
        if due <= stage.today and season.cases.filter(state=State.SERVING).exists():
            men = recruitment.discharge(season=season, on=due)
            stage.say(
                _("  season %(year)s: %(men)s discharged") % {"year": season.year, "men": men}
            )


def _days(spec: dict[str, Any]) -> Calendar:
    window = rules.LAW.integer("replacement_days", spec["hand_over_on"])
    milestones = queries.scenario()["milestones"]
    return calendar(milestones, spec["year"], spec["hand_over_on"], window)


def _open(stage: "Stage", spec: dict[str, Any], days: Calendar) -> Season:
    unit = Unit.objects.get(pk=units.resolve(spec["province"], days.source).id)
    return recruitment.announce_season(
        year=spec["year"],
        unit=unit,
        hand_over_on=spec["hand_over_on"],
        hand_over_confirmed=spec["hand_over_confirmed"],
        milestones={step: getattr(days, step.value) for step in Step},
        opened_on=days.source,
        scale=stage.scale.factor,
        seats=stage.scale.of(spec["seats"]),
        source=spec["seats_source"],
        confirmed=spec["seats_confirmed"],
    )


def _steps(
    stage: "Stage", spec: dict[str, Any], season: Season, days: Calendar
) -> Iterator[tuple[Step, date, Callable[[], object]]]:
    """Each step with its day and what is done on it, in order."""
    yield Step.SOURCE, days.source, lambda: recruitment.draw_source(season=season, on=days.source)
    yield Step.REVIEW, days.review, lambda: None
    yield (
        Step.SIGNED,
        days.signed,
        lambda: _decide_grounds(season, days),
    )
    yield Step.SCREENING, days.screening, lambda: _screen(stage, season, days)
    yield Step.EXAM, days.exam, lambda: _examine(stage, season, days)
    yield (
        Step.POLITICAL,
        days.political,
        lambda: _review(season, days),
    )
    yield (
        Step.CLOSING,
        days.closing,
        lambda: recruitment.close_list(season=season, signed_on=days.closing),
    )
    yield Step.CALL_UP, days.call_up, lambda: _call_up(stage, season, days)
    yield Step.HAND_OVER, days.hand_over, lambda: _hand_over(stage, season, days)
    yield Step.RE_CHECK, days.re_check, lambda: _re_check(stage, spec, season, days)


def _decide_grounds(season: Season, days: Calendar) -> None:
    """Grounds first; then the seats are shared out over the men who can be called."""
    recruitment.review_grounds(season=season, reviewed_on=days.review, signed_on=days.signed)
    recruitment.share_quota(season=season, on=days.signed)


def _screen(stage: "Stage", season: Season, days: Calendar) -> None:
    signed = days.screening - timedelta(days=_NOTICE)
    recruitment.call_to_screening(season=season, signed_on=signed, screening_on=days.screening)
    men = _answers(stage, season, State.CALLED_TO_SCREENING, signed)
    _serve(season, "prescreening_call", signed, men)
    seen = men.filter("comes_to_screening")
    passed = [
        case
        for case, reading in _readings(stage, season, seen)
        if rules.health_class(replace(reading, scores={}), days.screening).fit is not False
    ]
    recruitment.conclude_screening(
        season=season,
        on=days.screening,
        came=_cases(seen),
        passed=passed,
        excused=_cases(men.filter("screening_reason")),
    )


def _examine(stage: "Stage", season: Season, days: Calendar) -> None:
    signed = days.exam - timedelta(days=_NOTICE)
    recruitment.call_to_exam(season=season, signed_on=signed, exam_on=days.exam)
    men = _answers(stage, season, State.CALLED_TO_EXAM, signed)
    _serve(season, "exam_call", signed, men)
    seen = men.filter("comes_to_exam")
    later = _second_day(stage, seen, days)
    seen = seen.join(later, on="case_id", how="anti", maintain_order="left")
    recruitment.conclude_health(
        season=season,
        on=days.exam,
        classes=[
            (case, _concluded(reading, days.exam))
            for case, reading in _readings(stage, season, seen)
        ],
        excused=[*_cases(men.filter("exam_reason")), *_cases(later)],
    )


def _second_day(stage: "Stage", seen: pl.DataFrame, days: Calendar) -> pl.DataFrame:
    """Who is examined later, as long as the examinations of today's season go on: one in ten."""
    return seen.tail(len(seen) // 10 if stage.today < days.political else 0)


def _review(season: Season, days: Calendar) -> None:
    """The unfit are deferred in the season's second round; the fit pass the body's review."""
    recruitment.defer_unfit(season=season, signed_on=days.exam + timedelta(days=10))
    recruitment.conclude_political_review(season=season, on=days.political, failed=[])


def _answers(stage: "Stage", season: Season, state: State, on: date) -> pl.DataFrame:
    """The season's men in a state, and how each answers a call."""
    men = queries.men_at(season, state, on)
    answers = synthetic.behaviour(men, seed=stage.seed, season=season.year)
    return men.join(answers, on="source_id", maintain_order="left")


def _serve(season: Season, act: str, on: date, men: pl.DataFrame) -> None:
    """Carry the papers of a step to everybody; who refuses to take his is served too."""
    refused = _cases(men.filter("refuses_paper"))
    recruitment.serve_calls(season=season, kind=act, delivered_on=on, refused=refused)


def _cases(men: pl.DataFrame) -> list[int]:
    return men["case_id"].to_list()


_SCORED = ("eyes", "teeth", "ent", "internal", "surgical", "skin", "psychiatric")


def _readings(stage: "Stage", season: Season, men: pl.DataFrame) -> list[tuple[int, rules.Reading]]:
    """What the doctors measure on each man, with his case."""
    measured = synthetic.readings(men, seed=stage.seed, season=season.year)
    return [
        (row["case_id"], _reading(row))
        for row in men.join(measured, on="source_id").iter_rows(named=True)
    ]


def _reading(row: dict[str, Any]) -> rules.Reading:
    return rules.Reading(
        sex=row["sex"],
        height_cm=row["height_cm"],
        weight_kg=row["weight_kg"],
        chest_cm=row["chest_cm"],
        myopia_d=max(row["right_myopia_d"], row["left_myopia_d"]),
        hyperopia_d=row["hyperopia_d"],
        scores={name: row[name] for name in _SCORED},
    )


def _concluded(reading: rules.Reading, on: date) -> int:
    """The council's conclusion: the proposed class; where it is open, or beyond a limit, the worse.

    A man beyond the limits of Circular 68/2025 is not fit whatever his class.
    """
    health = rules.health_class(reading, on)
    unfit = min(set(range(1, 7)) - set(rules.LAW.value("fit_classes", on)))
    return max(health.possible[-1], unfit if health.fit is False else 1)


def _call_up(stage: "Stage", season: Season, days: Calendar) -> None:
    """Call the selected, and the reserve to stand by."""
    reserve = season.cases.filter(state=State.RESERVE).count()
    recruitment.call_up(season=season, signed_on=days.call_up, reserve=reserve)
    men = _answers(stage, season, State.CALLED_UP, days.call_up)
    _serve(season, "call_up", days.call_up, men)


def _hand_over(stage: "Stage", season: Season, days: Calendar) -> None:
    men = _answers(stage, season, State.CALLED_UP, days.hand_over)
    missing = _cases(men.filter("refuses_call_up"))
    recruitment.hand_over(season=season, on=days.hand_over, absent=missing)


def _re_check(stage: "Stage", spec: dict[str, Any], season: Season, days: Calendar) -> None:
    men = _answers(stage, season, State.HANDED_OVER, days.re_check)
    faulty = men.sort("hidden_fault", descending=True, maintain_order=True)
    reported = _reported_returns(spec)
    found = int(faulty["hidden_fault"].sum())
    count = found if reported is None else stage.scale.of(reported, least=0)
    returned = _cases(faulty.head(count))
    if returned:
        recruitment.return_recruits(season=season, on=days.re_check, cases=returned)
    # A small province reaches the legal share with its first man; then the seat stays open.
    most = rules.most_replaced(stage.scale.of(spec["seats"]), days.re_check)
    if replaced := returned[:most]:
        recruitment.replace_recruits(season=season, on=days.re_check, cases=replaced)


def _reported_returns(spec: dict[str, Any]) -> int | None:
    """How many recruits the units sent back, where a review tells it."""
    for each in queries.scenario()["returns"]:
        if (each["year"], each["province"]) == (spec["year"], spec["province"]):
            return int(each["men"])
    return None
