"""Lists that offices send: what their columns mean, and which of them came in."""

from django.db import models
from django.db.models.functions import Now


class ListSource(models.Model):
    """An office or system that sends lists; `mapping` leads from its headings to fields."""

    name = models.TextField(unique=True)
    mapping = models.JSONField(default=dict)

    def __str__(self) -> str:
        return self.name


class ListImport(models.Model):
    """One file that came in; the same file again changes nothing."""

    source = models.ForeignKey(ListSource, on_delete=models.PROTECT, related_name="imports")
    digest = models.CharField(max_length=64)
    on = models.DateField()
    rows = models.PositiveIntegerField()
    entered = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    started_at = models.DateTimeField(db_default=Now())
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "digest"], name="register_list_once")
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.started_at:%Y-%m-%d}"
