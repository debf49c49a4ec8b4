"""Places, the units in which they lie, and who came after whom."""

from django.db import models
from django.db.models import F, Q

from muster.foundation.units.models.orders import Order
from muster.foundation.units.models.trees import LinkKind, PlaceKind, Span, Unit
from muster.shell.bulk import BulkKey


class Place(models.Model):
    """A piece of ground, to which every fact about people is attached.

    The ground of a commune as it was at the start bears the commune's code and stands
    for those whose residential group is unknown; its groups lie `within` it, and so do the
    schools, agencies and enterprises whose people register there and not at home.
    """

    id = models.AutoField(primary_key=True)
    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=200)
    folded = models.CharField(max_length=200, db_collation="C")
    kind = models.CharField(max_length=8, choices=PlaceKind)
    within = models.ForeignKey("self", models.PROTECT, related_name="groups", null=True)
    lat = models.FloatField(null=True)
    lon = models.FloatField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=PlaceKind.COMMUNE) ^ Q(within__isnull=False),
                name="units_place_group_within",
            )
        ]

    def __str__(self) -> str:
        return self.code


class Tenure(Span):
    """The unit in which a place lies for a time, one at every date.

    `provisional` while the place of a divided unit waits with its keeper.
    """

    place = BulkKey(Place, related_name="tenures")
    unit = BulkKey(Unit, related_name="tenures")
    provisional = models.BooleanField(default=False)

    class Meta(Span.Meta):
        abstract = False

    def __str__(self) -> str:
        return f"{self.place_id} → {self.unit_id}"


class Succession(models.Model):
    """What an order made of a unit: `whole` when it lives on in one unit only.

    `keeper` marks the one that answers for it: posts, bodies and stamps follow there.
    """

    order = BulkKey(Order, related_name="successions", db_index=False)
    old = BulkKey(Unit, related_name="successors", db_index=False)
    new = BulkKey(Unit, related_name="predecessors")
    whole = models.BooleanField()
    keeper = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["old", "new", "order"], name="units_succession_once")
        ]

    def __str__(self) -> str:
        return f"{self.old_id} → {self.new_id}"


class Link(Span):
    """A command that answers for a unit's ground, or guides it, for a time."""

    kind = models.CharField(max_length=8, choices=LinkKind)
    source = BulkKey(Unit, related_name="links_out")
    target = BulkKey(Unit, related_name="links_in")

    class Meta(Span.Meta):
        abstract = False

    def __str__(self) -> str:
        return f"{self.source_id} {self.kind} {self.target_id}"


class Placement(models.Model):
    """The decision that gives a waiting place its unit.

    One commune proposes, the other accepts, the province settles; a table of residential
    groups is proposed, accepted and settled in one. `settled_on` is the day of the
    decision: the tenure itself holds from the order's day of effect.
    """

    order = models.ForeignKey(Order, models.PROTECT, related_name="placements")
    place = models.ForeignKey(Place, models.PROTECT, related_name="placements")
    keeper = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    reason = models.TextField(blank=True)
    proposed_on = models.DateField()
    proposed_by = models.CharField(max_length=60, blank=True)
    accepted_on = models.DateField(null=True)
    accepted_by = models.CharField(max_length=60, blank=True)
    settled_on = models.DateField(null=True)
    settled_by = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["order", "place"],
                condition=Q(settled_on__isnull=False),
                name="units_placement_settled_once",
            ),
            models.CheckConstraint(
                condition=Q(settled_on__isnull=True) | Q(settled_on__gte=F("proposed_on")),
                name="units_placement_proposed_first",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.place_id} → {self.unit_id}"
