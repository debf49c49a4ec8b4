"""The words for what speaks for and against two entries being of one person.

The keys are those of `linkage/model.toml`; a test holds the two together.
"""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from muster.kernel.manifest import Label

ABOUT: Mapping[str, Label] = {
    "number": pgettext_lazy("of a citizen", "Number"),
    "family": _("Family or clan name"),
    "middle": _("Middle name"),
    "given": _("Given name"),
    "birth": _("Date of birth"),
    "mother": _("Mother"),
    "father": _("Father"),
    "home": _("Home"),
    "sex": _("Sex"),
}

_SAME = pgettext_lazy("two entries", "the same")
_DIFFERENT = pgettext_lazy("two entries", "different")
_BARE = _("the same, once written without diacritics")
_SLIP = _("a slip of the pen apart")
_NAME = {
    "same": _SAME,
    "bare": _BARE,
    "slip": _SLIP,
    "alike": _("alike, yet both are names of their own"),
    "one_lacks": _("missing on one entry"),
    "different": _DIFFERENT,
}
FOUND: Mapping[str, Mapping[str, Label]] = {
    "number": {
        "same": _("the same citizen number"),
        "same_old": _("the same old number"),
        "mixed": _("one number agrees, the other does not"),
        "one_digit": _("numbers that differ by one digit or two neighbours"),
        "missing": _("no numbers to compare"),
        "different": _("each has a number of his own"),
    },
    "family": _NAME,
    "middle": _NAME,
    "given": _NAME,
    "birth": {
        "same": _SAME,
        "swapped": _("day and month have changed places"),
        "year_agrees": _("the year agrees; one entry knows no more"),
        "one_part": _("the day, the month or the year differs"),
        "different": _DIFFERENT,
    },
    "mother": _NAME,
    "father": _NAME,
    "home": {
        "same_group": _("the same residential group"),
        "same_commune": _("the same commune, another group"),
        "elsewhere": _("in different communes"),
    },
    "sex": {"same": _SAME, "different": _DIFFERENT},
}
BECAUSE: Mapping[str, Label] = {
    "nothing_against": _("An equal number, and nothing against it"),
    "likely": _("More probably one person than two"),
    "mistyped": _("All but a digit of the number agrees"),
    "disputed": _("The number is equal, but it is in dispute with another entry"),
    "one_number": _("Two people under one number: the number is to be mended"),
    "other_number": _("Much agrees, but each has a number of his own"),
    "outdone": _("Much agrees, but the bearer of another number is far likelier meant"),
}
