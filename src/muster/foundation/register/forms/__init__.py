"""Parses what people type and the lists they send; decides nothing."""

from muster.foundation.register.forms.cleaning import Checked, check
from muster.foundation.register.forms.headings import (
    FIELDS,
    UnknownHeadings,
    check_mapping,
    recognised,
)
from muster.foundation.register.forms.results import write_result
from muster.foundation.register.forms.search import AccountForm, SearchForm
from muster.foundation.register.forms.sheets import Sheet, UnusableFile, read
from muster.foundation.register.forms.transfers import TransferForm

__all__ = [
    "FIELDS",
    "AccountForm",
    "Checked",
    "SearchForm",
    "Sheet",
    "TransferForm",
    "UnknownHeadings",
    "UnusableFile",
    "check",
    "check_mapping",
    "read",
    "recognised",
    "write_result",
]
