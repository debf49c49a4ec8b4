"""Pairs of entries that may be of one person, what was decided about them, and who must be told."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from muster.foundation.register.models.acts import Act
from muster.foundation.register.models.person import Person
from muster.shell.promises import PairedKey


class Pair(models.Model):
    """Two entries that were compared; `left` is the older one.

    `evidence` holds the findings as they were when the pair was found, so that a decision
    can be judged by what its maker saw. `group` is the oldest entry of all that hang together.
    """

    class State(models.TextChoices):
        OPEN = "open", _("To be decided")
        ASKED = "asked", _("Asked, answer awaited")
        MERGED = "merged", _("Merged")
        APART = "apart", _("Not the same person")

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    # Each person's place stands beside him; the database keeps the two together.
    left = PairedKey(Person, related_name="+")
    right = PairedKey(Person, related_name="+")
    left_place = PairedKey("units.Place", db_index=False, related_name="+")
    right_place = PairedKey("units.Place", db_index=False, related_name="+")
    group = models.BigIntegerField(null=True)
    bits = models.FloatField()
    probability = models.FloatField()
    proposed = models.CharField(max_length=10)
    because = models.CharField(max_length=20)
    evidence = models.JSONField()
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    found_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["left", "right"], name="register_pair_once"),
            models.CheckConstraint(condition=Q(left__lt=F("right")), name="register_pair_ordered"),
        ]
        indexes = [models.Index(fields=["state", "bits", "uid"], name="register_pair_queue")]


class PairDecision(models.Model):
    """What a person decided about a pair, and why; each is a line of the ledger."""

    pair = models.ForeignKey(Pair, on_delete=models.PROTECT, related_name="decisions")
    verdict = models.CharField(max_length=10, choices=Pair.State)
    on = models.DateField()
    note = models.TextField(blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    recorded_at = models.DateTimeField(db_default=Now())


class Notice(models.Model):
    """A letter that an act makes due to the person of an entry; served when it was handed over."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = PairedKey(Person, related_name="+")
    place = PairedKey("units.Place", db_index=False, related_name="+")
    act = models.ForeignKey(Act, on_delete=models.PROTECT, related_name="+")
    due_since = models.DateField()
    served_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(served_on__isnull=True) | Q(served_on__gte=F("due_since")),
                name="register_notice_served_after_due",
            )
        ]
        indexes = [
            models.Index(
                fields=["due_since", "uid"],
                condition=Q(served_on__isnull=True),
                name="register_notice_due",
            )
        ]
