"""The only writers of the register: check the rule, save, one line in the ledger per act."""

from muster.foundation.register.actions.adopt import register_population
from muster.foundation.register.actions.entries import (
    Identity,
    close,
    correct,
    move,
    register,
    reopen,
    settle_place,
)
from muster.foundation.register.actions.lists import Outcome, import_list, remember_mapping
from muster.foundation.register.actions.own import hand_out_paper, open_access
from muster.foundation.register.actions.population import Intake, register_people
from muster.foundation.register.actions.reading import note_reading
from muster.foundation.register.actions.supplement import begin_spell, end_spell
from muster.foundation.register.actions.transfers import (
    propose_transfer,
    receive_transfer,
    return_transfer,
)

__all__ = [
    "Identity",
    "Intake",
    "Outcome",
    "begin_spell",
    "close",
    "correct",
    "end_spell",
    "hand_out_paper",
    "import_list",
    "move",
    "note_reading",
    "open_access",
    "propose_transfer",
    "receive_transfer",
    "register",
    "register_people",
    "register_population",
    "remember_mapping",
    "reopen",
    "return_transfer",
    "settle_place",
]
