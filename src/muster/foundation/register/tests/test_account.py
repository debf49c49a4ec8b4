"""The account of heads balances, whatever happened, the reform included."""

from datetime import date, timedelta
from itertools import product

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from muster.foundation.accounts.actions import acting_as_system
from muster.foundation.register import actions, queries
from muster.foundation.register.models import Close, Registration
from muster.foundation.register.queries.account import BackwardAccount
from muster.foundation.register.tests import factories
from muster.foundation.units.models import Order, Tenure, Unit

pytestmark = pytest.mark.django_db
REFORM = date(2025, 7, 1)
START, END = date(2024, 1, 1), date(2026, 6, 30)


@pytest.fixture(autouse=True)
def _scope(db):
    with acting_as_system():
        yield


def merge_into(name, *old_units):
    """A reform in small: the old units close, a new one takes their places on 1 July 2025."""
    order = Order.objects.create(
        number=f"merge into {name}", tree="government", signed_on=REFORM, effective_on=REFORM
    )
    new = Unit.objects.create(
        tree="government", level="commune", code=name, opened_on=REFORM, opened_by=order
    )
    with connection.cursor() as cursor:
        cursor.execute(
            """
            with closed as (
                update units_tenure set valid_to = %(on)s, closed_by_id = %(order)s
                where unit_id = any(%(old)s) and valid_to is null returning place_id
            )
            insert into units_tenure (place_id, unit_id, valid_from, opened_by_id, provisional)
            select place_id, %(new)s, %(on)s, %(order)s, false from closed
            """,
            {"on": REFORM, "order": order.pk, "old": [u.pk for u in old_units], "new": new.pk},
        )
    return new


def named(person_name, number):
    return {"full_name": person_name, "citizen_number": f"0312050{number:05}"}


def test_every_way_in_and_out_has_its_term():
    here, there = factories.commune("An Lão"), factories.commune("Kiến Thụy")
    home, away = factories.ground(here), factories.ground(there)
    men = [factories.register(home, **named("Lê An", n), on=date(2023, 4, 5)) for n in range(4)]
    incoming = factories.register(away, **named("Lê Bảo", 50), on=date(2023, 4, 5))
    factories.register(home, **named("Lê Chí", 60), on=date(2025, 4, 3))
    actions.move(person=incoming, to_place_id=home.pk, on=date(2025, 2, 1), basis="GGT")
    actions.move(person=men[0], to_place_id=away.pk, on=date(2025, 3, 1), basis="GGT")
    actions.close(person=men[1], why=Close.DIED, on=date(2025, 3, 2), basis="GCT")
    found = queries.account(here.pk, START, END)
    assert (found.opening, found.closing, found.balanced) == (4, 4, True)
    assert {k: v for k, v in found.entered.items() if v} == {"registered": 1, "moved": 1}
    assert {k: v for k, v in found.left.items() if v} == {"moved": 1, "died": 1}


def test_a_reform_hands_over_whole_rolls_by_order():
    one, two = factories.commune("An Lão"), factories.commune("Kiến Thụy")
    for unit, heads in ((one, 2), (two, 3)):
        place = factories.ground(unit)
        for number in range(heads):
            factories.register(place, **named("Lê An", number + 10 * heads))
    new = merge_into("Kiến An", one, two)
    before, after = queries.account(one.pk, START, END), queries.account(new.pk, START, END)
    assert (before.opening, before.left["order"], before.closing) == (2, 2, 0)
    assert (after.opening, after.entered["order"], after.closing) == (0, 5, 5)
    assert before.balanced
    assert after.balanced


def test_a_move_within_the_unit_is_no_movement():
    unit = factories.commune()
    ground = factories.ground(unit)
    groups = [factories.ground(unit, f"Thôn {n}", within=ground) for n in (1, 2)]
    person = factories.register(groups[0])
    actions.move(person=person, to_place_id=groups[1].pk, on=date(2025, 2, 1), basis="Đơn")
    found = queries.account(unit.pk, START, END)
    assert (found.opening, found.closing) == (1, 1)
    assert not any((*found.entered.values(), *found.left.values()))


def test_a_term_opens_to_its_heads():
    unit = factories.commune()
    person = factories.register(factories.ground(unit), on=date(2025, 4, 3))
    (head,) = queries.movements(unit.pk, START, END, "entered", "registered")
    assert (head.on, head.name, head.uid) == (date(2025, 4, 3), "Nguyễn Văn An", str(person.uid))


def test_an_account_does_not_run_backwards():
    with pytest.raises(BackwardAccount):
        queries.account(factories.commune().pk, END, START)


DAYS = st.dates(date(2023, 11, 1), date(2026, 8, 1))


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    lives=st.lists(
        st.tuples(st.lists(DAYS, min_size=1, max_size=4, unique=True), st.booleans()), max_size=5
    )
)
def test_no_head_is_lost_whatever_way_people_go(lives):
    Registration.objects.all().delete()
    Tenure.objects.all().delete()
    units = [factories.commune(f"{n}-{Unit.objects.count()}") for n in range(2)]
    places = [factories.ground(unit) for unit in units]
    people = [factories.register(places[0], citizen_number="") for _ in lives]
    Registration.objects.all().delete()
    for person, (days, ended) in zip(people, lives, strict=True):
        for turn, (since, until) in enumerate(_spans(sorted(days), ended=ended)):
            Registration.objects.create(
                person=person, place=places[turn % 2], valid_from=since, valid_to=until,
                entered="moved" if turn else "registered",
                closed="moved" if until else "",
            )  # fmt: skip
    new = merge_into(f"new-{Unit.objects.count()}", *units)
    ends = (date(2023, 10, 1), START, date(2025, 6, 30), REFORM, END, date(2026, 9, 1))
    for since, until in product(ends, ends):
        if since <= until:
            found = queries.accounts([*(u.pk for u in units), new.pk], since, until).values()
            assert all(account.balanced for account in found)
            eve = sum(queries.count_by_place(since - timedelta(days=1)).values())
            assert sum(account.opening for account in found) == eve
            evening = sum(queries.count_by_place(until).values())
            assert sum(account.closing for account in found) == evening


def _spans(days, *, ended):
    ends = [*days[1:], None]
    spans = list(zip(days, ends, strict=True))
    return spans[:-1] if ended else spans
