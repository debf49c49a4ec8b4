"""Legal orders, their acts, and what was done with them."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _


class Tree(models.TextChoices):
    """Which tree of units an order changes."""

    GOVERNMENT = "government", _("Local government")
    DEFENCE = "defence", _("Local military command")


class Order(models.Model):
    """A numbered legal order that reorganises units.

    `applied_by` is an opaque mark of who applied it; `position` counts applications, so
    that orders of one day keep their sequence. `digest` is SHA-256 over days and acts. An
    order without a confirmed day of effect cannot be applied.
    """

    number = models.CharField(max_length=60, unique=True)
    title = models.TextField()
    issuer = models.TextField()
    signed_on = models.DateField()
    effective_on = models.DateField(null=True)
    tree = models.CharField(max_length=12, choices=Tree)
    text = models.TextField(blank=True)
    source = models.TextField(blank=True)
    confirmed = models.BooleanField(default=False)
    corrects = models.ForeignKey("self", models.PROTECT, related_name="corrections", null=True)
    applied_on = models.DateField(null=True)
    applied_by = models.CharField(max_length=60, blank=True)
    position = models.PositiveIntegerField(null=True)
    digest = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(effective_on__isnull=True) | Q(effective_on__gte=F("signed_on")),
                name="units_order_signed_before_effect",
            ),
            models.CheckConstraint(
                condition=Q(applied_on__isnull=True, position__isnull=True)
                | Q(applied_on__isnull=False, position__isnull=False, effective_on__isnull=False),
                name="units_order_applied_with_day",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class Act(models.Model):
    """One act of an order, in the words of its file, with its line there."""

    order = models.ForeignKey(Order, models.CASCADE, related_name="acts")
    position = models.PositiveIntegerField()
    body = models.JSONField()
    line = models.PositiveIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["order", "position"], name="units_act_position")
        ]

    def __str__(self) -> str:
        return f"{self.order_id}/{self.position + 1}"


class Verb(models.TextChoices):
    """What may be done with an order."""

    APPLIED = "applied", _("applied")
    UNDONE = "undone", _("undone")
    RECONCILED = "reconciled", _("reconciled")


class Step(models.Model):
    """One thing done with an order: by whom, and what it stood for.

    `digest` is that of the order's acts; `figures` holds the equation of people
    (before, after, waiting) when it was reconciled.
    """

    order = models.ForeignKey(Order, models.PROTECT, related_name="steps")
    verb = models.CharField(max_length=12, choices=Verb)
    on = models.DateField()
    by = models.CharField(max_length=60, blank=True)
    digest = models.CharField(max_length=64)
    figures = models.JSONField(default=dict)
    done_at = models.DateTimeField(db_default=Now())

    def __str__(self) -> str:
        return f"{self.order_id} {self.verb}"
