"""What an order file must say, and whether the map of its day lets it be carried out.

Legal basis: Law 72/2025/QH15 on the organisation of local government (two levels since
1 July 2025); Resolution 202/2025/QH15 (provinces); the 34 resolutions of 16 June 2025
(communes). The words of an order are `muster.kernel.lineage.acts`.
"""

from muster.foundation.units.rules.findings import BadOrder, Finding, findings_of
from muster.foundation.units.rules.reading import (
    MAX_BYTES,
    Written,
    act_from,
    founding_from,
    read,
    require_small,
)
from muster.foundation.units.rules.shares import area_shares

__all__ = [
    "MAX_BYTES",
    "BadOrder",
    "Finding",
    "Written",
    "act_from",
    "area_shares",
    "findings_of",
    "founding_from",
    "read",
    "require_small",
]
