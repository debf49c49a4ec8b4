"""Bodies of a unit, who sits in them from when to when, and what they resolved."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from muster.foundation.decisions.models.columns import opaque_id


class BodyKind(models.TextChoices):
    """Bodies that vote or sign."""

    COUNCIL = "council", _("Military Service Council")
    HEALTH_COUNCIL = "health_council", _("Health Examination Council")
    ASSESSMENT = "assessment", _("Medical Assessment Council")


class Choice(models.TextChoices):
    """What a member may do when a name or a list is put to the vote."""

    AYE = "aye", _("For")
    NO = "no", _("Against")
    ABSTAIN = "abstain", _("Abstains")
    RECUSED = "recused", _("Recused: conflict of interest")


def _spanned(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")), name=name
    )


class Body(models.Model):
    """A council of a unit, from its founding until it or its unit ends."""

    kind = models.CharField(max_length=20, choices=BodyKind.choices)
    unit = models.ForeignKey("units.Unit", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            _spanned("decisions_body_span"),
            models.UniqueConstraint(
                fields=["unit"],
                condition=Q(kind=BodyKind.COUNCIL, valid_to__isnull=True),
                name="decisions_body_one_open_council",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Seat(models.Model):
    """A member's place in a body; the holder may be named or the post alone."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="seats")
    title = models.CharField(max_length=200)
    holder = models.CharField(max_length=200, blank=True)
    user = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    chair = models.BooleanField(default=False)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [_spanned("decisions_seat_span")]

    def __str__(self) -> str:
        return f"{self.title} {self.holder}".strip()


class Meeting(models.Model):
    """A sitting of a body on a day, with its agenda."""

    uid = opaque_id()
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="meetings")
    held_on = models.DateField()
    agenda = models.TextField(blank=True)


class Attendance(models.Model):
    """A seat that was taken at a sitting."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="attendances")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "seat"], name="decisions_attendance_once")
        ]


class Resolution(models.Model):
    """What a body resolved about a list, with the vote that carried it or did not.

    `members` are all who sat in the body that day: the law counts against them.
    """

    uid = opaque_id()
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="resolutions")
    meeting = models.ForeignKey(
        Meeting, on_delete=models.PROTECT, related_name="resolutions", null=True, blank=True
    )
    act = models.CharField(max_length=40)
    season = models.CharField(max_length=20, blank=True)
    adopted_on = models.DateField()
    members = models.SmallIntegerField()
    present = models.SmallIntegerField()
    ayes = models.SmallIntegerField()
    noes = models.SmallIntegerField(default=0)
    recused = models.SmallIntegerField(default=0)
    needed = models.SmallIntegerField()
    passed = models.BooleanField()
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ayes__gte=0, noes__gte=0, recused__gte=0, present__lte=F("members"))
                & Q(present__gte=F("ayes") + F("noes") + F("recused")),
                name="decisions_resolution_heads",
            ),
            models.CheckConstraint(
                condition=Q(passed=True, ayes__gte=F("needed"))
                | Q(passed=False, ayes__lt=F("needed")),
                name="decisions_resolution_counted",
            ),
        ]


class ContestedVote(models.Model):
    """A name taken off the list and voted on alone."""

    resolution = models.ForeignKey(Resolution, on_delete=models.PROTECT, related_name="contested")
    person = models.ForeignKey("register.Person", on_delete=models.PROTECT, related_name="+")
    place = models.ForeignKey("units.Place", on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=40)
    article = models.CharField(max_length=40, blank=True)
    ayes = models.SmallIntegerField()
    noes = models.SmallIntegerField(default=0)
    recused = models.SmallIntegerField(default=0)
    passed = models.BooleanField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["resolution", "person"], name="decisions_contested_once"
            )
        ]


class Ballot(models.Model):
    """One member's open vote; on the list, or on a contested name."""

    resolution = models.ForeignKey(Resolution, on_delete=models.PROTECT, related_name="ballots")
    contested = models.ForeignKey(
        ContestedVote, on_delete=models.PROTECT, related_name="ballots", null=True, blank=True
    )
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    choice = models.CharField(max_length=10, choices=Choice.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["resolution", "contested", "seat"],
                nulls_distinct=False,
                name="decisions_ballot_once",
            )
        ]
