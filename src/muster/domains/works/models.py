"""Programmes, and the works of each unit in them."""

from django.db import models
from django.db.models import F, Q


class Programme(models.Model):
    """Works ordered together for some years, for the units of one province."""

    title = models.CharField(max_length=120)
    unit = models.ForeignKey("units.Unit", on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gt=F("starts_on")), name="works_programme_span"
            ),
            models.UniqueConstraint(fields=["unit", "title"], name="works_programme_once"),
        ]


class Work(models.Model):
    """One unit's work: an opaque reference, and the day and paper of its acceptance."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="works")
    unit = models.ForeignKey("units.Unit", on_delete=models.PROTECT, related_name="+")
    reference = models.CharField(max_length=40)
    source = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "reference"], name="works_work_once")
        ]


class Acceptance(models.Model):
    """A work was found complete and taken over; one record, never changed."""

    work = models.OneToOneField(Work, on_delete=models.PROTECT, related_name="acceptance")
    accepted_on = models.DateField()
    source = models.TextField()
