"""When the time of a value is up: rules over days, whose years are legal values."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from muster.foundation.register.rules.clocks import LAW
from muster.kernel.parameters import Value
from muster.kernel.periods import add_years

ENTRY_MEN, ENTRY_WOMEN, LEFT = "keep_entry_men", "keep_entry_women", "keep_after_leaving"
SPELL, READING, EXPORT = "keep_spell", "keep_reading", "keep_export"
#: The rules in the order in which they are carried out.
RULES = (ENTRY_MEN, ENTRY_WOMEN, LEFT, SPELL, READING, EXPORT)
_BY_AGE = frozenset({ENTRY_MEN, ENTRY_WOMEN})


@dataclass(frozen=True, slots=True)
class Cutoff:
    """What a rule reaches on a day: whatever ended, was born or was read up to `until`."""

    law: Value
    until: date

    @property
    def rule(self) -> str:
        """The legal value that is the rule."""
        return self.law.name


def cutoff(rule: str, on: date) -> Cutoff:
    """Up to which day a rule reaches; “to the end of 45” ends the day before the 46th birthday.

    >>> cutoff("keep_entry_men", date(2026, 3, 2)).until
    datetime.date(1980, 3, 2)
    """
    law = LAW.on(rule, on)
    years = LAW.integer(rule, on) + (rule in _BY_AGE)
    return Cutoff(law, add_years(on, -years))


def cutoffs(on: date) -> Iterator[Cutoff]:
    """Every rule as it reaches on a day."""
    return (cutoff(rule, on) for rule in RULES)


def past_call_up(on: date) -> date:
    """Who was born up to this day is past the age of call-up (art. 30)."""
    return add_years(on, -(LAW.integer("call_up_age_last", on) + 1))
