"""The steps by which a waiting place gets its part, each open to those who may take it."""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from muster.foundation.units import actions
from muster.foundation.units.forms import SettleForm
from muster.foundation.units.models import Order, Place, Placement, Unit
from muster.foundation.units.views.voices import Voice


@dataclass(frozen=True)
class Desk:
    """A waiting place before somebody who may speak for some of its communes."""

    order: Order
    place: Place
    proposal: Placement | None
    says: Voice
    mark: str
    on: date

    def take(self, step: str, form: SettleForm) -> str:
        """Take a step and say what was done; "" when the form has faults."""
        proposal = self.proposal
        match step:
            case "propose" if self.says.may_propose:
                return self._propose(form)
            case "decide" if self.says.province:
                return self._decide(form)
            case "accept" if proposal and self.says.may_accept(proposal, self.mark):
                actions.accept_place(placement=proposal, by=self.mark, on=self.on)
                return _("The proposal is accepted; the province settles it.")
            case "withdraw" if proposal and self.says.may_withdraw(proposal):
                actions.withdraw_place(placement=proposal)
                return _("The proposal is taken back.")
            case "settle" if proposal and self.says.province:
                actions.settle_proposal(placement=proposal, by=self.mark, on=self.on)
                return _("The place is settled.")
        raise PermissionDenied

    def _propose(self, form: SettleForm) -> str:
        if not form.is_valid():
            return ""
        actions.propose_place(
            order=self.order, place=self.place, unit=_unit(form), by=self.mark, on=self.on,
            reason=form.cleaned_data["reason"],
        )  # fmt: skip
        return _("The proposal waits for the other commune.")

    def _decide(self, form: SettleForm) -> str:
        if not form.is_valid():
            return ""
        actions.settle_place(
            order=self.order, place=self.place, unit=_unit(form), by=self.mark, on=self.on,
            reason=form.cleaned_data["reason"],
        )  # fmt: skip
        return _("The place is settled.")


def _unit(form: SettleForm) -> Unit:
    return Unit.objects.get(pk=form.cleaned_data["unit"])
