"""The queue of pairs: what waits for a decision, and two entries side by side."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from muster.foundation.register.linkage import Finding
from muster.foundation.register.models import Person
from muster.foundation.register.models.evidence import ABOUT, FOUND
from muster.foundation.register.models.labels import FIELDS
from muster.foundation.register.models.pairs import Notice, Pair
from muster.foundation.register.queries.entry import birth_text, place_name
from muster.foundation.register.queries.searching import masked_number
from muster.kernel.errors import Refused
from muster.kernel.manifest import Label

CANONICAL = """
select id, json_build_array(id, pair_id, verdict, "on", note, by_id)::text as canonical
from register_pairdecision
"""
_WAITING = (Pair.State.OPEN, Pair.State.ASKED)


class NoSuchPair(Refused):
    """No pair of that address lies within the asker's scope."""


@dataclass(frozen=True, slots=True)
class Compared:
    """One fact on both entries, with what was found about it; `bits` speak for one person."""

    label: Label
    left: object
    right: object
    findings: tuple[Label, ...] = ()
    bits: float | None = None

    @property
    def speaks(self) -> str:
        """`for` or `against` one person, or nothing."""
        if self.bits is None or abs(self.bits) < 1:
            return ""
        return "for" if self.bits > 0 else "against"


def waiting_pairs() -> QuerySet[Pair]:
    """Pairs to be decided within the asker's scope, both entries still open."""
    return Pair.objects.filter(
        state__in=_WAITING, left__closed_on=None, right__closed_on=None
    ).select_related("left__place__within", "right__place__within")


def next_pair(after: Pair | None = None) -> Pair | None:
    """The pair that most probably is one person; after one, the next below it."""
    pairs = waiting_pairs().filter(state=Pair.State.OPEN).order_by("-bits", "uid")
    if after is not None:
        pairs = pairs.exclude(pk=after.pk).filter(bits__lte=after.bits)
    return pairs.first()


def pair(uid: UUID) -> Pair:
    """One pair with both entries; `NoSuchPair` outside the asker's scope."""
    rows = Pair.objects.select_related("left__place__within", "right__place__within")
    found = rows.filter(uid=uid).first()
    if found is None:
        raise NoSuchPair(_("No pair of this address lies within your unit."))
    return found


def due_notices() -> QuerySet[Notice]:
    """Letters not yet handed over, within the asker's scope."""
    return Notice.objects.filter(served_on=None).select_related("person__place__within", "act")


# Which comparisons tell of which fact; the three parts of a name are one fact to the reader.
_FACTS = {
    "full_name": ("family", "middle", "given"),
    "birth_date": ("birth",),
    "citizen_number": ("number",),
    "mother_name": ("mother",),
    "father_name": ("father",),
    "place": ("home",),
    "sex": ("sex",),
}
_MORE = ("ethnicity", "occupation", "registered_on")


def side_by_side(pair: Pair) -> Sequence[Compared]:
    """Both entries fact by fact, numbers masked, with the findings as they were made."""
    found = {each["about"]: Finding(**each) for each in pair.evidence}
    left, right = _shown(pair.left), _shown(pair.right)
    compared = [
        _compared(name, left[name], right[name], [found[a] for a in about if a in found])
        for name, about in _FACTS.items()
    ]
    more = [Compared(FIELDS[name], left[name], right[name]) for name in _MORE]
    return [*compared, *(each for each in more if each.left or each.right)]


def _compared(name: str, left: object, right: object, findings: list[Finding]) -> Compared:
    bits = sum(finding.bits for finding in findings) if findings else None
    parts = len(_FACTS[name]) > 1
    return Compared(
        FIELDS[name], left, right, tuple(_words(each, parts) for each in findings), bits
    )


def _words(finding: Finding, named: bool) -> str:
    text = str(FOUND[finding.about][finding.found])
    if finding.one_in:
        text = _("%(found)s (1 in %(many)s)") % {"found": text, "many": finding.one_in}
    return f"{ABOUT[finding.about]}: {text}" if named else text


def _shown(person: Person) -> dict[str, object]:
    values: dict[str, object] = {
        name: getattr(person, name) for name in ("full_name", "mother_name", "father_name", *_MORE)
    }
    return values | {
        "birth_date": birth_text(person.birth_date, person.birth_precision),
        "citizen_number": masked_number(person),
        "place": place_name(person.place),
        "sex": person.get_sex_display(),
    }
