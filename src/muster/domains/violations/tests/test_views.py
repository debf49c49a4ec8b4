"""The office finds a violation, minutes it, and the Chairman of the right level signs."""

from datetime import date

import pytest
import time_machine

from muster.domains.violations import actions, queries
from muster.domains.violations.models import Case, State
from muster.domains.violations.tests import factories
from muster.foundation.accounts import actions as accounts
from muster.foundation.units.models import Unit
from muster.shell import rls

pytestmark = pytest.mark.django_db
across_roles = pytest.mark.django_db(transaction=True)
TODAY = date(2025, 12, 10)
HELD = {"event_on": date(2025, 11, 20), "served_on": date(2025, 11, 1)}


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(TODAY, tick=False):
        yield


@pytest.fixture
def home():
    with rls.scoped(role=rls.WIDE):
        return factories.commune()


@pytest.fixture
def sign_in(client):
    def as_role(role, unit):
        with rls.scoped(role=rls.WIDE):
            user = accounts.open_account(username=f"a-{role}", name="A", password=None)
            accounts.give_post(user=user, role=role, unit=unit, valid_from=date(2020, 1, 1))
        client.force_login(user)
        return client

    return as_role


def absent(home, number=1, offence="exam_absence", kind="exam_call"):
    with rls.scoped(role=rls.WIDE):
        men = factories.men(home[1], number)
        calls = factories.calls(men, unit=home[0], kind=kind, **HELD)
        actions.detect(offence=offence, calls=calls, detected_on=HELD["event_on"])
        return Case.objects.select_related("sanction__decision").order_by("pk").first()


def now(case):
    with rls.scoped(role=rls.WIDE):
        return Case.objects.select_related("sanction__decision").get(pk=case.pk)


def test_the_list_filters_by_state_and_year(sign_in, home):
    absent(home, 2)
    clerk = sign_in("clerk", home[0])
    assert clerk.get("/violations/").content.decode().count("Nguyễn Văn") == 2
    assert "Nguyễn Văn" in clerk.get("/violations/?state=detected&year=2025").content.decode()
    assert "Nguyễn Văn" not in clerk.get("/violations/?state=paid").content.decode()
    assert clerk.get("/violations/?state=nonsense&year=x").status_code == 200


def test_a_long_list_is_paged_and_light(sign_in, home):
    absent(home, 120)
    clerk = sign_in("clerk", home[0])
    page = clerk.get("/violations/", headers={"accept-encoding": "gzip"})
    assert len(page.content) < 30_000
    assert "after=" in clerk.get("/violations/").content.decode()


@across_roles
def test_the_clerk_minutes_and_the_chairman_signs(sign_in, home):
    case = absent(home)
    address = queries.address(case)
    clerk = sign_in("clerk", home[0])
    clerk.post(address, {"step": "minuted", "on": "2025-11-25"})
    assert now(case).state == State.MINUTED
    fine = {"step": "punished", "on": "2025-12-01", "amount": "17500000"}
    assert clerk.post(address, fine).status_code == 403
    chairman = sign_in("chairman", home[0])
    chairman.post(address, fine)
    assert now(case).sanction.amount == 17_500_000


@across_roles
def test_what_is_above_the_ceiling_is_signed_by_the_province(client, sign_in, home):
    case = absent(home, offence="call_up_refused", kind="call_up")
    with rls.scoped(role=rls.WIDE):
        actions.minute(cases=[case.pk], on=date(2025, 11, 25))
        province = queries.signing_unit(case, TODAY)
    fine = {"step": "punished", "on": "2025-12-01", "amount": "62500000"}
    assert sign_in("chairman", home[0]).post(queries.address(case), fine).status_code == 403
    with rls.scoped(role=rls.WIDE):
        user = accounts.open_account(username="province", name="P", password=None)
        unit = home[0].parents.get(valid_to=None).parent
        assert unit.pk == province.id
        accounts.give_post(user=user, role="chairman", unit=unit, valid_from=date(2020, 1, 1))
    client.force_login(user)
    client.post(queries.address(case), fine)
    assert now(case).state == State.PUNISHED


def test_a_fine_outside_the_bracket_is_refused_on_the_page(sign_in, home):
    case = absent(home)
    with rls.scoped(role=rls.WIDE):
        actions.minute(cases=[case.pk], on=date(2025, 11, 25))
    sent = {"step": "punished", "on": "2025-12-01", "amount": "1000"}
    page = sign_in("chairman", home[0]).post(queries.address(case), sent)
    assert "15000000–20000000" in page.content.decode()
    assert now(case).state == State.MINUTED


def test_another_commune_does_not_find_the_case(sign_in, home):
    case = absent(home)
    with rls.scoped(role=rls.WIDE):
        other, _ = factories.commune("Tiên Lãng")
    clerk = sign_in("clerk", other)
    assert clerk.get(queries.address(case)).status_code == 404
    assert "Nguyễn Văn" not in clerk.get("/violations/").content.decode()


def test_a_doctor_has_no_business_here(sign_in, home):
    assert sign_in("doctor", home[0]).get("/violations/").status_code == 403


def test_a_half_year_with_violations_is_offered_for_review(home):
    absent(home, 2)
    with rls.scoped(role=rls.WIDE):
        province = Unit.objects.get(level="province")
        found = list(queries.known())
    assert [(unit, period.code) for unit, period in found] == [(province.id, "2025H2")]


def test_who_may_not_open_the_register_is_not_led_there(sign_in, home):
    address = queries.address(absent(home))
    assert "/register/person/" in sign_in("clerk", home[0]).get(address).content.decode()
    assert "/register/person/" not in sign_in("administrator", None).get(address).content.decode()
