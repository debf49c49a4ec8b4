"""Articles 13, 14, 30 and 41 as columns: the same source for one citizen and for millions.

Each ground is a row of `GROUNDS`. `review` gives every man of a frame his outcome with
the article; `explain` reads the same expressions for one man and says why, what is
missing and what would change it.
"""

from muster.domains.recruitment.grounds.explaining import explain
from muster.domains.recruitment.grounds.reviewing import DECIDED, review
from muster.domains.recruitment.grounds.table import FACTS, GROUNDS, KINDS, SERVED, Ground

__all__ = ["DECIDED", "FACTS", "GROUNDS", "KINDS", "SERVED", "Ground", "explain", "review"]
