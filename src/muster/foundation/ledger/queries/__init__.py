"""Reading the log: its size and head, a receipt for one row, what fails to verify."""

from muster.foundation.ledger.queries.auditing import Audit, Erasing, Fault, audit, faults
from muster.foundation.ledger.queries.log import (
    ERASURE,
    ERASURE_CANONICAL,
    head_in_short,
    kinds,
    latest_head,
    leaf_digests,
)
from muster.foundation.ledger.queries.receipts import (
    Growth,
    NoSuchHead,
    UnknownPaper,
    growth,
    lookup,
    receipt,
    row_of,
    signature_holds,
)

__all__ = [
    "ERASURE",
    "ERASURE_CANONICAL",
    "Audit",
    "Erasing",
    "Fault",
    "Growth",
    "NoSuchHead",
    "UnknownPaper",
    "audit",
    "faults",
    "growth",
    "head_in_short",
    "kinds",
    "latest_head",
    "leaf_digests",
    "lookup",
    "receipt",
    "row_of",
    "signature_holds",
]
