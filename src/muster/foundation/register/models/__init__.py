"""People, their spells in time, the register's acts and the log of readings."""

from muster.foundation.register.models.acts import Act, Close, Enter, Reading, Registration
from muster.foundation.register.models.duties import Errand, Filing
from muster.foundation.register.models.exports import Export, ExportStep
from muster.foundation.register.models.lists import ListImport, ListSource
from muster.foundation.register.models.own import Access, Certificate, Request
from muster.foundation.register.models.pairs import Notice, Pair, PairDecision
from muster.foundation.register.models.person import Person, PersonToken, Precision, Sex
from muster.foundation.register.models.spells import (
    Award,
    Circumstance,
    Employment,
    Mode,
    Residence,
    Schooling,
    Stay,
    Study,
)
from muster.foundation.register.models.transfers import Transfer
from muster.foundation.register.models.uploads import Upload

__all__ = [
    "Access",
    "Act",
    "Award",
    "Certificate",
    "Circumstance",
    "Close",
    "Employment",
    "Enter",
    "Errand",
    "Export",
    "ExportStep",
    "Filing",
    "ListImport",
    "ListSource",
    "Mode",
    "Notice",
    "Pair",
    "PairDecision",
    "Person",
    "PersonToken",
    "Precision",
    "Reading",
    "Registration",
    "Request",
    "Residence",
    "Schooling",
    "Sex",
    "Stay",
    "Study",
    "Transfer",
    "Upload",
]
