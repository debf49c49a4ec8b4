"""A violation from its detection to its payment; the sanction is a decision line."""

import uuid

from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from muster.domains.violations import rules


class Offence(models.TextChoices):
    """What was done, in the decree's words."""

    REGISTRATION_MISSED = "registration_missed", _("First registration missed")
    REGISTRATION_MISSED_AGAIN = "registration_missed_again", _("First registration missed again")
    SCREENING_ABSENCE = "screening_absence", _("Not present at pre-screening")
    SCREENING_REFUSED = "screening_refused", _("Refused the call to pre-screening")
    EXAM_ABSENCE = "exam_absence", _("Not present at the examination")
    EXAM_REFUSED = "exam_refused", _("Refused the call to the examination")
    EXAM_DISOBEYED = "exam_disobeyed", _("Did not obey the call to the examination")
    CALL_UP_LATE = "call_up_late", _("Late or at the wrong place after a call-up")
    CALL_UP_DECEIT = "call_up_deceit", _("Evaded a call-up by deceit")
    CALL_UP_REFUSED = "call_up_refused", _("Did not obey a call-up")


class State(models.TextChoices):
    """How far a case has come; read from its dates."""

    DETECTED = "detected", _("Detected")
    MINUTED = "minuted", _("Minuted")
    PUNISHED = "punished", _("Punished")
    PAID = "paid", _("Paid")
    DISMISSED = "dismissed", _("Heard and dismissed")


IN_STATE = {
    State.DETECTED: Q(minuted_on=None, dismissed_on=None),
    State.MINUTED: Q(minuted_on__isnull=False, sanction=None, dismissed_on=None),
    State.PUNISHED: Q(sanction__isnull=False, paid_on=None),
    State.PAID: Q(paid_on__isnull=False),
    State.DISMISSED: Q(dismissed_on__isnull=False),
}


class Case(models.Model):
    """One person's violation; `call` is the decision that he did not follow.

    `minuted_on`, `sanction` and `paid_on` follow in that order; a case that was
    heard and excused is dismissed, its reason stays on paper.
    """

    uid = models.UUIDField(unique=True, editable=False, default=uuid.uuid4, db_default=RandomUUID())
    person = models.ForeignKey("register.Person", on_delete=models.PROTECT, related_name="+")
    place = models.ForeignKey("units.Place", on_delete=models.PROTECT, related_name="+")
    offence = models.CharField(max_length=30, choices=Offence.choices)
    call = models.ForeignKey("decisions.Line", on_delete=models.PROTECT, related_name="+")
    detected_on = models.DateField()
    minuted_on = models.DateField(null=True)
    sanction = models.OneToOneField(
        "decisions.Line", on_delete=models.PROTECT, related_name="+", null=True
    )
    paid_on = models.DateField(null=True)
    dismissed_on = models.DateField(null=True)
    scaled = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["call"], name="violations_one_per_call"),
            models.CheckConstraint(
                condition=Q(sanction__isnull=True) | Q(minuted_on__isnull=False),
                name="violations_minutes_before_sanction",
            ),
            models.CheckConstraint(
                condition=Q(paid_on__isnull=True) | Q(sanction__isnull=False),
                name="violations_sanction_before_payment",
            ),
            models.CheckConstraint(
                condition=Q(minuted_on__isnull=True) | Q(minuted_on__gte=F("detected_on")),
                name="violations_minutes_after_detection",
            ),
            models.CheckConstraint(
                condition=Q(dismissed_on__isnull=True) | Q(sanction__isnull=True),
                name="violations_dismissed_is_not_punished",
            ),
        ]
        indexes = [
            models.Index(fields=["place", "detected_on"], name="violations_by_place"),
            models.Index(fields=["detected_on", "uid"], name="violations_by_day"),
        ]

    def __str__(self) -> str:
        return str(self.uid)

    @property
    def progress(self) -> rules.Progress:
        """The days of the steps taken so far."""
        signed = self.sanction.decision.signed_on if self.sanction else None
        return rules.Progress(
            self.detected_on, self.minuted_on, signed, self.paid_on, self.dismissed_on
        )

    @property
    def state(self) -> State:
        """How far the case has come."""
        return State(rules.state(self.progress))
