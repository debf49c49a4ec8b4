"""Entries are never changed; a leaf gives an entry its place in the tree."""

from django.db import models
from django.db.models.functions import Now


class Entry(models.Model):
    """The salted digest of one row that an action wrote.

    `kind` and `row_id` lead to the row; `digest` is SHA-256 over salt and the
    row's canonical text, so the entry alone tells nothing about a person.
    """

    kind = models.CharField(max_length=60)
    row_id = models.BigIntegerField()
    salt = models.BinaryField()
    digest = models.BinaryField()
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "row_id"], name="ledger_entry_one_per_row")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.row_id}"


class Erasure(models.Model):
    """Values that were destroyed with their salts because a rule's time was up.

    It is itself a row behind an entry, and its text lists the entries it erased. `user_id`
    is who ran it, None for the house itself; accounts stand above the log.
    """

    rule = models.CharField(max_length=60)
    source = models.TextField()
    confirmed = models.BooleanField()
    on = models.DateField()
    user_id = models.BigIntegerField(null=True)
    counts = models.JSONField(default=dict)
    erased_at = models.DateTimeField(db_default=Now())

    def __str__(self) -> str:
        return f"{self.rule} {self.on}"


class Erased(models.Model):
    """An entry whose row and salt were destroyed; its digest stays in the tree."""

    entry = models.OneToOneField(
        Entry, on_delete=models.PROTECT, primary_key=True, related_name="erased"
    )
    erasure = models.ForeignKey(Erasure, on_delete=models.PROTECT, related_name="erased")

    def __str__(self) -> str:
        return f"{self.entry_id} by {self.erasure_id}"


class Waiting(models.Model):
    """An entry that the sequencer has still to place."""

    entry = models.OneToOneField(
        Entry, on_delete=models.PROTECT, primary_key=True, related_name="waiting"
    )

    def __str__(self) -> str:
        return str(self.pk)


class Leaf(models.Model):
    """The position that the sequencer gave an entry after its commit.

    The sequencer takes entries from their own table, from which nothing can be
    deleted, so the database need not look each one up a second time.
    """

    position = models.BigIntegerField(primary_key=True)
    entry = models.OneToOneField(
        Entry, on_delete=models.PROTECT, related_name="leaf", db_constraint=False
    )

    def __str__(self) -> str:
        return str(self.position)


class Node(models.Model):
    """The root of a complete subtree of 256, 65,536 … leaves, so that a proof reads few rows."""

    level = models.SmallIntegerField()
    index = models.BigIntegerField()
    hash = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["level", "index"], name="ledger_node_one_per_place")
        ]

    def __str__(self) -> str:
        return f"{self.level}/{self.index}"


class Head(models.Model):
    """Size and root of the tree at a moment, signed by this installation.

    `frontier` is what the tree needs in order to grow from here.
    """

    size = models.BigIntegerField(unique=True)
    root = models.BinaryField()
    frontier = models.BinaryField()
    signature = models.BinaryField()
    signed_at = models.DateTimeField(db_default=Now())

    def __str__(self) -> str:
        return str(self.size)
