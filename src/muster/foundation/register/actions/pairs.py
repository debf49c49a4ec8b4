"""Double entries: laid out for decision, merged without loss, parted again as if nothing had been."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import connection, transaction
from django.db.models import Q

from muster.foundation.ledger import actions as ledger
from muster.foundation.register.actions.inscribe import inscribe
from muster.foundation.register.actions.population import SPELLS
from muster.foundation.register.models import (
    Access,
    Act,
    Close,
    Person,
)
from muster.foundation.register.models.numbers import keys
from muster.foundation.register.models.pairs import Notice, Pair, PairDecision
from muster.foundation.register.queries.entry import entries_of
from muster.kernel.errors import Refused
from muster.shell import rls


class NotTwoEntries(Refused):
    """A merge of an entry with itself, or of one that is closed."""


class NotMerged(Refused):
    """An entry to be parted that no merge closed, or that a later merge carried on."""


class AlreadyDecided(Refused):
    """A pair about which somebody else has decided meanwhile."""


# What is known of a person beside who he is; a home is known of each entry for itself.
_SPELLS = ("schooling", "employment", "circumstance")
_SPAN = ("valid_from", "valid_to", "document")
_NUMBERS = ("citizen_number", "old_number")
_FILLED = (
    "ethnicity",
    "education_grade",
    "school_level",
    "degree_on",
    "father_name",
    "mother_name",
    "family_id",
    "occupation",
)
_EMPTY = (None, "")


@transaction.atomic
def merge_people(*, kept: Person, dropped: Person, on: date, basis: str) -> Act:
    """Take `dropped` for a second entry of `kept`: its spells and what `kept` lacks go over.

    The dropped entry leaves its roll and stays readable; nothing is deleted, and the act
    records what went over, so that `unmerge` gives it back. His sign-in leads to the kept one. Cases of other slices stay with
    the entry they were opened for. Both people are to be told. `NotTwoEntries` for one entry
    or a closed one. Entries of two offices can be merged: the caller's right was checked.
    """
    _refuse_unmergeable(kept, dropped)
    with rls.scoped(role=rls.WIDE, user_id=rls.current_user_id()):
        filled = _fill(kept, dropped)
        moved = {spell: _hand_over(spell, dropped, kept) for spell in _SPELLS}
        changes = {**filled, "merged": [None, str(dropped.uid)], "moved": [None, moved]}
        act = inscribe(person=kept, kind=Act.Kind.MERGED, on=on, basis=basis, changes=changes)
        closing = _close(dropped, kept, on, basis, act)
        Access.objects.filter(_shows(dropped)).update(survivor=kept)
        _tell(act, closing, on=on)
    return act


@transaction.atomic
def unmerge(*, dropped: Person, on: date, basis: str) -> Act:
    """Part an entry from the one it was merged into, as it was on the day of the merge.

    What went over comes back, unless it was corrected since: then the correction stays where
    it was made. `NotMerged` when the entry was not merged, or the other was merged on since.
    """
    if dropped.merged_into_id is None:
        raise NotMerged("the entry is not merged into another; there is nothing to undo.")
    with rls.scoped(role=rls.WIDE, user_id=rls.current_user_id()):
        kept = Person.objects.get(pk=dropped.merged_into_id)
        if kept.merged_into_id is not None:
            raise NotMerged("the entry was merged on into a third; undo that merge first.")
        closing = dropped.acts.filter(kind=Act.Kind.MERGED).order_by("-version")[:1].get()
        merging = Act.objects.get(pk=closing.changes["act"][1])
        emptied = _empty(kept, merging.changes, dropped)
        for spell in _SPELLS:
            _take_back(spell, kept, dropped, merging.changes["moved"][1][spell])
        changes = {**emptied, "merged": [str(dropped.uid), None]}
        act = inscribe(person=kept, kind=Act.Kind.UNMERGED, on=on, basis=basis, changes=changes)
        _lead_back(dropped)
        _tell(act, _reopen(dropped, closing, on, basis), on=on)
    return act


def _refuse_unmergeable(kept: Person, dropped: Person) -> None:
    if kept.pk == dropped.pk:
        raise NotTwoEntries("an entry cannot be merged with itself.")
    for entry in (kept, dropped):
        if entry.closed_on is not None:
            raise NotTwoEntries(
                "the entry was closed on %(day)s; reopen it first.", day=entry.closed_on
            )


def _fill(kept: Person, dropped: Person) -> dict[str, Any]:
    """Give the kept entry what only the dropped one knows; what was before and after."""
    changes = {}
    for name in _FILLED:
        before, known = getattr(kept, name), getattr(dropped, name)
        if before in _EMPTY and known not in _EMPTY:
            setattr(kept, name, known)
            changes[name] = [before, known.isoformat() if isinstance(known, date) else known]
    for name in _NUMBERS:
        if not getattr(kept, f"{name}_sealed") and getattr(dropped, f"{name}_sealed"):
            _seal(kept, name, _number(dropped, name))
            changes[name] = [None, "sealed"]
    kept.save(update_fields=_stored(changes))
    return changes


def _empty(kept: Person, changes: Mapping[str, Any], dropped: Person) -> dict[str, Any]:
    """Take back what the merge filled in, where it still stands as it was filled in."""
    undone = {}
    for name, (before, after) in changes.items():
        if name in _NUMBERS and _number(kept, name) == _number(dropped, name):
            _seal(kept, name, "")
        elif name in _FILLED and getattr(kept, name) == getattr(dropped, name):
            setattr(kept, name, before)
        else:
            continue
        undone[name] = [after, before]
    kept.save(update_fields=_stored(undone))
    return undone


def _number(person: Person, name: str) -> str:
    sealed = getattr(person, f"{name}_sealed")
    return keys().open(sealed, person.uid) if sealed else ""


def _seal(person: Person, name: str, number: str) -> None:
    setattr(person, f"{name}_sealed", keys().seal(number, person.uid) if number else None)
    setattr(person, f"{name}_index", keys().index(number) if number else None)


def _stored(changes: Mapping[str, Any]) -> list[str]:
    parts = [
        f"{name}_{part}" for name in _NUMBERS if name in changes for part in ("sealed", "index")
    ]
    return [name for name in changes if name in _FILLED] + parts


def _hand_over(spell: str, dropped: Person, kept: Person) -> list[int]:
    """Move the spells that the kept entry does not have already; their ids."""
    columns = (*_SPAN, *SPELLS[spell])
    same = " and ".join(f"k.{column} is not distinct from s.{column}" for column in columns)
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            update register_{spell} s set person_id = %(kept)s, place_id = %(place)s
            where s.person_id = %(dropped)s and not exists (
                select from register_{spell} k where k.person_id = %(kept)s and {same})
            returning s.id
            """,
            {"kept": kept.pk, "place": kept.place_id, "dropped": dropped.pk},
        )
        return sorted(row[0] for row in cursor.fetchall())


def _take_back(spell: str, kept: Person, dropped: Person, ids: list[int]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            f"update register_{spell} set person_id = %s, place_id = %s"
            " where id = any(%s) and person_id = %s",
            [dropped.pk, dropped.place_id, ids, kept.pk],
        )


def _close(dropped: Person, kept: Person, on: date, basis: str, act: Act) -> Act:
    """Take the dropped entry off its roll; the act names the merge that did it."""
    dropped.merged_into, dropped.closed_on, dropped.closed_why = kept, on, Close.MERGED
    dropped.save(update_fields=["merged_into", "closed_on", "closed_why"])
    open_roll = dropped.registrations.filter(valid_to__isnull=True)
    roll = open_roll.values_list("pk", flat=True).first()
    open_roll.update(valid_to=on, closed=Close.MERGED)
    changes = {
        "closed": [None, Close.MERGED.value],
        "merged_into": [None, str(kept.uid)],
        "act": [None, act.pk],
        "roll": [None, roll],
    }
    return inscribe(person=dropped, kind=Act.Kind.MERGED, on=on, basis=basis, changes=changes)


def _reopen(dropped: Person, closing: Act, on: date, basis: str) -> Act:
    """Put the entry back on the roll as if it had never left it: the merge was an error."""
    dropped.merged_into, dropped.closed_on, dropped.closed_why = None, None, ""
    dropped.save(update_fields=["merged_into", "closed_on", "closed_why"])
    roll = closing.changes["roll"][1]
    dropped.registrations.filter(pk=roll).update(valid_to=None, closed="")
    changes = {name: [after, before] for name, (before, after) in closing.changes.items()}
    return inscribe(person=dropped, kind=Act.Kind.UNMERGED, on=on, basis=basis, changes=changes)


def _shows(person: Person) -> Q:
    """The sign-ins that lead to an entry."""
    return Q(person=person, survivor=None) | Q(survivor=person)


def _lead_back(dropped: Person) -> None:
    """Let the sign-ins that the merge led on show the parted entry again."""
    came = Access.objects.filter(
        person_id__in=entries_of(dropped.pk), survivor=dropped.merged_into_id
    )
    came.exclude(person=dropped).update(survivor=dropped)
    came.filter(person=dropped).update(survivor=None)


def _tell(*acts: Act, on: date) -> None:
    """Make a letter due to the person of each entry."""
    Notice.objects.bulk_create(
        Notice(person_id=act.person_id, place_id=act.place_id, act=act, due_since=on)
        for act in acts
    )


@transaction.atomic
def note_served(*, notice: Notice, on: date) -> None:
    """Note that a letter was handed over."""
    notice.served_on = on
    notice.save(update_fields=["served_on"])


@transaction.atomic
def decide_pair(
    *, pair: Pair, verdict: Pair.State, on: date, note: str = "", keep_right: bool = False
) -> PairDecision:
    """Decide about a pair: merge (the older entry is kept unless `keep_right`), apart, or ask.

    The same answer a second time, or one upon a merge that stands, is `AlreadyDecided`; to
    part what was merged is `undo_merge`.
    """
    standing = Pair.objects.select_for_update(of=("self",)).get(pk=pair.pk)
    if standing.state == Pair.State.MERGED or (
        standing.state == verdict and verdict != Pair.State.ASKED
    ):
        raise AlreadyDecided("the pair was decided meanwhile; open it again.")
    if verdict == Pair.State.MERGED:
        entries = [pair.right, pair.left] if keep_right else [pair.left, pair.right]
        merge_people(kept=entries[0], dropped=entries[1], on=on, basis=note)
    return _decide(pair, verdict, on, note)


@transaction.atomic
def undo_merge(*, pair: Pair, on: date, note: str) -> PairDecision:
    """Part the two entries of a merged pair; it then stands decided as two people."""
    dropped = next((each for each in (pair.left, pair.right) if each.merged_into_id), None)
    if dropped is None:
        raise NotMerged("neither entry of the pair is merged; there is nothing to undo.")
    unmerge(dropped=dropped, on=on, basis=note)
    return _decide(pair, Pair.State.APART, on, note)


def _decide(pair: Pair, verdict: Pair.State, on: date, note: str) -> PairDecision:
    pair.state = verdict
    pair.save(update_fields=["state"])
    decision = PairDecision.objects.create(
        pair=pair, verdict=verdict, on=on, note=note, by_id=rls.current_user_id()
    )
    ledger.record(kind="register.pair", ids=[decision.pk])
    return decision
