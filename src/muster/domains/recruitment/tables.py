"""What the pages show of a season: columns, states in words and signs, explanations."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from muster.domains.recruitment import rules
from muster.domains.recruitment.grounds import GROUNDS
from muster.domains.recruitment.models import Case, Milestone, Quota, Season, State
from muster.domains.recruitment.queries import CommuneSeats, Funnel, Sharing, unit_name
from muster.domains.recruitment.queries.resting import Twice
from muster.foundation.decisions.queries import LineView
from muster.foundation.decisions.queries import told as told_law
from muster.foundation.register.queries.entry import place_name
from muster.kernel.manifest import Label
from muster.kernel.parameters import Value
from muster.kernel.verdicts import Verdict
from muster.shell import written
from muster.shell.components import Bar, Event, Fact, Status, Tone
from muster.shell.tables import Column, Listing, plain

TONES: dict[str, Tone] = {
    State.DISPUTED: "warn",
    State.BELOW_STANDARD: "neutral",
    State.DEFERRED: "info",
    State.EXEMPT: "info",
    State.ABSENT: "bad",
    State.UNFIT: "warn",
    State.RETURNED: "bad",
    State.SCREENED: "good",
    State.EXAMINED: "good",
    State.LISTED: "good",
    State.SELECTED: "good",
    State.CALLED_UP: "good",
    State.HANDED_OVER: "good",
    State.SERVING: "good",
    State.DISCHARGED: "good",
}

#: What each legal value is called where it stands unconfirmed.
LAW_LABELS: dict[str, Label] = {
    "call_age_from": _("Age from which men are called"),
    "call_age_before": _("Age before which men are called"),
    "call_age_before_student": _("The same, if deferred for college or university"),
    "month_reading": _("Upper ages also read by the month"),
    "education_grade_from": _("Grade of schooling asked"),
    "service_months": _("Months of active service"),
    "grounds": _("Grounds of articles 13, 14 and 41"),
    "resettlement_months": _("Months of deferral after resettlement"),
    "special_area_months": _("Months in a specially difficult area that exempt"),
    "militia_service_months": _("Months of permanent militia that count as service"),
    "screening_calls_per_seat": _("Calls to pre-screening per seat"),
    "exam_calls_per_seat": _("Calls to the examination per seat"),
    "reserve_percent": _("Reserve list, share of the quota"),
    "replacement_days": _("Days to return and replace a recruit"),
    "replacement_days_verification": _("The same, where a verification is awaited"),
    "replacement_percent": _("Replacements, share of the quota"),
    "exam_stations": _("Stations of the health examination"),
    "fit_classes": _("Health classes that are fit"),
    "physique_male": _("Table of physique, men"),
    "physique_female": _("Table of physique, women"),
    "bmi_bands": _("Table of body mass"),
    "call_limits": _("Limits of eyesight and body mass"),
    "registration_bar_office": _("Who signs: bar to registration"),
    "prescreening_result_office": _("Who signs: result of pre-screening"),
    "political_conclusion_office": _("Who signs: political and moral review"),
    "hand_over_office": _("Who signs: minutes of the hand-over"),
    "return_office": _("Who signs: return of a recruit"),
    "acceptance_office": _("Who signs: end of the re-check"),
    "discharge_office": _("Who signs: completed service"),
}


# ---- the season ------------------------------------------------------------------------


def season_href(season: Season) -> str:
    """The page of a season."""
    return reverse("recruitment:season", args=[season.uid])


def cases_href(season: Season, **choice: str) -> str:
    """The season's list of cases, narrowed by one choice."""
    narrowed = "&".join(f"{name}={value}" for name, value in choice.items())
    return f"{reverse('recruitment:cases', args=[season.uid])}?{narrowed}"


def quota_href(season: Season) -> str:
    """The page of a season's seats."""
    return reverse("recruitment:quota", args=[season.uid])


SEASONS = (
    Column("year", _("Season"), lambda season: str(season.year), href=season_href),
    Column("unit", _("Province"), unit_name),
    Column("hand_over", _("Hand-over"), "hand_over_on", kind="date"),
    Column("closed", _("Closed on"), "closed_on", kind="date"),
)


def funnel_bars(funnel: Funnel) -> list[Bar]:
    """The funnel's steps, each opening to the men who reached it."""
    season = funnel.season
    whole = Bar(pgettext_lazy("of a season", "Source"), funnel.source, cases_href(season))
    return [whole] + [
        Bar(state.label, men, cases_href(season, reached=state)) for state, men in funnel.steps
    ]


def _case_href(case: Case) -> str:
    return reverse("recruitment:case", args=[case.season.uid, case.person.uid])


TWICE = (
    Column("name", _("Full name"), lambda m: m.goes_on.person.full_name),
    Column(
        "goes_on",
        _("This case goes on"),
        lambda man: place_name(man.goes_on.place),
        href=lambda man: _case_href(man.goes_on),
    ),
    Column(
        "rests",
        _("This one rests"),
        lambda man: place_name(man.rests.place),
        href=lambda man: _case_href(man.rests),
    ),
)


def twice_table(men: Iterable[Twice]) -> Listing:
    """Men with two cases since their entries were merged."""
    return plain(_("Men with two cases after a merge"), TWICE, men, name="twice")


def aside_table(funnel: Funnel, *, sees_political: bool) -> Listing:
    """Who left the way, state by state, each number opening to its cases."""
    rows: dict[str, int] = {}
    for state, men in funnel.aside:
        shown = state if sees_political else _shown_state(state)
        rows[shown] = rows.get(shown, 0) + men
    columns = (
        Column("state", _("State"), lambda row: Status(State(row[0]).label, tone(row[0]))),
        Column(
            "men",
            pgettext_lazy("of cases", "Number"),
            lambda row: row[1],
            kind="number",
            href=lambda row: cases_href(funnel.season, state=row[0]),
        ),
    )
    return plain(_("Set aside"), columns, rows.items(), stacked=False)


def class_table(counts: dict[int, int]) -> Listing:
    """Men by health class; the class only, never an indicator."""
    columns = (
        Column("class", _("Health class"), lambda row: row[0], kind="number"),
        Column("men", pgettext_lazy("of cases", "Number"), lambda row: row[1], kind="number"),
    )
    return plain(_("Health classes"), columns, counts.items(), stacked=False)


def step_events(steps: Iterable[Milestone], today: date) -> Iterator[Event]:
    """The season's steps: done, late or to come."""
    for step in steps:
        late = not step.done_on and step.due_on < today
        yield Event(
            on=step.done_on or step.due_on,
            title=step.get_step_display(),
            detail=_("done") if step.done_on else _("late") if late else _("to come"),
            kind="bad" if late else "major" if step.done_on else "",
        )


QUOTAS = (
    Column("from", _("From"), "decided_on", kind="date"),
    Column("seats", _("Seats"), "seats", kind="number"),
    Column("source", _("Source"), lambda q: gettext(q.source)),
    Column("confirmed", _("Checked"), lambda q: _checked(confirmed=q.confirmed), kind="status"),
)


def _checked(*, confirmed: bool) -> Status:
    return Status(_("confirmed"), "good") if confirmed else Status(_("unconfirmed"), "warn")


def quota_table(versions: Sequence[Quota]) -> Listing:
    """The province's seats as they moved."""
    return plain(_("Quota of the season"), QUOTAS, versions)


def seats_table(sharing: Sharing) -> Listing:
    """How each commune came to its seats, so that a clerk can check it by hand."""
    columns = (
        Column("commune", _("Commune"), "unit.full_name"),
        Column("weight", _("Callable men"), "line.weight", kind="number"),
        Column("whole", _("Whole seats"), _whole, kind="number"),
        Column("remainder", _("Remainder"), _remainder, kind="number"),
        Column("rank", _("Rank of the remainder"), _rank, kind="number"),
        Column("why", _("Decided by"), _why),
        Column("seats", _("Seats"), "seats", kind="number"),
    )
    return plain(_("Seats of the communes"), columns, sharing.communes)


def _whole(row: CommuneSeats) -> int | None:
    return None if row.line.bound else row.line.whole


def _remainder(row: CommuneSeats) -> str:
    return "" if row.line.bound else f"{row.line.remainder}/{row.line.pool_weight}"


def _rank(row: CommuneSeats) -> int | None:
    return row.line.rank or None


def _why(row: CommuneSeats) -> str:
    line = row.line
    if line.bound == "floor":
        return gettext("every commune sends somebody")
    if line.bound == "cap":
        return gettext("no more than its men")
    tied = {"weight": gettext("tie: more men"), "unit": gettext("tie: the code")}
    if line.tie:
        return tied[line.tie]
    return gettext("one more for the remainder") if line.seats > line.whole else ""


def law_table(values: Iterable[Value]) -> Listing:
    """Legal values that nobody has confirmed, with their source and why."""
    columns = (
        Column("name", _("Value"), lambda v: LAW_LABELS.get(v.name, v.name)),
        Column("stands", _("Stands at"), _plain_value),
        Column("source", _("Source"), lambda v: gettext(v.source)),
        Column("note", _("Why it is unconfirmed"), lambda v: gettext(v.note) if v.note else ""),
    )
    return plain(_("Unconfirmed legal values"), columns, values)


def _plain_value(value: Value) -> str:
    if isinstance(value.value, bool):
        return gettext("yes") if value.value else gettext("no")
    unit = gettext(value.unit) if value.unit else ""
    return f"{value.value} {unit}".strip() if isinstance(value.value, int) else ""


# ---- a case ----------------------------------------------------------------------------


def tone(state: str) -> Tone:
    """The sign of a state."""
    return TONES.get(state, "neutral")


def _shown_state(state: str) -> State:
    """A failed political review is nobody's to read but those whose duty it is."""
    return State.NOT_CALLED if state == State.NOT_LISTED else State(state)


def status(case: Case, *, sees_political: bool) -> Status:
    """Where a case stands, in a word."""
    state = case.state if sees_political else _shown_state(case.state)
    return Status(State(state).label, tone(state))


def states(*, sees_political: bool) -> list[tuple[str, Label]]:
    """The states that a list may be narrowed to."""
    return [(s.value, s.label) for s in State if sees_political or s != State.NOT_LISTED]


def case_columns(season: Season, *, sees_political: bool) -> tuple[Column, ...]:
    """The columns of a season's list of cases."""

    def href(case: Case) -> str:
        return reverse("recruitment:case", args=[season.uid, case.person.uid])

    return (
        Column("name", _("Name"), "person.full_name", order="person__sort_key", href=href),
        Column("born", _("Year of birth"), lambda c: str(c.person.birth_date.year)),
        Column("place", _("Place"), lambda c: place_name(c.place)),
        Column("state", _("State"), lambda c: status(c, sees_political=sees_political), kind="status"),
        Column("article", _("Article"), lambda c: written.article(c.line.article) if c.line else ""),
        Column("class", _("Health class"), "health_class", kind="number"),
    )  # fmt: skip


def case_facts(case: Case) -> Iterator[Fact]:
    """What the season knows of a man."""
    yield Fact(_("Place"), place_name(case.place))
    yield Fact(_("Last grade completed"), case.education_grade)
    yield Fact(_("College or university degree"), _("yes") if case.degree else _("no"))
    yield Fact(_("Volunteer"), _("yes") if case.volunteer else _("no"))
    yield Fact(_("Health class"), case.health_class)
    if case.line:
        yield Fact(pgettext_lazy("of a case", "Decision"), case.line.decision.full_number)
        if case.line.article:
            yield Fact(_("Article"), written.article(case.line.article))
    if case.replaces:
        yield Fact(_("Replaces"), case.replaces.person.full_name)


def line_events(lines: Iterable[LineView], *, sees_political: bool) -> Iterator[Event]:
    """The season's decisions about a man; a failed political review only for whose duty it is."""
    for line in lines:
        if line.outcome == State.NOT_LISTED and not sees_political:
            continue
        outcome = State(line.outcome).label if line.outcome in State.values else ""
        yield Event(
            on=line.signed_on,
            title=outcome or line.title,
            detail=line.title if str(line.title) != str(outcome) else "",
            article=line.article,
            number=line.number,
            receipt_href=f"/decisions/line/{line.uid}/",
            kind="major",
            doubt="" if line.confirmed else told_law(line.confirmed_note),
        )


# ---- explanations ----------------------------------------------------------------------


#: Of article 14 the conclusion is told, never the illness.
_HEALTH = [each for each in GROUNDS if each.article == "14"]
_CONCLUDED = {each.because: "has a conclusion on health under article 14" for each in _HEALTH} | {
    each.evidence: "conclusion on health under article 14" for each in _HEALTH
}


def told(sentences: Iterable[str]) -> tuple[str, ...]:
    """Reasons in the reader's language; what stands behind a colon is a value or a day."""
    return tuple(dict.fromkeys(map(_said, sentences)))


def _said(sentence: str) -> str:
    label, colon, value = sentence.partition(": ")
    return f"{gettext(_CONCLUDED.get(label, label))}{colon}{_value(value)}"


def lacking(missing: str) -> str:
    """The column of the fact that a man lacks; of article 14 not which one."""
    health = missing in {each.documented for each in _HEALTH}
    return "article_14_documented" if health else missing


def _value(text: str) -> str:
    try:
        return written.day(date.fromisoformat(text))
    except ValueError:
        return written.article(text) if "." in text else gettext(text) if text else ""


OUTCOMES: dict[str, Label] = {
    "out_of_age": _("Not of call-up age at the hand-over"),
    "served": _("Serves or has served"),
    **{state.value: state.label for state in State},
}


@dataclass(frozen=True, slots=True)
class Group:
    """Sentences of an explanation under one heading."""

    title: Label
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """What the facts come to, in the reader's language."""

    facts: tuple[Fact, ...]
    groups: tuple[Group, ...]
    confirmed: bool


def explanation(verdict: Verdict) -> Explanation:
    """Outcome and article, then the facts used, those missing, and what would change it."""
    parts: tuple[tuple[Label, tuple[str, ...]], ...] = (
        (_("Facts used"), verdict.reasons),
        (_("Not known"), verdict.missing),
        (_("Would change it"), verdict.would_change),
    )
    facts = [Fact(_("Outcome by the facts"), OUTCOMES[verdict.outcome])]
    if verdict.article:
        facts.append(Fact(_("Article"), written.article(verdict.article)))
    groups = (Group(title, told(sentences)) for title, sentences in parts if sentences)
    return Explanation(tuple(facts), tuple(groups), verdict.confirmed)


def unconfirmed(season: Season) -> tuple[Value, ...]:
    """The legal values in force at the hand-over that nobody has confirmed."""
    return rules.LAW.unconfirmed(season.hand_over_on)
