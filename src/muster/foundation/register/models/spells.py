"""What is true of a person from a day until a day.

Every spell carries the present place of its person, held equal to it by the
database, so that whoever answers for the person sees the whole of him.
"""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from muster.foundation.register.models.person import Person
from muster.shell.promises import PairedKey


class Stay(models.TextChoices):
    """In which way somebody lives at an address."""

    PERMANENT = "permanent", _("Permanent residence")
    TEMPORARY = "temporary", _("Temporary residence")
    SCHOOL = "school", _("At school")
    WORK = "work", _("At work away")
    ABSENT = "absent", _("Absence of three months or more")


class Study(models.TextChoices):
    """What somebody attends, as article 41.1.g tells it apart."""

    GENERAL = "general", _("General school")
    VOCATIONAL = "vocational", _("Vocational or intermediate school")
    COLLEGE = "college", _("College")
    UNIVERSITY = "university", _("University")
    POSTGRADUATE = "postgraduate", _("Postgraduate")


class Award(models.TextChoices):
    """What a completed stage or course gives, lowest first."""

    LOWER_SECONDARY = "lower_secondary", _("Lower secondary")
    UPPER_SECONDARY = "upper_secondary", _("Upper secondary")
    VOCATIONAL = "vocational", _("Vocational certificate")
    INTERMEDIATE = "intermediate", _("Intermediate diploma")
    COLLEGE = "college", _("College degree")
    UNIVERSITY = "university", _("University degree")
    POSTGRADUATE = "postgraduate", _("Postgraduate degree")


class Mode(models.TextChoices):
    """How somebody studies; only full-time study defers (art. 41.1.g)."""

    FULL_TIME = "full_time", _("Full time")
    PART_TIME = "part_time", _("Part time")


def _span(table: str) -> list[models.BaseConstraint]:
    return [
        models.CheckConstraint(
            condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
            name=f"register_{table}_span",
        )
    ]


class Spell(models.Model):
    """A dated fact about a person with the paper that shows it."""

    # One composite key (person, place) on the person's row stands for both.
    person = PairedKey(Person, related_name="%(class)ss")
    place = PairedKey("units.Place", db_index=False, related_name="+")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    document = models.TextField(blank=True)

    class Meta:
        abstract = True


class Residence(Spell):
    """Where somebody lives; `at` is a place of this register, `address` any other."""

    kind = models.CharField(max_length=10, choices=Stay)
    at = models.ForeignKey("units.Place", on_delete=models.PROTECT, null=True, related_name="+")
    address = models.TextField(blank=True)

    class Meta:
        constraints = _span("residence")
        indexes = [
            # Whose absence is over is asked for each office, each day.
            models.Index(
                fields=["place", "valid_to"],
                condition=Q(kind="absent", valid_to__isnull=False),
                name="register_residence_ended",
            )
        ]


class Schooling(Spell):
    """A stage or course; `course_no` counts the courses of one level, `award` is "" if left early."""

    level = models.CharField(max_length=20, choices=Study)
    school = models.TextField(blank=True)
    mode = models.CharField(max_length=10, choices=Mode, default=Mode.FULL_TIME)
    course_no = models.PositiveSmallIntegerField(default=1)
    award = models.CharField(max_length=20, choices=Award, blank=True)

    class Meta:
        constraints = _span("schooling")


class Employment(Spell):
    """Work at an employer."""

    kind = models.CharField(max_length=20, blank=True)
    employer = models.TextField(blank=True)
    occupation = models.TextField(blank=True)

    class Meta:
        constraints = _span("employment")


class Circumstance(Spell):
    """A fact that an article of the law asks for; without a `document` it is only claimed.

    `kind` is one of `rules.CIRCUMSTANCES`; `relative` the brother who serves, where one does.
    """

    kind = models.CharField(max_length=40)
    relative = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = _span("circumstance")
        indexes = [
            models.Index(fields=["kind", "person"], name="register_circumstance_kind"),
            # So is whose service.
            models.Index(
                fields=["place", "valid_to"],
                condition=Q(kind="active_service", valid_to__isnull=False),
                name="register_circumstance_served",
            ),
        ]
