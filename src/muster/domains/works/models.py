"""Programmes, and the works of each unit in them."""

import uuid

from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models import F, Q


class Programme(models.Model):
    """Works ordered together for some years, for the units of one province."""

    uid = models.UUIDField(unique=True, editable=False, default=uuid.uuid4, db_default=RandomUUID())
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

    def __str__(self) -> str:
        return self.title


class Work(models.Model):
    """One unit's work: an opaque reference, and the paper that orders it."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="works")
    unit = models.ForeignKey("units.Unit", on_delete=models.PROTECT, related_name="+")
    reference = models.CharField(max_length=40)
    source = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "reference"], name="works_work_once")
        ]

    def __str__(self) -> str:
        return self.reference


class Acceptance(models.Model):
    """A work was found complete and taken over; one record, never changed."""

    work = models.OneToOneField(Work, on_delete=models.PROTECT, related_name="acceptance")
    accepted_on = models.DateField()
    source = models.TextField()

    def __str__(self) -> str:
        return str(self.accepted_on)
