"""Decisions: one number and one signature over an annex of lines that are never changed."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from muster.foundation.decisions.models.bodies import Resolution
from muster.foundation.decisions.models.columns import opaque_id
from muster.shell.bulk import BulkKey


class SigningForm(models.TextChoices):
    """How somebody signs who is not the head of the office."""

    HEAD = "", _("the head of the office")
    KT = "KT", _("deputy, for the head")
    TL = "TL", _("by order of the head")
    TUQ = "TUQ", _("by sub-delegation")


class Way(models.TextChoices):
    """What a later line does to the line it replaces."""

    NEW = "", _("first decision")
    SET_ASIDE = "set_aside", _("set aside")
    CORRECTED = "corrected", _("corrected")
    WITHDRAWN = "withdrawn", _("withdrawn")


class Delegation(models.Model):
    """Who may sign for the head of an office, in which form, from when to when."""

    unit = models.ForeignKey("units.Unit", on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=20)
    form = models.CharField(max_length=3, choices=SigningForm.choices[1:])
    title = models.CharField(max_length=200)
    holder = models.CharField(max_length=200, blank=True)
    document = models.CharField(max_length=200)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="decisions_delegation_span",
            )
        ]

    def __str__(self) -> str:
        return f"{self.form}. {self.title} {self.holder}".strip()


class Series(models.Model):
    """The last number given to papers of a symbol by a unit in a year."""

    unit = models.ForeignKey("units.Unit", on_delete=models.PROTECT, related_name="+")
    symbol = models.CharField(max_length=30)
    year = models.SmallIntegerField()
    last_number = models.IntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "symbol", "year"], name="decisions_series_one_a_year"
            )
        ]


class Decision(models.Model):
    """An act signed by an office of a unit; its names stand in the lines.

    `unit` is the legal body as it was on the day of the signature; `level` and
    `role` name the office. `resolution` is that of the last council, where one carried
    the whole list. `event_on` is the day to appear, where there is one,
    and `serve_by` the last day on which the call may be served for it.
    """

    uid = opaque_id()
    kind = models.CharField(max_length=40)
    unit = models.ForeignKey("units.Unit", on_delete=models.PROTECT, related_name="+")
    level = models.CharField(max_length=20)
    role = models.CharField(max_length=20)
    form = models.CharField(max_length=3, choices=SigningForm.choices, blank=True)
    signatory = models.CharField(max_length=200, blank=True)
    delegation = models.ForeignKey(
        Delegation, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    number = models.IntegerField()
    year = models.SmallIntegerField()
    symbol = models.CharField(max_length=30)
    signed_on = models.DateField()
    effective_on = models.DateField()
    event_on = models.DateField(null=True, blank=True)
    serve_by = models.DateField(null=True, blank=True)
    resolution = models.ForeignKey(
        Resolution, on_delete=models.PROTECT, related_name="decisions", null=True, blank=True
    )
    abstract = models.TextField(blank=True)
    legal_basis = models.TextField(blank=True)
    season = models.CharField(max_length=20, blank=True)
    confirmed = models.BooleanField(default=True)
    confirmed_note = models.TextField(blank=True)
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "symbol", "year", "number"], name="decisions_decision_number"
            ),
            models.CheckConstraint(
                condition=Q(year=F("signed_on__year"), number__gte=1),
                name="decisions_decision_year",
            ),
            models.CheckConstraint(
                condition=Q(effective_on__gte=F("signed_on")), name="decisions_decision_effect"
            ),
            models.CheckConstraint(
                condition=Q(form="", delegation__isnull=True)
                | (~Q(form="") & Q(delegation__isnull=False)),
                name="decisions_decision_delegated",
            ),
        ]
        indexes = [
            models.Index(fields=["kind", "signed_on"], name="decisions_by_kind"),
            models.Index(
                fields=["serve_by"], name="decisions_to_serve", condition=Q(serve_by__isnull=False)
            ),
        ]

    @property
    def season_year(self) -> str:
        """The year of the season, without the unit that a slice may add to its key."""
        return str(self.season).partition("/")[0]

    @property
    def full_number(self) -> str:
        """Number and symbol as they stand on paper; below ten with a nought."""
        return f"{self.number:02d}/{self.symbol}"


class Line(models.Model):
    """One name of a decision with its outcome and article; never changed.

    `place` is where the person was attached on the day of the signature, and
    bounds who may read the line. `resolution_ids` are the resolutions that carried the
    name, one for each council of its chain, in their order. A later line that `replaces`
    it sets it aside, corrects or withdraws it; without one it is in force.
    """

    uid = opaque_id()
    decision = BulkKey(Decision, related_name="lines", db_index=False)
    person = BulkKey("register.Person", related_name="+", null=True, blank=True)
    subject_uid = models.UUIDField(null=True, blank=True)
    place = BulkKey("units.Place", related_name="+")
    outcome = models.CharField(max_length=40)
    article = models.CharField(max_length=60, blank=True)
    ground = models.CharField(max_length=60, blank=True)
    amount = models.BigIntegerField(null=True, blank=True)
    resolution_ids = ArrayField(models.BigIntegerField(), default=list, blank=True)
    replaces = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        related_name="replaced_by",
        null=True,
        blank=True,
        db_index=False,
    )
    way = models.CharField(max_length=10, choices=Way.choices, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["replaces"],
                condition=Q(replaces__isnull=False),
                name="decisions_line_replaced_once",
            ),
            models.CheckConstraint(
                condition=Q(way="", replaces__isnull=True)
                | (~Q(way="") & Q(replaces__isnull=False)),
                name="decisions_line_way",
            ),
        ]
        # An annex is read page by page in the order of its lines.
        indexes = [models.Index(fields=["decision", "id"], name="decisions_line_annex")]


class Fact(models.Model):
    """The facts that a line relied on, frozen with it; erased when their time is up."""

    line = models.OneToOneField(
        Line, on_delete=models.PROTECT, related_name="fact", db_constraint=False
    )
    place = BulkKey("units.Place", related_name="+")
    facts = models.JSONField()


class Tally(models.Model):
    """How many standing lines of a decision were destroyed, by outcome, so that it still counts.

    `place` is the commune as it was before it was merged, never a single village: a
    figure of its unit stays right, and nobody is found by it.
    """

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="tallies")
    place = models.ForeignKey("units.Place", on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=40)
    lines = models.IntegerField()
