"""A list that somebody is bringing in over the page."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from muster.foundation.register.models.lists import ListSource


class Upload(models.Model):
    """A file on its way: sent, tried, entered in portions; only who sent it sees it.

    `file` and `outcome` (what became of each row) lie sealed; both go when it is removed.
    `fresh` rows were found to be new when it was tried, `entered` of them are in.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    source = models.ForeignKey(ListSource, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8)
    on = models.DateField()
    key_id = models.CharField(max_length=40)
    file = models.BinaryField()
    outcome = models.BinaryField(null=True)
    states = models.JSONField(default=dict)
    fresh = models.PositiveIntegerField(default=0)
    entered = models.PositiveIntegerField(default=0)
    sent_at = models.DateTimeField(db_default=Now())

    def __str__(self) -> str:
        return str(self.uid)

    @property
    def tried(self) -> bool:
        """Whether the columns are settled and it is known what would become of each row."""
        return self.outcome is not None

    @property
    def done(self) -> bool:
        """Whether every new row has entered."""
        return self.tried and self.entered >= self.fresh
