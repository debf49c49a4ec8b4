"""The citizen's own side: opening his sign-in, asking, answering, handing out papers."""

from collections.abc import Mapping
from contextlib import AbstractContextManager
from datetime import date
from uuid import uuid4

from django.db import IntegrityError, transaction

from muster.foundation.accounts import actions as accounts
from muster.foundation.accounts.models import Role, User
from muster.foundation.ledger import actions as ledger
from muster.foundation.register.actions.entries import correct
from muster.foundation.register.models import Access, Act, Certificate, Person, Request
from muster.foundation.register.queries import papers
from muster.foundation.register.rules import own as rules
from muster.kernel.errors import Refused
from muster.shell import rls


class HasAccess(Refused):
    """A second sign-in for one citizen, or one that another account bears."""


class AskedAlready(Refused):
    """A wish about a fact about which another still waits."""


class Elsewhere(Refused):
    """A wish about an entry that now stands at another office."""


class NotEntered(Refused):
    """A wish in a citizen's own words that is granted before anything was entered."""


class Answered(Refused):
    """A wish that somebody else has answered meanwhile."""


@transaction.atomic
def open_access(
    *,
    person: Person,
    username: str,
    password: str | None,
    on: date,
    basis: str,
    shared: bool = False,
) -> Access:
    """Give a citizen a sign-in of his own, at the desk, against the card that `basis` names.

    The account shows his entry alone: it holds no post for any unit. He chooses a password of
    his own first, unless it is `shared` (`accounts.open_account`). `HasAccess` for the second.
    """
    if Access.objects.filter(person=person, closed_on=None).exists():
        raise HasAccess("the citizen has a sign-in already; close that one first.")
    if User.objects.filter(username=username).exists():
        raise HasAccess("another account bears this name; choose another.")
    user = accounts.open_account(
        username=username, name=person.full_name, password=password, shared=shared
    )
    accounts.give_post(user=user, role=Role.CITIZEN, unit=None, valid_from=on)
    access = Access.objects.create(
        person=person, place_id=person.place_id, user=user, opened_on=on, basis=basis
    )
    ledger.record(kind="register.access", ids=[access.pk])
    return access


@transaction.atomic
def ask_correction(*, person: Person, field: str, wanted: str, shown_by: str, on: date) -> Request:
    """A citizen asks that a fact of his entry be corrected; the office has days to answer.

    `shown_by` names the paper that shows it. `rules.NotCorrectable`, `AskedAlready`.
    """
    rules.wanted_value(field, wanted)
    try:
        with _for_the_citizen():
            request = Request.objects.create(
                person=person, place_id=person.place_id, field=field, wanted=wanted.strip(),
                shown_by=shown_by.strip(), asked_on=on, due_on=rules.answer_due(on),
            )  # fmt: skip
    except IntegrityError:
        raise AskedAlready(
            "you asked about this already; wait for the answer.", code="own.asked"
        ) from None
    with _for_the_citizen():
        ledger.record(kind="register.request", ids=[request.pk])
    return request


@transaction.atomic
def answer_request(*, request: Request, grants: bool, answer: str, on: date) -> Request:
    """The office corrects the entry as it was asked, or says why not; both are in the log.

    What he told in his own words is entered at the desk before: `NotEntered`.
    """
    standing = Request.objects.select_for_update(of=("self",)).get(pk=request.pk)
    if standing.state != Request.State.OPEN:
        raise Answered("the wish was answered meanwhile; open it again.", code="own.answered")
    if grants:
        standing.act = _entered(standing, on)
    standing.state = Request.State.GRANTED if grants else Request.State.REFUSED
    standing.answer, standing.answered_on = answer, on
    standing.answered_by_id = rls.current_user_id()
    standing.save()
    ledger.record(kind="register.request_answer", ids=[standing.pk])
    return standing


def _entered(wish: Request, on: date) -> Act:
    """The act that grants a wish: made here, or made at the desk since he asked."""
    person = _standing(wish.person_id)
    if wish.field in rules.CORRECTABLE:
        value = rules.wanted_value(wish.field, wish.wanted)
        return correct(person=person, changes={wish.field: value}, on=on, basis=wish.shown_by)
    since = person.acts.filter(
        kind__in=(Act.Kind.CORRECTED, Act.Kind.SUPPLEMENTED), on__gte=wish.asked_on
    )
    answered = Request.objects.filter(act__isnull=False, person=person).values("act_id")
    act = since.exclude(pk__in=answered).order_by("-version").first()
    if act is None:
        raise NotEntered(
            "nothing was entered since he asked; enter it from his paper first, then answer.",
            code="own.not_entered",
        )
    return act


def _standing(person_id: int) -> Person:
    """The entry, or the one that it was merged into since."""
    person = Person.objects.filter(pk=person_id).first()
    while person is not None and person.merged_into_id:
        person = Person.objects.filter(pk=person.merged_into_id).first()
    if person is None:
        raise Elsewhere("the entry was merged into one of another office, which corrects it.")
    return person


def hand_out_paper(*, person: Person, kind: Certificate.Kind, on: date) -> Certificate:
    """A paper about the entry as it stands on the day; `NothingToCertify` if no act bears it."""
    return hand_out(person=person, kind=kind, facts=papers.facts(person.uid, on, kind), on=on)


@transaction.atomic
def hand_out(
    *, person: Person, kind: Certificate.Kind, facts: Mapping[str, str], on: date
) -> Certificate:
    """Note a paper that is handed out, with the digest of what stands on it.

    The paper's own random name is part of what is digested, so that nobody can find the facts
    by trying.
    """
    uid = uuid4()
    with _for_the_citizen():
        certificate = Certificate.objects.create(
            uid=uid, person=person, place_id=person.place_id, kind=kind, on=on,
            version=person.version, facts=rules.digest(uid, facts),
            by_id=rls.current_user_id(),
        )  # fmt: skip
        ledger.record(kind="register.certificate", ids=[certificate.pk])
    return certificate


def _for_the_citizen() -> AbstractContextManager[None]:
    """The scope to write in: a citizen's own only reads, and the entry that is his was read there."""
    return rls.scoped(role=rls.WIDE, user_id=rls.current_user_id())
