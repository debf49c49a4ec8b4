"""Tables of the slice: bodies that vote, decisions with their lines, what follows a decision."""

from muster.foundation.decisions.models.aftermath import (
    Channel,
    Complaint,
    Delivery,
    Dispute,
    Means,
    Posting,
    Result,
)
from muster.foundation.decisions.models.bodies import (
    Attendance,
    Ballot,
    Body,
    BodyKind,
    Choice,
    ContestedVote,
    Meeting,
    Resolution,
    Seat,
)
from muster.foundation.decisions.models.decided import (
    Decision,
    Delegation,
    Fact,
    Line,
    Series,
    SigningForm,
    Tally,
    Way,
)
from muster.foundation.decisions.models.proposals import Proposal

__all__ = [
    "Attendance",
    "Ballot",
    "Body",
    "BodyKind",
    "Channel",
    "Choice",
    "Complaint",
    "ContestedVote",
    "Decision",
    "Delegation",
    "Delivery",
    "Dispute",
    "Fact",
    "Line",
    "Means",
    "Meeting",
    "Posting",
    "Proposal",
    "Resolution",
    "Result",
    "Seat",
    "Series",
    "SigningForm",
    "Tally",
    "Way",
]
