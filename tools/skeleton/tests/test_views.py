"""A clerk opens a case, finds it and closes it."""

from datetime import date

import pytest

from muster.domains.skeleton import queries
from muster.domains.skeleton.models import Case
from muster.domains.skeleton.tests import factories
from muster.foundation.accounts import actions as accounts
from muster.shell import rls

pytestmark = pytest.mark.django_db


@pytest.fixture
def sign_in(client):
    def as_role(role):
        with rls.scoped(role=rls.WIDE):
            user = accounts.open_account(username=f"a-{role}", name="A", password=None)
            accounts.give_post(user=user, role=role, unit=None, valid_from=date(2020, 1, 1))
        client.force_login(user)
        return client

    return as_role


def in_sight():
    with rls.scoped(role=rls.WIDE):
        return list(queries.cases())


def test_a_clerk_opens_a_case_and_closes_it(sign_in):
    clerk = sign_in("clerk")
    code = factories.place().code
    facts = {"place": code, "subject": "A fence to mend", "opened_on": "2026-03-02"}
    page = clerk.post("/skeleton/new/", facts, follow=True)
    assert "A fence to mend" in page.content.decode()
    assert "A fence to mend" in clerk.get("/skeleton/").content.decode()
    (case,) = in_sight()
    clerk.post(queries.address(case), {"outcome": "settled", "closed_on": "2026-03-20"})
    assert in_sight()[0].closed_on == date(2026, 3, 20)


def test_a_wrong_place_keeps_what_was_typed(sign_in):
    facts = {"place": "nowhere", "subject": "A fence to mend", "opened_on": "2026-03-02"}
    page = sign_in("clerk").post("/skeleton/new/", facts)
    assert "A fence to mend" in page.content.decode()
    assert not in_sight()


def test_a_closing_before_the_opening_is_refused_on_the_page(sign_in):
    clerk = sign_in("clerk")
    with rls.scoped(role=rls.WIDE):
        case = factories.case()
    page = clerk.post(queries.address(case), {"outcome": "settled", "closed_on": "2026-03-01"})
    assert page.status_code == 200
    assert in_sight()[0].closed_on is None


def test_an_inspector_reads_but_does_not_write(sign_in):
    inspector = sign_in("inspector")
    assert inspector.get("/skeleton/").status_code == 200
    assert inspector.get("/skeleton/new/").status_code == 403


def test_a_doctor_has_no_business_here(sign_in):
    assert sign_in("doctor").get("/skeleton/").status_code == 403


def test_a_stranger_is_sent_to_the_sign_in(client):
    assert client.get("/skeleton/").status_code == 302
    assert Case.objects.count() == 0
