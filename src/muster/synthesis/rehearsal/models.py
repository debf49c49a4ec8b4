"""Which steps of the demonstration are done, so that it can be resumed."""

from django.db import models
from django.db.models.functions import Now


class Done(models.Model):
    """One finished step; `people` marks for which size of the province it was played."""

    step = models.CharField(max_length=60, unique=True)
    people = models.PositiveIntegerField()
    seconds = models.FloatField()
    done_at = models.DateTimeField(db_default=Now())
