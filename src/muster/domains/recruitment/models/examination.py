"""A man at the health examination: his slip, and what each station read of him.

A doctor sees these two tables and nothing else of a man; everybody else sees the slip
and never a reading. The database holds both apart (0002_walls).
"""

from enum import IntEnum

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from muster.domains.recruitment.models.season import Case, Season, opaque


class Turn(IntEnum):
    """Who reads: a first doctor, a second without seeing the first, from the third on the chair."""

    FIRST = 1
    SECOND = 2
    CHAIR = 3


class Slip(models.Model):
    """A numbered slip with which a man goes from station to station on one day.

    Name, year of birth and sex are copied onto it, so that nobody at a station opens the
    register. `proposed` is what the readings come to so far, None while undecided;
    `concluded` the class that the council signed. `taken_off`: a later decision calls him
    no longer; a doctor, who sees no case, learns it from here.
    """

    uid = opaque()
    season = models.ForeignKey(Season, on_delete=models.PROTECT, related_name="slips")
    unit = models.ForeignKey("units.Unit", on_delete=models.PROTECT, related_name="+")
    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="slip")
    place = models.ForeignKey(
        "units.Place", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    number = models.PositiveIntegerField()
    exam_on = models.DateField()
    full_name = models.CharField(max_length=200)
    birth_year = models.PositiveSmallIntegerField()
    sex = models.CharField(max_length=1)
    proposed = models.PositiveSmallIntegerField(null=True)
    concluded = models.PositiveSmallIntegerField(null=True)
    taken_off = models.BooleanField(db_default=False)
    concluded_on = models.DateField(null=True)
    concluded_by = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, related_name="+", null=True
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["season", "number"], name="recruitment_slip_number"),
            models.CheckConstraint(
                condition=(Q(proposed__isnull=True) | Q(proposed__range=(1, 6)))
                & (Q(concluded__isnull=True) | Q(concluded__range=(1, 6))),
                name="recruitment_slip_class",
            ),
            models.CheckConstraint(
                condition=Q(concluded__isnull=True, concluded_on__isnull=True)
                | Q(concluded__isnull=False, concluded_on__isnull=False),
                name="recruitment_slip_concluded",
            ),
        ]


class Reading(models.Model):
    """What one station read of a man, in one turn; never changed, a later turn corrects it.

    `values` are measures by name, as typed; `score` the station's own score 1 to 6.
    """

    slip = models.ForeignKey(Slip, on_delete=models.PROTECT, related_name="readings")
    unit = models.ForeignKey("units.Unit", on_delete=models.PROTECT, related_name="+")
    station = models.CharField(max_length=20)
    turn = models.PositiveSmallIntegerField()
    values = models.JSONField(default=dict)
    score = models.PositiveSmallIntegerField(null=True)
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    read_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["slip", "station", "turn"], name="recruitment_reading_once"
            ),
            models.CheckConstraint(
                condition=Q(score__isnull=True) | Q(score__range=(1, 6)),
                name="recruitment_reading_score",
            ),
        ]
