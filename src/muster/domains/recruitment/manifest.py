"""What recruitment declares about itself."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from muster.domains.recruitment import actions, queries, rules, tables
from muster.domains.recruitment.commands import commands
from muster.domains.recruitment.queries import figures, resting
from muster.foundation.accounts import queries as accounts
from muster.foundation.decisions import queries as decisions
from muster.kernel.manifest import (
    Indicator,
    LedgerCheck,
    LedgerKind,
    Manifest,
    MenuItem,
    Permission,
    Touched,
    WorkItem,
)

_AHEAD = timedelta(days=30)


def _work(user: Any, today: date) -> Iterator[WorkItem]:
    """The next step of each open season, once it is near; deferrals to set aside; slips."""
    roles = accounts.roles_on(user, today)
    if accounts.may(roles, "recruitment.examine"):
        yield from _slips()
    if accounts.may(roles, "decisions.sign"):
        yield from _outlived(user, today)
    if not accounts.may(roles, "recruitment.view"):
        return
    for step in queries.due_steps(today + _AHEAD):
        yield WorkItem(
            title=_("Season %(year)s: %(step)s")
            % {"year": step.season.year, "step": step.get_step_display()},
            due=step.due_on,
            url=tables.season_href(step.season),
            urgency="late" if step.due_on < today else "soon",
        )
    yield from _twice()


def _slips() -> Iterator[WorkItem]:
    """Men called to a health examination of whom nothing is concluded yet, for its doctors."""
    for each in queries.examinations():
        if left := each.slips - each.concluded:
            yield WorkItem(
                title=_("Season %(year)s: slips to examine and conclude")
                % {"year": each.season.year},
                url=reverse("recruitment:examinations"),
                count=left,
            )


def _outlived(user: Any, today: date) -> Iterator[WorkItem]:
    """Deferrals of men found fit since, for the office that sets them aside."""
    if found := queries.outlived(decisions.my_units(user, today), today):
        yield WorkItem(
            title=_("Deferrals without their ground, to set aside"),
            url=reverse("recruitment:outlived"),
            count=len(found),
        )


def _twice() -> Iterator[WorkItem]:
    """Men with two cases in an open season, since their entries were merged."""
    for season, men in resting.men_with_two_cases():
        yield WorkItem(
            title=_("Season %(year)s: men with two cases after a merge") % {"year": season.year},
            url=tables.season_href(season),
            count=men,
        )


def _touched_by(place_ids: Iterable[int], _on: date) -> Iterator[Touched]:
    if cases := queries.open_cases_at(place_ids):
        yield Touched(_("Cases of open recruitment seasons"), cases)


MANIFEST = Manifest(
    slug="recruitment",
    title=_("Recruitment"),
    menu=(
        MenuItem(_("Season"), "recruitment:seasons", "recruitment.view", order=30),
        MenuItem(_("Examination"), "recruitment:examinations", "recruitment.examine", order=31),
    ),
    refusals={
        "exam.not_chair": _(
            "A correction or conclusion on health by somebody who is not the chair"
        ),
    },
    permissions=(
        Permission("recruitment.examine", _("Examine at a station"), ("doctor",)),
        Permission(
            "recruitment.view",
            _("See the season"),
            ("clerk", "commander", "council", "chairman", "inspector", "administrator"),
        ),
        Permission("recruitment.open", _("Open a season"), ("commander", "chairman")),
        Permission("recruitment.request", _("Take in requests"), ("clerk", "commander")),
        Permission(
            "recruitment.political",
            _("Read a negative political and moral review"),
            ("council", "inspector"),
        ),
    ),
    indicators=(
        Indicator(
            code="recruitment.quota_met",
            label=_("Recruitment quota met"),
            unit="percent",
            compute=figures.quota_met,
            rows=figures.handed_over_rows,
            direction="up",
            places=1,
            known=figures.known,
        ),
        Indicator(
            code="recruitment.replaced",
            label=_("Recruits replaced"),
            unit="percent",
            compute=figures.replaced,
            rows=figures.replaced_rows,
            direction="down",
            places=2,
        ),
        Indicator(
            code="recruitment.degrees",
            label=_("Recruits with a college or university degree"),
            unit="percent",
            compute=figures.degrees,
            rows=figures.degree_rows,
            direction="up",
            places=1,
        ),
    ),
    ledger=(
        LedgerKind(
            "recruitment.reading",
            _("Station read"),
            'select id, json_build_array(id, slip_id, station, turn, "values", score, by_id)::text'
            " as canonical from recruitment_reading",
        ),
        LedgerKind(
            "recruitment.season",
            _("Season opened"),
            "select id, json_build_array(id, year, unit_id, hand_over_on, scale, opened_on)::text"
            " as canonical from recruitment_season",
        ),
        LedgerKind(
            "recruitment.quota",
            _("Quota announced"),
            "select id, json_build_array(id, season_id, unit_id, seats, weight, decided_on, source,"
            " confirmed)::text as canonical from recruitment_quota",
        ),
        LedgerKind(
            "recruitment.source_list",
            _("Source list drawn"),
            "select s.id, json_build_array(s.id, s.season_id, s.unit_id, s.drawn_on, s.men,"
            " encode(sha256(convert_to((select string_agg(c.person_id::text, ',' order by"
            " c.person_id) from recruitment_case c where c.source_list_id = s.id), 'UTF8')),"
            " 'hex'))::text as canonical from recruitment_sourcelist s",
        ),
        LedgerKind(
            "recruitment.step",
            _("Step of a season finished"),
            "select id, json_build_array(id, season_id, step, done_on)::text as canonical"
            " from recruitment_milestone where done_on is not null",
        ),
        LedgerKind(
            "recruitment.closing",
            _("Season closed"),
            "select id, json_build_array(id, closed_on)::text as canonical"
            " from recruitment_season where closed_on is not null",
        ),
    ),
    checks=(
        LedgerCheck(
            "recruitment.state",
            _("A case stands at a state that its decision does not say"),
            "select c.id, c.state from recruitment_case c left join decisions_line l"
            " on l.id = c.line_id where c.state <> 'not_called' and (c.line_id is null and"
            " c.state not in ('sourced', 'callable', 'disputed', 'below_standard')"
            " or l.outcome <> c.state"
            " or l.person_id <> c.person_id)",
        ),
        LedgerCheck(
            "recruitment.health_class",
            _("A case shows a health class that no council concluded"),
            "select c.id, c.health_class from recruitment_case c"
            " where c.health_class is not null and not exists (select from decisions_line l"
            " where l.person_id = c.person_id and l.ground = 'class_' || c.health_class)",
        ),
    ),
    commands=commands,
    work=_work,
    touched_by=_touched_by,
    after_deciding=actions.after_deciding,
    before_erasing=actions.before_erasing,
    parameters=rules.LAW,
)
