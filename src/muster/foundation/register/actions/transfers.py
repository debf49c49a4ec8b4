"""The handshake between two registration offices, so that nobody falls between them."""

from datetime import date

from django.db import transaction

from muster.foundation.ledger import actions as ledger
from muster.foundation.register.actions.entries import move
from muster.foundation.register.models import Act, Person, Transfer
from muster.foundation.register.queries.scope import places_in_scope
from muster.foundation.register.rules import clocks
from muster.kernel.errors import Refused
from muster.shell import rls


class AlreadyOnTheWay(Refused):
    """A second transfer while the first is unanswered."""


class AlreadyAnswered(Refused):
    """An answer to a transfer that was received or returned."""


class NowhereToGo(Refused):
    """A transfer to the place where the citizen is registered already."""


class NotTheReceiver(Refused):
    """An office receives somebody who was not sent to it."""


@transaction.atomic
def propose_transfer(*, person: Person, to_place_id: int, on: date, basis: str) -> Transfer:
    """Let a citizen go to another office (Law 78/2015 art. 17, letter of transfer).

    He stays on the present roll until the other office receives him; the law's clock runs
    from this day.
    """
    if person.place_id == to_place_id:
        raise NowhereToGo("the citizen is registered there already.")
    if person.closed_on is not None:
        raise NowhereToGo("the entry was closed on %(day)s; reopen it first.", day=person.closed_on)
    if person.transfers.filter(state=Transfer.State.OPEN).exists():
        raise AlreadyOnTheWay("the citizen is on the way already; wait for the answer.")
    with rls.scoped(role=rls.WIDE, user_id=rls.current_user_id()):
        letter = Transfer.objects.create(
            person=person, full_name=person.full_name, from_place_id=person.place_id,
            to_place_id=to_place_id, basis=basis, proposed_on=on,
            due_on=clocks.transfer_due(on), proposed_by_id=rls.current_user_id(),
        )  # fmt: skip
    ledger.record(kind="register.transfer", ids=[letter.pk])
    return letter


@transaction.atomic
def receive_transfer(*, transfer: Transfer, on: date) -> Act:
    """Register the citizen at the new place: off the one roll and onto the other, in one act."""
    _answer(transfer, Transfer.State.RECEIVED, on, "")
    with rls.scoped(role=rls.WIDE, user_id=rls.current_user_id()):
        person = Person.objects.get(pk=transfer.person_id)
        return move(person=person, to_place_id=transfer.to_place_id, on=on, basis=transfer.basis)


@transaction.atomic
def return_transfer(*, transfer: Transfer, on: date, why: str) -> None:
    """Send the letter back with the reason; the citizen stays where he is registered."""
    _answer(transfer, Transfer.State.RETURNED, on, why)


def _answer(transfer: Transfer, state: str, on: date, why: str) -> None:
    if on < transfer.proposed_on:
        raise AlreadyAnswered(
            "the letter was written on %(written)s, after %(day)s.",
            written=transfer.proposed_on,
            day=on,
        )
    _refuse_other_offices(transfer)
    answered = Transfer.objects.filter(pk=transfer.pk, state=Transfer.State.OPEN).update(
        state=state, answered_on=on, answer=why, answered_by_id=rls.current_user_id()
    )
    if not answered:
        raise AlreadyAnswered("the letter was answered meanwhile; open it again.")


def _refuse_other_offices(transfer: Transfer) -> None:
    """Only the office of the new place, or the province, answers a letter."""
    places = places_in_scope()
    if places is not None and transfer.to_place_id not in places:
        raise NotTheReceiver("the letter was sent to another office; it is for that one to answer.")
