"""Units, their names and their parents through time."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from muster.foundation.units.models.orders import Order, Tree
from muster.shell.bulk import BulkKey


class Level(models.TextChoices):
    """How far from the top a unit stands; the words of an order file."""

    REGION = "region", _("Military region")
    PROVINCE = "province", pgettext_lazy("level", "Province")
    DISTRICT = "district", pgettext_lazy("level", "District")
    REGIONAL = "regional", _("Regional defence command")
    COMMUNE = "commune", pgettext_lazy("level", "Commune")


class PlaceKind(models.TextChoices):
    """What a piece of ground is."""

    COMMUNE = "commune", _("former commune, residential group unknown")
    GROUP = "group", _("residential group")
    OFFICE = "office", _("school, agency or enterprise that registers")


class LinkKind(models.TextChoices):
    """What a command is to another unit, without being its parent."""

    SERVES = "serves", _("answers for the ground of")
    GUIDES = "guides", _("guides")


class Unit(models.Model):
    """A legal body, known by itself and not by its code.

    Another unit may bear the same code before or after it, so a code is read on a day.
    `ended` marks a unit that closed without a successor.
    """

    id = models.AutoField(primary_key=True)
    tree = models.CharField(max_length=12, choices=Tree)
    level = models.CharField(max_length=12, choices=Level)
    code = models.CharField(max_length=40)
    opened_on = models.DateField()
    closed_on = models.DateField(null=True)
    opened_by = BulkKey(Order, related_name="units_opened", db_index=False)
    closed_by = BulkKey(Order, related_name="units_closed", db_index=False, null=True)
    ended = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tree", "code", "opened_on"], name="units_unit_key"),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True, closed_by__isnull=True, ended=False)
                | Q(closed_on__gt=F("opened_on"), closed_by__isnull=False),
                name="units_unit_life",
            ),
        ]
        indexes = [models.Index(fields=["tree", "level"], name="units_unit_level")]

    def __str__(self) -> str:
        return self.code


class Span(models.Model):
    """Something that holds from a day until a day, by one order and until another.

    A span that one order opens and another closes on the same day is empty; it stays, so
    that undoing the second gives back the first.
    """

    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    opened_by = BulkKey(Order, related_name="+", db_index=False)
    closed_by = BulkKey(Order, related_name="+", db_index=False, null=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True, closed_by__isnull=True)
                | Q(valid_to__gte=F("valid_from"), closed_by__isnull=False),
                name="%(app_label)s_%(class)s_span",
            )
        ]


class UnitVersion(Span):
    """How a unit was called for a time: name, kind, centre and area."""

    unit = BulkKey(Unit, related_name="versions")
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=60)
    folded = models.CharField(max_length=200, db_collation="C")
    sort_key = models.CharField(max_length=300, db_collation="C")
    lat = models.FloatField(null=True)
    lon = models.FloatField(null=True)
    area_km2 = models.FloatField(null=True)
    area_estimated = models.BooleanField(default=False)

    class Meta(Span.Meta):
        abstract = False
        indexes = [models.Index(fields=["folded"], name="units_version_folded")]

    def __str__(self) -> str:
        return f"{self.kind} {self.name}"


class UnitParent(Span):
    """Which unit stands above another for a time."""

    unit = BulkKey(Unit, related_name="parents")
    parent = BulkKey(Unit, related_name="children")

    class Meta(Span.Meta):
        abstract = False

    def __str__(self) -> str:
        return f"{self.unit_id} < {self.parent_id}"
