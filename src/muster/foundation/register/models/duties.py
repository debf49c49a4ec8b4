"""What an office owes by a day: papers of a period, and people of whom it was told."""

import uuid
from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from muster.foundation.register.models.acts import Act
from muster.foundation.register.models.person import Person


class Filing(models.Model):
    """A paper that an office owes once a period: the January list, a notice of the police.

    One office draws it up, another person of it confirms it; the police's needs no confirming.
    """

    class Kind(models.TextChoices):
        JANUARY = "january", _("List of men who turn 17 this year")
        POLICE = "police", _("Notice of the police for the quarter")

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    unit = models.ForeignKey("units.Unit", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=Kind)
    period = models.DateField()
    on = models.DateField()
    basis = models.TextField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    confirmed_on = models.DateField(null=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "kind", "period"], name="register_filing_once"),
            models.CheckConstraint(
                condition=Q(confirmed_on__isnull=True) | Q(confirmed_on__gte=F("on")),
                name="register_filing_confirmed_after",
            ),
        ]

    def __str__(self) -> str:
        return str(self.uid)


class Errand(models.Model):
    """Somebody of whom the office was told, until an act upon his entry settles it.

    `FIRST` is a man of the January list who is to register in April and has no entry yet;
    `CHANGE` a change that a citizen or the police told of somebody registered. Name and birth,
    and the `form` that a listed man sent in online (sealed), are kept only while it waits; then
    the entry tells them.
    """

    class Kind(models.TextChoices):
        FIRST = "first", _("First registration")
        CHANGE = "change", _("Supplementary change")

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=6, choices=Kind)
    place = models.ForeignKey(
        "units.Place", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    filing = models.ForeignKey(Filing, on_delete=models.PROTECT, null=True, related_name="errands")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    full_name = models.TextField(blank=True)
    birth_date = models.DateField(null=True)
    what = models.TextField(blank=True)
    form = models.BinaryField(null=True)
    form_sent_on = models.DateField(null=True)
    told_on = models.DateField()
    due_on = models.DateField()
    settled_on = models.DateField(null=True)
    act = models.ForeignKey(Act, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(settled_on__isnull=True, act__isnull=True)
                | Q(settled_on__gte=F("told_on"), act__isnull=False),
                name="register_errand_settled_by_act",
            ),
            models.CheckConstraint(
                condition=Q(kind="first") | Q(person__isnull=False),
                name="register_errand_of_whom",
            ),
        ]
        indexes = [
            models.Index(
                fields=["place", "due_on"],
                condition=Q(settled_on__isnull=True),
                name="register_errand_open",
            )
        ]

    def __str__(self) -> str:
        return str(self.uid)

    @property
    def name(self) -> str:
        """Who it is, from the entry once there is one."""
        return self.person.full_name if self.person else self.full_name

    @property
    def born(self) -> date | None:
        """When he was born, from the entry once there is one."""
        return self.person.birth_date if self.person else self.birth_date
