"""What follows a decision: it is posted, delivered, and may be complained of."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from muster.foundation.decisions.models.columns import opaque_id
from muster.foundation.decisions.models.decided import Decision, Line


class Channel(models.TextChoices):
    """Where a list is posted."""

    BOARD = "board", _("Notice board")
    WEB = "web", _("Public page")


class Posting(models.Model):
    """A decision's list on a channel from the signature until its days are over."""

    uid = opaque_id()
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="postings")
    channel = models.CharField(max_length=10, choices=Channel.choices)
    valid_from = models.DateField()
    valid_to = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["decision", "channel"], name="decisions_posting_once_a_channel"
            ),
            models.CheckConstraint(
                condition=Q(valid_to__gt=F("valid_from")), name="decisions_posting_span"
            ),
        ]
        indexes = [models.Index(fields=["valid_to"], name="decisions_posting_open")]


class Means(models.TextChoices):
    """How a paper was brought to somebody."""

    HAND = "hand", _("by hand")
    POST = "post", _("by registered post")
    TEXT = "text", _("by text message")
    ONLINE = "online", _("online")
    FAMILY = "family", _("through the family")


class Result(models.TextChoices):
    """How an attempt at delivery ended."""

    SERVED = "served", _("served")
    REFUSED = "refused", _("refused")
    RETURNED = "returned", _("returned")


class Delivery(models.Model):
    """One attempt to serve a line, with its proof; never changed."""

    uid = opaque_id()
    line = models.ForeignKey(Line, on_delete=models.PROTECT, related_name="deliveries")
    place = models.ForeignKey("units.Place", on_delete=models.PROTECT, related_name="+")
    delivered_on = models.DateField()
    means = models.CharField(max_length=10, choices=Means.choices)
    result = models.CharField(max_length=10, choices=Result.choices)
    receiver = models.CharField(max_length=200, blank=True)
    proof = models.CharField(max_length=200, blank=True)
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(means="family", receiver=""), name="decisions_delivery_family_named"
            )
        ]


class Dispute(models.Model):
    """A mark "disputed" that somebody set on an entry or a line about himself, at once.

    `about` names the entry (a code, never its content); another person than
    `marked_by` lifts it, by a decision.
    """

    uid = opaque_id()
    person = models.ForeignKey("register.Person", on_delete=models.PROTECT, related_name="+")
    place = models.ForeignKey("units.Place", on_delete=models.PROTECT, related_name="+")
    line = models.ForeignKey(
        Line, on_delete=models.PROTECT, related_name="disputes", null=True, blank=True
    )
    about = models.CharField(max_length=60)
    marked_on = models.DateField()
    marked_by = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    look_by = models.DateField()
    answer = models.OneToOneField(
        Line, on_delete=models.PROTECT, related_name="lifted", null=True, blank=True
    )
    lifted_by = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "about"],
                condition=Q(answer__isnull=True),
                name="decisions_dispute_one_open",
            ),
            models.CheckConstraint(
                condition=Q(answer__isnull=False) | Q(lifted_by__isnull=True),
                name="decisions_dispute_lifted_by_decision",
            ),
            models.CheckConstraint(
                condition=Q(lifted_by__isnull=True) | ~Q(lifted_by=F("marked_by")),
                name="decisions_dispute_lifted_by_another",
            ),
        ]


class Complaint(models.Model):
    """A complaint against a line, of the first or second instance, with its clocks.

    `court_on` is the day on which the man took the matter to court instead of waiting, or after.
    """

    uid = opaque_id()
    line = models.ForeignKey(Line, on_delete=models.PROTECT, related_name="complaints")
    place = models.ForeignKey("units.Place", on_delete=models.PROTECT, related_name="+")
    instance = models.SmallIntegerField(default=1)
    text = models.TextField(blank=True)
    complex_case = models.BooleanField(default=False)
    remote = models.BooleanField(default=False)
    received_on = models.DateField()
    accept_by = models.DateField()
    accepted_on = models.DateField(null=True, blank=True)
    answer_by = models.DateField(null=True, blank=True)
    answer = models.OneToOneField(
        Line, on_delete=models.PROTECT, related_name="answered", null=True, blank=True
    )
    court_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(instance__in=(1, 2)), name="decisions_complaint_instance"
            ),
            models.CheckConstraint(
                condition=Q(accepted_on__isnull=True, answer_by__isnull=True)
                | Q(accepted_on__isnull=False, answer_by__isnull=False),
                name="decisions_complaint_clock",
            ),
            models.UniqueConstraint(
                fields=["line", "instance"],
                condition=Q(answer__isnull=True),
                name="decisions_complaint_one_open",
            ),
        ]
