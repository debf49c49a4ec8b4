"""The citizen's own side: his sign-in, what he asks to be corrected, papers handed to him."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from muster.foundation.register.models.acts import Act
from muster.foundation.register.models.person import Person
from muster.shell.promises import PairedKey


class OfPerson(models.Model):
    """A row that follows its person from place to place (the database keeps the pair)."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = PairedKey(Person, related_name="%(class)ss")
    place = PairedKey("units.Place", db_index=False, related_name="+")

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(self.uid)


class Access(OfPerson):
    """A citizen's sign-in, opened at the desk against his card: it shows him and nobody else.

    `survivor` is the entry that his was merged into, as long as the merge stands: it leads there.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    opened_on = models.DateField()
    basis = models.TextField()
    closed_on = models.DateField(null=True)
    survivor = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(closed_on=None), name="register_access_one_open"
            ),
            models.UniqueConstraint(fields=["user"], name="register_access_one_person"),
        ]


class Request(OfPerson):
    """What a citizen asks to be corrected in his entry, and what the office answered."""

    class State(models.TextChoices):
        OPEN = "open", _("Waits for the office")
        GRANTED = "granted", _("Corrected")
        REFUSED = "refused", _("Not corrected")

    field = models.CharField(max_length=20)
    wanted = models.TextField()
    shown_by = models.TextField()
    asked_on = models.DateField()
    due_on = models.DateField()
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    answered_on = models.DateField(null=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    answer = models.TextField(blank=True)
    act = models.ForeignKey(Act, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "field"],
                condition=Q(state="open"),
                name="register_request_one_open",
            ),
            models.CheckConstraint(
                condition=Q(state="open", answered_on=None)
                | (~Q(state="open") & Q(answered_on__gte=F("asked_on")) & ~Q(answer="")),
                name="register_request_answered_whole",
            ),
        ]


class Certificate(OfPerson):
    """A paper about an entry as it stood when it was handed out; `facts` is their digest.

    The digest stands in the log, so that a paper can be told from a forged one without the
    log knowing what is on it.
    """

    class Kind(models.TextChoices):
        REGISTRATION = "registration", _("Certificate of military service registration")
        RESERVIST = "reservist", _("Certificate of reservist registration")
        TRANSFER = "transfer", _("Letter of introduction for a transfer")
        ABSENCE = "absence", _("Confirmation of a registered absence")
        EXTRACT = "extract", _("Extract of one's own entry")

    kind = models.CharField(max_length=12, choices=Kind)
    on = models.DateField()
    version = models.PositiveIntegerField()
    facts = models.BinaryField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
