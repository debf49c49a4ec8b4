"""A violation from its detection to its payment; the sanction is a decision line."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Offence(models.TextChoices):
    """What was done, in the decree's words."""

    SCREENING_ABSENCE = "screening_absence", _("Not present at pre-screening")
    EXAM_ABSENCE = "exam_absence", _("Not present at the examination")
    CALL_UP_LATE = "call_up_late", _("Late or at the wrong place after a call-up")
    CALL_UP_REFUSED = "call_up_refused", _("Did not obey a call-up")


class Case(models.Model):
    """One person's violation; `call` is the decision he did not follow.

    `minuted_on`, `sanction` and `paid_on` follow in that order; a case that was
    heard and excused is dismissed with its reason's kind, never its words.
    """

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

    PRIVACY = {
        "person": "who is charged; the deciding office and the man; two years after payment",
        "offence": "what was done; same",
        "call": "which paper was not obeyed; same",
        "sanction": "the fine; same",
        "paid_on": "whether it is settled; same",
        "dismissed_on": "that he was heard and excused; same",
    }

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
        indexes = [models.Index(fields=["place", "detected_on"], name="violations_by_place")]
