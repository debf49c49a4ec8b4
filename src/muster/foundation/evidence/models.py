"""A paper as it was taken in, its sealed content, and the people for whom it shows something."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from muster.shell.promises import PairedKey

#: What each kind of `rules.KINDS` is called, in the words of `docs/reference/grounds.md`.
KINDS = {
    "enrolment_certificate": _("enrolment certificate"),
    "commune_confirmation": _("confirmation of the commune People's Committee"),
    "policy_file": _("policy file"),
    "unit_certificate": _("certificate of the unit or police"),
    "provincial_decision": _("provincial decision"),
    "assignment_decision": _("decision of assignment"),
    "selection_decision": _("decision of selection"),
    "merit_file": _("file of people with merit"),
    "cipher_confirmation": _("confirmation of the cipher office"),
    "disability_certificate": _("certificate of the degree of disability"),
    "medical_conclusion": _("conclusion of a medical institution"),
    "prosecution_decision": _("decision to prosecute"),
    "sentence_decision": _("decision to execute the sentence"),
    "judicial_record": _("judicial record"),
    "commune_decision": _("decision of the commune"),
    "court_decision": _("decision of the court"),
    "judgment": _("judgment"),
}
STUDY = _("Attends school, college or university")


class Paper(models.Model):
    """A paper brought by somebody, shown to be unchanged by its digest; never edited.

    `claim` is what it shows: a circumstance of the register, or study. It shows it from
    `issued_on` until `valid_to` (None: for ever). `person` brought it, and it follows him
    from place to place; `Showing` names him and whoever of his family it serves.
    """

    uid = models.UUIDField(unique=True, editable=False, default=uuid.uuid4)
    # Its pair (person, place) is a key of the person's row.
    person = PairedKey("register.Person", related_name="+")
    place = PairedKey("units.Place", db_index=False, related_name="+")
    kind = models.CharField(max_length=40)
    claim = models.CharField(max_length=40)
    reference = models.CharField(max_length=200)
    issued_on = models.DateField()
    valid_to = models.DateField(null=True)
    media = models.CharField(max_length=20)
    size = models.PositiveIntegerField()
    sha256 = models.BinaryField(max_length=32)
    received_on = models.DateField()
    received_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    recorded_at = models.DateTimeField(db_default=Now())
    withdrawn_on = models.DateField(null=True)
    withdrawn_because = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("issued_on")),
                name="evidence_paper_span",
            ),
            models.CheckConstraint(
                condition=Q(received_on__gte=F("issued_on")), name="evidence_paper_issued_before"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_on__isnull=True) | ~Q(withdrawn_because=""),
                name="evidence_paper_withdrawn_because",
            ),
        ]

    @property
    def kind_label(self) -> str:
        """What the paper is, in the reader's language."""
        return str(KINDS.get(self.kind, self.kind))


class Content(models.Model):
    """The bytes of a paper, sealed with the key of that id; gone once erased."""

    paper = models.OneToOneField(Paper, on_delete=models.PROTECT, related_name="content")
    key_id = models.CharField(max_length=40)
    sealed = models.BinaryField()


class Showing(models.Model):
    """Somebody for whom a paper shows its claim: who brought it, or one of his family."""

    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="showings")
    person = PairedKey("register.Person", related_name="+")
    place = PairedKey("units.Place", db_index=False, related_name="+")
    since = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["paper", "person"], name="evidence_showing_once")
        ]
