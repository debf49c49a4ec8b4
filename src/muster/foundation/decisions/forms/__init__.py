"""Parses what is typed on the pages of decisions; rules and actions decide."""

from muster.foundation.decisions.forms.following import (
    AcceptForm,
    AnswerForm,
    ComplaintForm,
    CourtForm,
    DeliveryForm,
    LiftForm,
    MarkForm,
)
from muster.foundation.decisions.forms.voting import (
    BallotForm,
    BodyForm,
    DelegationForm,
    LeaveForm,
    NamesForm,
    SeatForm,
    SendOnForm,
    SignForm,
    SittingForm,
    TakeBackForm,
)

__all__ = [
    "AcceptForm",
    "AnswerForm",
    "BallotForm",
    "BodyForm",
    "ComplaintForm",
    "CourtForm",
    "DelegationForm",
    "DeliveryForm",
    "LeaveForm",
    "LiftForm",
    "MarkForm",
    "NamesForm",
    "SeatForm",
    "SendOnForm",
    "SignForm",
    "SittingForm",
    "TakeBackForm",
]
