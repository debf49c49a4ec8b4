"""Finding people by any words of the name, with or without diacritics, or by a whole number."""

from collections.abc import Sequence

from django.db.models import BooleanField, F, Func, QuerySet
from django.db.models.expressions import RawSQL

from muster.foundation.register.models import Person, PersonToken
from muster.foundation.register.models.numbers import keys
from muster.foundation.register.queries.scope import places_in_scope
from muster.foundation.register.rules import CITIZEN_DIGITS, OLD_DIGITS
from muster.kernel import names
from muster.shell import rls

# Above every character that a folded word may hold.
_PAST = "\U0010ffff"
# What people write between the digits of a number.
_SIGNS = str.maketrans("", "", " .-\u00a0")
_BEARERS = (
    "select person_id from register_persontoken"
    " where token >= %s and token < %s and place_id = any(%s)"
)
_INDEX_OF = {CITIZEN_DIGITS: "citizen_number_index", OLD_DIGITS: "old_number_index"}


def found(text: str = "", *, place_ids: Sequence[int] | None = None) -> QuerySet[Person]:
    """The people whom the text means, within the asker's scope; all of them for an empty text.

    A number is found whole, never by a part. Of several words each must begin a word of
    the name, in any order. Only comparisons that PostgreSQL trusts before its row checks
    are used (`=`, ranges), so that the indexes work inside the scope.
    """
    people = Person.objects.filter(merged_into=None, sort_key__gt="")  # not those erased
    people = people.select_related("place__within")
    # Said aloud, since the planner cannot count the places of the row check.
    places = _ground(place_ids)
    if places is not None:
        people = people.filter(place_id__in=places)
    digits = text.translate(_SIGNS)
    if digits.isdigit() and digits.isascii():
        return _by_number(people, digits)
    tokens = names.tokens(text)
    if tokens and places is not None:
        return people.filter(_bearing_all(tokens, places))
    for token in tokens:
        bearers = PersonToken.objects.filter(token__gte=token, token__lt=token + _PAST)
        people = people.filter(pk__in=bearers.values("person_id"))
    return people


def _ground(asked: Sequence[int] | None) -> list[int] | None:
    """The places that are asked for and within the asker's scope; None for all."""
    own = places_in_scope()
    if asked is None:
        return None if own is None else sorted(own)
    return sorted(asked if own is None else own.intersection(asked))


def number_taken(*numbers: str) -> bool:
    """Whether somebody of this installation, in whichever office, bears one of the numbers."""
    with rls.scoped(role=rls.WIDE, user_id=rls.current_user_id()):
        people = Person.objects.filter(merged_into=None)
        return any(_by_number(people, number).exists() for number in numbers if number)


def _by_number(people: QuerySet[Person], digits: str) -> QuerySet[Person]:
    column = _INDEX_OF.get(len(digits))
    return people.filter(**{column: keys().index(digits)}) if column else people.none()


def _bearing_all(tokens: Sequence[str], places: Sequence[int]) -> Func:
    """Whether the person bears each of the words, whose bearers are read first, as one array.

    The planner takes a commune for a handful of people, and would try each of its twenty
    thousand.
    """
    bearers = " intersect ".join([_BEARERS] * len(tokens))
    values = [value for token in tokens for value in (token, token + _PAST, list(places))]
    return Func(
        F("pk"),
        RawSQL(f"array({bearers})", values),  # noqa: S611 - our own words; values are parameters
        template="%(expressions)s)",
        arg_joiner=" = any(",
        output_field=BooleanField(),
    )


def full_number(person: Person) -> str:
    """The person's number in full, for whoever was granted it; empty when none is known."""
    sealed = person.citizen_number_sealed or person.old_number_sealed
    return keys().open(sealed, person.uid) if sealed else ""


def masked_number(person: Person) -> str:
    """The person's number as lists show it; empty when none is known."""
    number = full_number(person)
    return names.mask_number(number) if number else ""
