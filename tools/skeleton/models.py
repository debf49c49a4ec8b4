"""Cases, each at a place."""

from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Outcome(models.TextChoices):
    """How a case ended."""

    SETTLED = "settled", _("Settled")
    DROPPED = "dropped", _("Dropped")


class Case(models.Model):
    """A matter at a place; closed on a day with an outcome, else open."""

    uid = models.UUIDField(db_default=RandomUUID(), unique=True, editable=False)
    place = models.ForeignKey("units.Place", models.PROTECT, related_name="+")
    subject = models.CharField(max_length=200)
    opened_on = models.DateField()
    closed_on = models.DateField(null=True)
    outcome = models.CharField(max_length=20, choices=Outcome, blank=True)

    class Meta:
        indexes = [models.Index(fields=["place", "closed_on"], name="skeleton_case_by_place")]
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True, outcome="")
                | (Q(closed_on__gte=F("opened_on")) & ~Q(outcome="")),
                name="skeleton_case_closed_whole",
            )
        ]

    def __str__(self) -> str:
        return str(self.uid)
