"""Official boundaries, where an administrator has loaded them."""

from django.db import models

from muster.foundation.units.models.orders import Tree


class Boundary(models.Model):
    """The outline of a unit, simplified for drawing: rings of degrees east and north.

    It belongs to the unit that opened under the code on a day, so that it survives an
    order being undone and applied again. `source` is the document that it was taken from.
    """

    tree = models.CharField(max_length=12, choices=Tree)
    code = models.CharField(max_length=40)
    opened_on = models.DateField()
    rings = models.JSONField()
    source = models.TextField()
    loaded_on = models.DateField()
    loaded_by = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tree", "code", "opened_on"], name="units_boundary_unit"
            )
        ]

    def __str__(self) -> str:
        return self.code
