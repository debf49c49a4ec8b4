"""Reads of the register, as the scope of whoever asks shows it."""

from muster.foundation.register.queries.account import (
    ENTERED,
    LEFT,
    Account,
    Movement,
    account,
    accounts,
    accounts_of,
    movements,
    require_sight,
)
from muster.foundation.register.queries.addresses import ground_named, living_at
from muster.foundation.register.queries.communes import communes
from muster.foundation.register.queries.counting import count, count_by_place
from muster.foundation.register.queries.entry import Entry, NoSuchPerson, entry, timeline
from muster.foundation.register.queries.facts import facts
from muster.foundation.register.queries.ground import find_ground, mapping_of
from muster.foundation.register.queries.kin import household
from muster.foundation.register.queries.searching import found, masked_number
from muster.foundation.register.queries.transfers import Letter, letters
from muster.foundation.register.queries.waiting import (
    addresses_at,
    people_waiting,
    touched_by,
    waiting,
    waiting_by_unit,
)

__all__ = [
    "ENTERED",
    "LEFT",
    "Account",
    "Entry",
    "Letter",
    "Movement",
    "NoSuchPerson",
    "account",
    "accounts",
    "accounts_of",
    "addresses_at",
    "communes",
    "count",
    "count_by_place",
    "entry",
    "facts",
    "find_ground",
    "found",
    "ground_named",
    "household",
    "letters",
    "living_at",
    "mapping_of",
    "masked_number",
    "movements",
    "people_waiting",
    "require_sight",
    "timeline",
    "touched_by",
    "waiting",
    "waiting_by_unit",
]
