"""A season of a province, its quota as it moved, and one case per citizen in it."""

import uuid
from datetime import date

from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from muster.domains.recruitment import rules
from muster.foundation.decisions.models import conclusions, labels


class State(models.TextChoices):
    """Where a case stands; only an action that cites a decision moves it."""

    SOURCED = "sourced", _("In the source")
    EXCLUDED = "excluded", _("May not register (art. 13)")
    RELIEVED = "relieved", _("Exempt from registration (art. 14)")
    DISPUTED = "disputed", _("Disputed, not decided")
    BELOW_STANDARD = "below_standard", _("Below the standard of schooling")
    DEFERRED = "deferred", _("Deferred")
    EXEMPT = "exempt", _("Exempt from call-up")
    CALLABLE = "callable", _("Callable")
    CALLED_TO_SCREENING = "called_to_screening", _("Called to pre-screening")
    SCREENED = "screened", _("Passed pre-screening")
    SCREENED_OUT = "screened_out", _("Not passed at pre-screening")
    CALLED_TO_EXAM = "called_to_exam", _("Called to the examination")
    ABSENT = "absent", _("Did not come")
    EXAMINED = "examined", _("Examined, fit")
    UNFIT = "unfit", _("Examined, not fit")
    LISTED = "listed", _("Passed the political and moral review")
    NOT_LISTED = "not_listed", _("Not passed at the political and moral review")
    SELECTED = "selected", _("Selected")
    RESERVE = "reserve", _("On the reserve list")
    CALLED_UP = "called_up", _("Called up")
    HANDED_OVER = "handed_over", _("Handed over")
    RETURNED = "returned", _("Returned by the receiving unit")
    SERVING = "serving", _("Serving")
    DISCHARGED = "discharged", _("Discharged")
    NOT_CALLED = "not_called", _("Not called this season")


#: Where a man stands who may still be deferred or exempted.
ON_THE_WAY = (
    State.SOURCED,
    State.DISPUTED,
    State.BELOW_STANDARD,
    State.CALLABLE,
    State.CALLED_TO_SCREENING,
    State.SCREENED,
    State.SCREENED_OUT,
    State.CALLED_TO_EXAM,
    State.EXAMINED,
    State.UNFIT,
    State.LISTED,
    State.SELECTED,
    State.RESERVE,
    State.CALLED_UP,
)
#: What was decided before anybody was called: undone, the man is callable again.
REVIEWED = (State.EXCLUDED, State.RELIEVED, State.DEFERRED, State.EXEMPT)


class Step(models.TextChoices):
    """The milestones of a season, dated per province."""

    SOURCE = "source", _("Re-check of the source")
    REVIEW = "review", _("Review by the commune")
    SIGNED = "signed", _("Deferrals and exemptions signed")
    SCREENING = "screening", _("Pre-screening")
    EXAM = "exam", _("Health examination")
    POLITICAL = "political", _("Political and moral review")
    CLOSING = "closing", _("List closed")
    CALL_UP = "call_up", _("Call-up decisions handed out")
    HAND_OVER = "hand_over", _("Hand-over")
    RE_CHECK = "re_check", _("Re-check by the receiving unit")


def opaque() -> "models.UUIDField[uuid.UUID, uuid.UUID]":
    """The name of a row in addresses: it tells nothing."""
    return models.UUIDField(unique=True, editable=False, db_default=RandomUUID())


class Season(models.Model):
    """The recruitment of one province for one hand-over day.

    `scale` below 1: played on a part of the people, with its quota scaled.
    """

    uid = opaque()
    year = models.PositiveSmallIntegerField()
    unit = models.ForeignKey("units.Unit", on_delete=models.PROTECT, related_name="+")
    hand_over_on = models.DateField()
    hand_over_confirmed = models.BooleanField(default=True)
    scale = models.DecimalField(max_digits=9, decimal_places=8, default=1)
    opened_on = models.DateField()
    closed_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["year", "unit"], name="recruitment_season_once"),
            models.CheckConstraint(
                condition=Q(scale__gt=0, scale__lte=1), name="recruitment_season_scale"
            ),
        ]

    def __str__(self) -> str:
        return str(self.year)

    @property
    def key(self) -> str:
        """How decisions name the season: year and unit."""
        return f"{self.year}/{self.unit_id}"

    @property
    def scaled(self) -> bool:
        """Whether the season is played on a part of the people, with its quota scaled."""
        return self.scale != 1


class Milestone(models.Model):
    """A step of the season and its day in this province."""

    season = models.ForeignKey(Season, on_delete=models.CASCADE, related_name="milestones")
    step = models.CharField(max_length=20, choices=Step.choices)
    due_on = models.DateField()
    done_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["season", "step"], name="recruitment_step_once")
        ]


class Quota(models.Model):
    """The seats of a unit from a day on; a later version replaces an earlier one.

    `weight` is the number of men by which a commune's seats were shared out.
    """

    season = models.ForeignKey(Season, on_delete=models.CASCADE, related_name="quotas")
    unit = models.ForeignKey("units.Unit", on_delete=models.PROTECT, related_name="+")
    seats = models.PositiveIntegerField()
    weight = models.PositiveIntegerField(null=True)
    decided_on = models.DateField()
    source = models.TextField()
    confirmed = models.BooleanField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["season", "unit", "decided_on"], name="recruitment_quota_version"
            )
        ]


class SourceList(models.Model):
    """The men that a commune found callable for the season, as one signed list."""

    season = models.ForeignKey(Season, on_delete=models.CASCADE, related_name="source_lists")
    unit = models.ForeignKey("units.Unit", on_delete=models.PROTECT, related_name="+")
    drawn_on = models.DateField()
    men = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["season", "unit"], name="recruitment_source_once")
        ]


class Case(models.Model):
    """One citizen in one season; `line` is the decision line behind the state.

    No index holds what moves: a whole season changes its state several times, and a row
    whose indexed columns stay is written without touching them.
    """

    season = models.ForeignKey(
        Season, on_delete=models.PROTECT, related_name="cases", db_index=False
    )
    source_list = models.ForeignKey(SourceList, on_delete=models.PROTECT, related_name="cases")
    person = models.ForeignKey(
        "register.Person", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    place = models.ForeignKey(
        "units.Place", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    state = models.CharField(max_length=20, choices=State.choices, default=State.SOURCED)
    line = models.ForeignKey(
        "decisions.Line", on_delete=models.PROTECT, related_name="+", null=True, db_index=False
    )
    ground = models.CharField(max_length=40, blank=True)
    health_class = models.PositiveSmallIntegerField(null=True)
    education_grade = models.PositiveSmallIntegerField(null=True)
    degree = models.BooleanField(default=False)
    volunteer = models.BooleanField(default=False)
    replaces = models.ForeignKey(
        "self", on_delete=models.PROTECT, related_name="replaced_by", null=True, db_index=False
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "season"], name="recruitment_case_once"),
            models.UniqueConstraint(
                fields=["replaces"],
                condition=Q(replaces__isnull=False),
                name="recruitment_replaced_once",
            ),
            models.CheckConstraint(
                condition=Q(health_class__isnull=True) | Q(health_class__range=(1, 6)),
                name="recruitment_health_class",
            ),
            models.CheckConstraint(
                condition=~Q(replaces=F("id")), name="recruitment_no_self_replacement"
            ),
        ]
        indexes = [models.Index(fields=["season", "place"], name="recruitment_case_board")]


def conclusions_on_health(on: date) -> dict[str, conclusions.Conclusion]:
    """What an examination may conclude on a day: fit or not, by class (Circular 105/2023)."""
    fit = rules.LAW.value("fit_classes", on)
    words = gettext("Health class %(number)s")
    return {
        f"class_{number}": conclusions.Conclusion(
            State.EXAMINED if number in fit else State.UNFIT, words % {"number": number}
        )
        for number in range(1, 7)
    }


conclusions.correctable("health_conclusion", conclusions_on_health)
#: What a good reason for not coming is called (art. 35.5); the law of a day names the codes.
ABSENCE_REASONS = {
    "ill": _("he was ill or had an accident"),
    "kin": _("one of his closest kin was gravely ill or died"),
    "disaster": _("a disaster, an epidemic or a fire held him back"),
    "not_received": _("the call did not reach him, or late, through somebody else's fault"),
}

labels.extend(
    kinds={
        "absence_minutes": _("Minutes of an absence"),
        "registration_bar": _("Bar to registration, or exemption from it"),
        "prescreening_result": _("Result of the pre-screening"),
        "political_conclusion": _("Conclusion of the political and moral review"),
        "hand_over": _("Minutes of the hand-over"),
        "return": _("Minutes of the return of recruits"),
        "acceptance": _("Minutes on the end of the re-check"),
        "discharge": _("Completion of active service"),
    },
    closed={State.NOT_LISTED.value: "recruitment.political"},
    outcomes={
        "excused": _("excused: a good reason was heard"),
    }
    | {
        state.value: state.label
        for state in State
        if state == State.LISTED or state not in labels.OUTCOMES
    },
)
