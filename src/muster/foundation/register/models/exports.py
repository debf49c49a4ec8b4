"""A list that leaves the house: asked for with a purpose, answered for by a second person."""

import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _


class Export(models.Model):
    """What somebody wants to take along: which people, which columns, what for.

    `find` is the search as its address holds it, sealed; `unit` is None for the whole
    installation. Never changed: what became of it is told by its steps.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    unit = models.ForeignKey("units.Unit", on_delete=models.PROTECT, null=True, related_name="+")
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    on = models.DateField()
    purpose = models.TextField()
    find = models.TextField(blank=True)
    where = models.TextField(blank=True)
    columns = ArrayField(models.CharField(max_length=20))
    full_numbers = models.BooleanField(default=False)
    rows = models.PositiveIntegerField()
    needs_second = models.BooleanField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(purpose=""), name="register_export_with_purpose"),
            models.CheckConstraint(
                condition=Q(full_numbers=False) | Q(needs_second=True),
                name="register_export_full_numbers_need_two",
            ),
        ]

    def __str__(self) -> str:
        return str(self.uid)


class ExportStep(models.Model):
    """What became of an export; each is a line of the ledger."""

    class Kind(models.TextChoices):
        APPROVED = "approved", _("Approved by a second person")
        REFUSED = "refused", _("Refused")
        TAKEN = "taken", _("Taken along")

    export = models.ForeignKey(Export, on_delete=models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=10, choices=Kind)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    why = models.TextField(blank=True)
    form = models.CharField(max_length=4, blank=True)
    rows = models.PositiveIntegerField(null=True)
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            # Approved or refused, and once.
            models.UniqueConstraint(
                fields=["export"],
                condition=Q(kind__in=["approved", "refused"]),
                name="register_export_answered_once",
            )
        ]
