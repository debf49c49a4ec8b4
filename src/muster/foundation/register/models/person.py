"""A citizen's entry, and the words of his name for search."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from muster.shell.promises import UncheckedKey


class Sex(models.TextChoices):
    """Sex as in the civil register."""

    MALE = "m", _("Male")
    FEMALE = "f", _("Female")


class Precision(models.TextChoices):
    """How exactly the birth date is known."""

    DAY = "day", _("To the day")
    YEAR = "year", _("Year only")
    NEW_YEAR = "jan1", _("1 January, as given to a whole village")


class Person(models.Model):
    """One entry of the register.

    `place` is where he is registered at present; it decides who sees the entry.
    `version` counts the acts upon it, the last of which seals its present state.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    place = models.ForeignKey(
        "units.Place", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    full_name = models.TextField()
    folded = models.TextField(db_collation="C")
    sort_key = models.TextField(db_collation="C")
    sex = models.CharField(max_length=1, choices=Sex)
    birth_date = models.DateField()
    birth_precision = models.CharField(max_length=4, choices=Precision, default=Precision.DAY)
    ethnicity = models.TextField(blank=True)
    citizen_number_sealed = models.BinaryField(null=True)
    citizen_number_index = models.BinaryField(null=True)
    old_number_sealed = models.BinaryField(null=True)
    old_number_index = models.BinaryField(null=True)
    education_grade = models.PositiveSmallIntegerField(null=True)
    school_level = models.CharField(max_length=20, blank=True)
    degree_on = models.DateField(null=True)
    father_name = models.TextField(blank=True)
    mother_name = models.TextField(blank=True)
    family_id = models.BigIntegerField(null=True)
    occupation = models.TextField(blank=True)
    registered_on = models.DateField()
    source = models.TextField(blank=True)
    source_id = models.TextField(blank=True)
    closed_on = models.DateField(null=True)
    closed_why = models.CharField(max_length=20, blank=True)
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True, closed_why="")
                | (Q(closed_on__isnull=False) & ~Q(closed_why="")),
                name="register_person_closed_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(education_grade__isnull=True) | Q(education_grade__lte=12),
                name="register_person_grade",
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("id")),
                name="register_person_not_into_himself",
            ),
            models.UniqueConstraint(
                fields=["source", "source_id"],
                condition=~Q(source=""),
                name="register_person_once_per_source",
            ),
            # The spells follow the person's place through this pair (0002_walls).
            models.UniqueConstraint(fields=["id", "place"], name="register_person_at_place"),
        ]
        indexes = [
            models.Index(fields=["place", "sort_key", "uid"], name="register_person_list"),
            models.Index(fields=["sort_key", "uid"], name="register_person_wide_list"),
            models.Index(
                fields=["citizen_number_index"],
                condition=Q(citizen_number_index__isnull=False),
                name="register_person_number",
            ),
            models.Index(
                fields=["old_number_index"],
                condition=Q(old_number_index__isnull=False),
                name="register_person_old_number",
            ),
            models.Index(
                fields=["family_id"],
                condition=Q(family_id__isnull=False),
                name="register_person_family",
            ),
        ]

    def __str__(self) -> str:
        return self.full_name


class PersonToken(models.Model):
    """One word of a name at a place, so that any word finds it; derived from the person's row."""

    pk = models.CompositePrimaryKey("token", "place_id", "person_id")
    token = models.TextField(db_collation="C")
    place = UncheckedKey("units.Place", models.DO_NOTHING, related_name="+", db_index=False)
    person = UncheckedKey(Person, models.DO_NOTHING, related_name="tokens", db_index=False)

    class Meta:
        # The key finds who bears a rare word; this, whether somebody bears a common one.
        indexes = [models.Index(fields=["person", "token"], name="register_token_of_person")]
