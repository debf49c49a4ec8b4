"""What lies before a council: names proposed, until they are carried, lost, and signed."""

from django.db import models
from django.db.models import Q

from muster.foundation.decisions.models.bodies import Resolution
from muster.foundation.decisions.models.columns import opaque_id
from muster.foundation.decisions.models.decided import Line


class Proposal(models.Model):
    """A name before the council of a unit: with what outcome, by which article.

    `contested` takes it off the list to be voted on singly. `carried` says how the
    vote went; `line` is the signed line that came of it. Each council of the chain has a
    row of its own for the name, and `origin` is where it was first proposed; the last of a
    name's rows says where it stands.
    """

    uid = opaque_id()
    unit = models.ForeignKey("units.Unit", on_delete=models.PROTECT, related_name="+")
    act = models.CharField(max_length=40)
    season = models.CharField(max_length=20, blank=True)
    person = models.ForeignKey("register.Person", on_delete=models.PROTECT, related_name="+")
    place = models.ForeignKey("units.Place", on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=40)
    article = models.CharField(max_length=60, blank=True)
    ground = models.CharField(max_length=60, blank=True)
    facts = models.JSONField(null=True, blank=True)
    proposed_on = models.DateField()
    contested = models.BooleanField(default=False)
    origin = models.ForeignKey(
        "self", on_delete=models.PROTECT, related_name="reviews", null=True, blank=True
    )
    resolution = models.ForeignKey(
        Resolution, on_delete=models.PROTECT, related_name="proposals", null=True, blank=True
    )
    carried = models.BooleanField(null=True, blank=True)
    line = models.ForeignKey(
        Line, on_delete=models.PROTECT, related_name="proposals", null=True, blank=True
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(resolution__isnull=True, carried__isnull=True)
                | Q(resolution__isnull=False, carried__isnull=False),
                name="decisions_proposal_voted",
            ),
            models.CheckConstraint(
                condition=Q(line__isnull=True) | Q(carried=True) | Q(carried__isnull=True),
                name="decisions_proposal_signed_if_carried",
            ),
            models.UniqueConstraint(
                fields=["person", "act", "season"],
                condition=Q(resolution__isnull=True, line__isnull=True),
                name="decisions_proposal_once_before_a_vote",
            ),
        ]
        indexes = [
            models.Index(
                fields=["unit", "act", "id"],
                condition=Q(line__isnull=True),
                name="decisions_proposal_open",
            )
        ]

    def __str__(self) -> str:
        return str(self.uid)
