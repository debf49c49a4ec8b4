"""Who answers for a person since when, what the register did, and who read it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from muster.foundation.register.models.person import Person
from muster.shell.promises import PairedKey


class Enter(models.TextChoices):
    """How a head came onto the roll of a place."""

    REGISTERED = "registered", _("First registration")
    FOUND = "found", _("Found by a check")
    MOVED = "moved", _("Moved in")
    SETTLED = "settled", _("Settled from a divided place")
    RETURNED = "returned", _("Entry opened again")


class Close(models.TextChoices):
    """How a head left the roll of a place."""

    MOVED = "moved", _("Moved out")
    SETTLED = "settled", _("Settled into a residential group")
    AGED_OUT = "aged_out", _("Past the age")
    DIED = "died", _("Died")
    MERGED = "merged", _("Double entry merged")
    LEFT = "left", _("Left the country or lost the duty")


class Registration(models.Model):
    """A head on the roll of a place from a day until a day; at most one is open per person."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="registrations")
    place = models.ForeignKey(
        "units.Place", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    entered = models.CharField(max_length=12, choices=Enter)
    closed = models.CharField(max_length=12, choices=Close, blank=True)

    class Meta:
        constraints = [
            # A man registered and moved on one day was a head of neither day's evening.
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True, closed="")
                | (Q(valid_to__gte=F("valid_from")) & ~Q(closed="")),
                name="register_registration_span",
            ),
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(valid_to__isnull=True),
                name="register_registration_one_open",
            ),
        ]
        indexes = [models.Index(fields=["place", "valid_from", "valid_to"], name="register_roll")]


class Act(models.Model):
    """One act upon a person's entry, behind which stands a line of the ledger.

    `state` is the digest of the entry as the act left it: the ledger compares the
    last act's with the entry itself, so that nothing changes behind it unseen.
    `changes` holds what was before and after, without any personal number.
    """

    class Kind(models.TextChoices):
        REGISTERED = "registered", _("First registration")
        SUPPLEMENTED = "supplemented", _("Supplementary registration")
        CORRECTED = "corrected", _("Correction")
        MOVED = "moved", _("Transfer of registration")
        SETTLED = "settled", _("Settled into a residential group")
        FOUND = "found", _("Found by a check")
        CLOSED = "closed", _("Entry closed")
        REOPENED = "reopened", _("Entry opened again")
        MERGED = "merged", _("Double entry merged")
        UNMERGED = "unmerged", _("Merge undone")
        ERASED = "erased", _("Erased by retention rule")

    person = PairedKey(Person, db_index=False, related_name="acts")
    place = PairedKey("units.Place", db_index=False, related_name="+")
    version = models.PositiveIntegerField()
    kind = models.CharField(max_length=12, choices=Kind)
    on = models.DateField()
    basis = models.TextField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    changes = models.JSONField(default=dict)
    state = models.BinaryField()
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "version"], name="register_act_in_turn")
        ]
        # Who joined the reserve, and who came back, is asked for each office, each day.
        indexes = [
            models.Index(
                fields=["person"],
                condition=Q(changes__has_key=change),
                name=f"register_act_{change}",
            )
            for change in ("reserve", "returned")
        ]


class Reading(models.Model):
    """Somebody opened a person's page; written after the page's own transaction."""

    person = PairedKey(Person, related_name="readings")
    place = PairedKey("units.Place", db_index=False, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    read_at = models.DateTimeField(db_default=Now())
    page = models.CharField(max_length=40)
