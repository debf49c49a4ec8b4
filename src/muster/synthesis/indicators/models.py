"""Figures that can only be declared, each with the document it was read from."""

from django.db import models
from django.db.models.functions import Now


class DeclaredFigure(models.Model):
    """What a document states of a unit and a period; a later declaration replaces it.

    Where a share is stated, `numerator` and `denominator` are kept as stated,
    so that the percentage is computed and never typed.
    """

    indicator = models.CharField(max_length=60)
    unit = models.ForeignKey("units.Unit", on_delete=models.PROTECT, related_name="+")
    period = models.CharField(max_length=7)
    numerator = models.DecimalField(max_digits=18, decimal_places=4)
    denominator = models.DecimalField(max_digits=18, decimal_places=4, null=True)
    source = models.TextField()
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", null=True)
    declared_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(source=""), name="indicators_declared_has_source"
            ),
        ]
        indexes = [models.Index(fields=["unit", "period"], name="indicators_declared_of_unit")]

    def __str__(self) -> str:
        return f"{self.indicator} {self.period}"
