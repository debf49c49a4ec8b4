"""A citizen on his way from one registration office to another."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from muster.foundation.register.models.person import Person


class Transfer(models.Model):
    """One office lets go, the other receives; until then he stays on the roll he was on.

    Both offices see the letter, which names him: the receiving office sees nothing else of
    him before it has received him.
    """

    class State(models.TextChoices):
        OPEN = "open", _("On the way")
        RECEIVED = "received", _("Received")
        RETURNED = "returned", _("Returned")

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="transfers")
    full_name = models.TextField()
    from_place = models.ForeignKey("units.Place", on_delete=models.PROTECT, related_name="+")
    to_place = models.ForeignKey("units.Place", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    basis = models.TextField()
    proposed_on = models.DateField()
    due_on = models.DateField()
    answered_on = models.DateField(null=True)
    answer = models.TextField(blank=True)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(state="open"), name="register_transfer_one_open"
            ),
            models.CheckConstraint(
                condition=~Q(from_place=F("to_place")), name="register_transfer_elsewhere"
            ),
            models.CheckConstraint(
                condition=Q(state="open", answered_on__isnull=True)
                | (~Q(state="open") & Q(answered_on__gte=F("proposed_on"))),
                name="register_transfer_answered",
            ),
        ]

    def __str__(self) -> str:
        return str(self.uid)
