"""Duties with the law's clocks: found from the entries, met by acts, seen by their office alone."""

from datetime import date

import pytest
from django.utils import timezone

from muster.foundation.accounts.actions import acting_as, acting_as_system, give_post
from muster.foundation.ledger.models import Entry
from muster.foundation.register.actions import duties as acts
from muster.foundation.register.actions.supplement import begin_spell
from muster.foundation.register.models import Circumstance, Errand, Filing, Person
from muster.foundation.register.queries import duties as owed
from muster.foundation.register.queries.scope import places_in_scope
from muster.foundation.register.rules import clocks
from muster.foundation.register.tests import factories
from muster.foundation.units.models import Unit

pytestmark = pytest.mark.django_db(transaction=True)
PAGE = "/register/duties/"
JANUARY, POLICE = Filing.Kind.JANUARY, Filing.Kind.POLICE


def test_the_clocks_are_those_of_the_law():
    assert clocks.january_list_due(2026) == date(2026, 1, 31)
    assert clocks.first_registration_due(2026) == date(2026, 4, 30)
    assert clocks.change_due(date(2026, 3, 2)) == date(2026, 3, 12)
    assert clocks.return_due(date(2026, 3, 6)) == date(2026, 3, 20)
    assert clocks.reserve_due(date(2026, 3, 6)) == date(2026, 3, 27)
    assert clocks.police_notice_days(date(2026, 1, 1)) == (date(2026, 3, 25), date(2026, 3, 30))
    assert clocks.turning_of_age(2026) == (date(2009, 1, 1), date(2009, 12, 31))


@pytest.mark.parametrize(
    ("since", "until", "long"),
    [
        (date(2026, 1, 15), date(2026, 4, 14), False),
        (date(2026, 1, 15), date(2026, 4, 15), True),
        (date(2026, 11, 30), date(2027, 2, 27), False),
        (date(2026, 1, 15), None, True),
    ],
)
def test_an_absence_is_registered_from_three_months_on(since, until, long):
    assert clocks.is_long_absence(since, until) is long


@pytest.fixture
def place(transactional_db):
    with acting_as_system():
        return factories.ground(factories.commune("10570"), "Thôn 1")


def person(django_user_model, name, role, unit):
    user = django_user_model.objects.create(username=name)
    with acting_as_system():
        give_post(user=user, role=role, unit=unit, valid_from=date(2020, 1, 1))
    return user


@pytest.fixture
def clerk(django_user_model, place):
    return person(django_user_model, "clerk", "clerk", Unit.objects.get())


@pytest.fixture
def commander(django_user_model, place):
    return person(django_user_model, "commander", "commander", Unit.objects.get())


def drawn_up(unit, day=date(2026, 1, 10)):
    return acts.file_paper(
        unit_id=unit.pk, kind=JANUARY, period=date(2026, 1, 1), on=day, basis="KH 01"
    )


def listed(filing, place, name="Lê Văn Út", born=date(2009, 6, 1)):
    return acts.list_young_man(
        filing=filing, full_name=name, birth_date=born, place_id=place.pk, on=date(2026, 1, 10)
    )


def owes(today, kind, *, late=False):
    return [duty for duty in owed.duties(today, late=late) if duty.kind == kind]


def kinds(today, *, late):
    return {duty.kind for duty in owed.duties(today, late=late)}


def test_the_january_list_is_drawn_up_by_one_and_confirmed_by_another(place, clerk, commander):
    unit = Unit.objects.get()
    with acting_as(clerk):
        assert [duty.unit for duty in owes(date(2026, 1, 5), "january")] == [unit.pk]
        assert owes(date(2026, 2, 1), "january", late=True)
        filing = drawn_up(unit)
        with pytest.raises(acts.NotOfThisYear, match="2009"):
            listed(filing, place, born=date(2008, 12, 31))
        listed(filing, place)
        assert owes(date(2026, 1, 31), "january")
        with pytest.raises(acts.Confirmed):
            acts.confirm_list(filing=filing, on=date(2026, 1, 20))
    with acting_as(commander):
        acts.confirm_list(filing=filing, on=date(2026, 1, 20))
        assert not owes(date(2026, 1, 31), "january")
        assert not owes(date(2026, 2, 1), "january", late=True)
        with pytest.raises(acts.Confirmed):
            listed(filing, place)
    assert Entry.objects.filter(kind="register.confirmation").count() == 1


def test_a_listed_man_is_due_in_april_and_his_entry_settles_it(place, clerk):
    with acting_as(clerk):
        errand = listed(drawn_up(Unit.objects.get()), place)
        assert [duty.due for duty in owes(date(2026, 4, 30), "first")] == [date(2026, 4, 30)]
        assert owes(date(2026, 5, 1), "first", late=True)
        identity = factories.identity(
            "Lê Văn Út", birth_date=date(2009, 6, 1), citizen_number="031209001234"
        )
        acts.register_listed(
            errand=errand, identity=identity, on=date(2026, 4, 12), basis="Form 01"
        )
        assert not owes(date(2026, 5, 1), "first", late=True)
        kept = Errand.objects.get()
        assert (kept.full_name, kept.birth_date, kept.name) == ("", None, "Lê Văn Út")
        with pytest.raises(acts.NothingOpen):
            acts.register_listed(
                errand=kept, identity=identity, on=date(2026, 4, 13), basis="Form 01"
            )


def test_a_change_that_was_told_is_due_in_ten_days(place, clerk):
    with acting_as(clerk):
        man = factories.register(place)
        errand = acts.note_change(person=man, what="thợ hàn", told_on=date(2026, 3, 2))
        assert owes(date(2026, 3, 12), "change")
        assert owes(date(2026, 3, 13), "change", late=True)
        act = acts.enter_change(errand=errand, on=date(2026, 3, 5), basis="GXN 12")
        assert act.changes == {"change": [None, "thợ hàn"]}
        assert not owes(date(2026, 3, 13), "change", late=True)


def test_who_is_back_from_a_long_absence_registers_again_within_ten_working_days(place, clerk):
    with acting_as(clerk):
        man = factories.register(place)
        with pytest.raises(acts.NotLongEnough, match="3"):
            acts.register_absence(
                person=man, since=date(2026, 1, 5), until=date(2026, 2, 5),
                on=date(2026, 1, 4), document="Đơn",
            )  # fmt: skip
        acts.register_absence(
            person=man, since=date(2025, 11, 3), until=date(2026, 3, 6),
            on=date(2025, 11, 1), document="Đơn",
        )  # fmt: skip
        assert not owes(date(2026, 3, 5), "return")
        assert [duty.due for duty in owes(date(2026, 3, 20), "return")] == [date(2026, 3, 20)]
        assert owes(date(2026, 3, 21), "return", late=True)
        acts.register_return(person=Person.objects.get(), on=date(2026, 3, 10), document="Đơn về")
        assert not owes(date(2026, 3, 20), "return")
        assert not owes(date(2026, 3, 21), "return", late=True)


def test_a_return_without_an_absence_is_refused(place, clerk):
    with acting_as(clerk), pytest.raises(acts.NothingOpen):
        acts.register_return(person=factories.register(place), on=date(2026, 3, 10), document="Đơn")


def test_an_absence_is_registered_and_ended_once(place, clerk):
    with acting_as(clerk):
        man = factories.register(place)

        def leave(since):
            acts.register_absence(
                person=Person.objects.get(), since=since, until=None, on=since, document="Đơn"
            )

        def come_back(on):
            acts.register_return(person=Person.objects.get(), on=on, document="Đơn")

        leave(date(2026, 1, 5))
        with pytest.raises(acts.AlreadyAway):
            leave(date(2026, 2, 2))
        come_back(date(2026, 5, 4))
        with pytest.raises(acts.NothingOpen):
            come_back(date(2026, 5, 5))
        leave(date(2026, 6, 1))
        come_back(date(2026, 10, 1))
        assert man.residences.filter(kind="absent", valid_to=None).count() == 0


def test_one_registration_for_the_reserve_after_one_discharge(place, clerk):
    with acting_as(clerk):
        man = factories.register(place)
        acts.register_reserve(person=man, on=date(2026, 2, 10), document="QĐ")
        with pytest.raises(acts.InTheReserve):
            acts.register_reserve(person=man, on=date(2026, 2, 11), document="QĐ")


def test_a_discharged_soldier_registers_for_the_reserve_within_fifteen_working_days(place, clerk):
    with acting_as(clerk):
        man = factories.register(place)
        begin_spell(
            person=man, spell=Circumstance, kind="active_service", valid_from=date(2024, 2, 26),
            valid_to=date(2026, 2, 6), on=date(2024, 2, 26), document="Lệnh",
        )  # fmt: skip
        assert [duty.due for duty in owes(date(2026, 2, 27), "reserve")] == [date(2026, 2, 27)]
        assert owes(date(2026, 2, 28), "reserve", late=True)
        assert not owes(date(2028, 3, 1), "reserve", late=True)
        acts.register_reserve(person=man, on=date(2026, 2, 10), document="QĐ xuất ngũ")
        assert not owes(date(2026, 2, 28), "reserve", late=True)


def test_the_police_tell_of_each_quarter_late_in_its_last_month(place, clerk):
    unit = Unit.objects.get()
    with acting_as(clerk):
        # The quarter before is overdue until its notice is there.
        assert len(owes(date(2026, 3, 24), "police", late=True)) == 1
        assert not owes(date(2026, 3, 24), "police")
        assert [duty.due for duty in owes(date(2026, 3, 25), "police")] == [date(2026, 3, 30)]
        acts.file_paper(
            unit_id=unit.pk, kind=POLICE, period=date(2026, 1, 1), on=date(2026, 3, 27),
            basis="CA 33",
        )  # fmt: skip
        assert not owes(date(2026, 3, 28), "police")


def test_the_counts_are_those_of_the_lists(place, clerk):
    today = date(2026, 5, 4)
    with acting_as(clerk):
        filing = drawn_up(Unit.objects.get())
        for name in ("An", "Bình", "Chi"):
            listed(filing, place, name)
        acts.note_change(person=factories.register(place), what="x", told_on=today)
        found = owed.counted(today, places_in_scope())
        counts = {each.kind: (each.due, each.overdue) for each in found}
        for kind, (due, overdue) in counts.items():
            assert due == len(owes(today, kind)), kind
            assert overdue == len(owes(today, kind, late=True)), kind
        assert counts["first"] == (0, 3)
        assert counts["change"] == (1, 0)


def test_the_lists_cost_the_same_questions_for_many(place, clerk, django_assert_num_queries):
    today = date(2026, 5, 4)
    with acting_as(clerk):
        filing = drawn_up(Unit.objects.get())
        for number in range(12):
            listed(filing, place, f"Lê {number}")
        with django_assert_num_queries(2):
            assert len(owed.duties(today, late=True)) > 12


def test_a_clerk_of_another_commune_reads_nothing(place, clerk, django_user_model):
    with acting_as(clerk):
        listed(drawn_up(Unit.objects.get()), place)
    with acting_as_system():
        other = factories.commune("10573")
        factories.ground(other)
    with acting_as(person(django_user_model, "other", "clerk", other)):
        assert not Errand.objects.exists()
        assert not Filing.objects.exists()
        assert not kinds(date(2026, 5, 4), late=True) - {"january", "police"}


def test_the_pages_lead_from_the_list_to_the_entry(client, place, clerk, commander, time_machine):
    time_machine.move_to("2026-01-12 03:00", tick=False)
    unit = Unit.objects.get()
    client.force_login(clerk)
    page = f"{PAGE}{unit.pk}/january/2026-01-01/"
    assert page in client.get(PAGE).content.decode()
    assert client.post(page, {"basis": "KH 01"}).status_code == 302
    man = {"full_name": "Lê Văn Út", "birth_date": "2009-06-01", "place": place.pk}
    assert client.post(page, man).status_code == 302
    assert "Lê Văn Út" in client.get(page).content.decode()
    assert client.post(page, {"confirm": "1"}).status_code == 403
    client.force_login(commander)
    assert client.post(page, {"confirm": "1"}).status_code == 302
    client.force_login(clerk)
    errand = errand_of("Lê Văn Út")
    form = {"full_name": "Lê Văn Út", "birth_date": "2009-06-01",
            "citizen_number": "031209001234", "basis": "Mẫu 01"}  # fmt: skip
    assert client.post(f"{PAGE}{errand}/", form | {"citizen_number": "1"}).status_code == 200
    assert client.post(f"{PAGE}{errand}/", form).status_code == 302
    with acting_as_system():
        assert Person.objects.get().full_name == "Lê Văn Út"


def test_who_may_only_read_is_led_to_no_closed_door(client, place, clerk, commander, time_machine):
    time_machine.move_to("2026-05-04 03:00", tick=False)
    with acting_as(clerk):
        listed(drawn_up(Unit.objects.get()), place)
        man = factories.register(place)
        begin_spell(
            person=man, spell=Circumstance, kind="active_service", valid_from=date(2024, 2, 26),
            valid_to=date(2026, 2, 6), on=date(2024, 2, 26), document="Lệnh",
        )  # fmt: skip
    errand, person = f"{PAGE}{errand_of('Lê Văn Út')}/", f"/register/person/{man.uid}/"
    client.force_login(clerk)
    page = client.get(f"{PAGE}?list=overdue").content.decode()
    assert errand in page
    assert f"{person}change/" in page
    client.force_login(commander)
    page = client.get(f"{PAGE}?list=overdue").content.decode()
    assert "Lê Văn Út" in page
    assert errand not in page
    assert f'{person}"' in page


def errand_of(name):
    with acting_as_system():
        return Errand.objects.get(full_name=name).uid


@pytest.mark.parametrize(
    ("sent", "answer"),
    [
        ({"kind": "told", "since": "2026-01-10", "what": "thợ hàn"}, 302),
        ({"kind": "told", "since": "2026-01-10"}, 200),
        ({"kind": "absence", "since": "2026-01-10", "until": "2026-01-09"}, 200),
        ({"kind": "absence", "since": "2026-01-10"}, 302),
        ({"kind": "return"}, 422),
        ({"kind": "reserve"}, 302),
    ],
)
def test_a_change_is_noted_from_the_entry(client, place, clerk, sent, answer):
    with acting_as_system():
        man = factories.register(place)
    client.force_login(clerk)
    page = f"/register/person/{man.uid}/change/"
    assert client.get(page).status_code == 200
    assert client.post(page, sent | {"basis": "Đơn"}).status_code == answer
    told = client.get(f"/register/person/{man.uid}/").content.decode()
    assert ("Đăng ký quân nhân dự bị" in told) is (sent["kind"] == "reserve")


def test_what_the_police_told_of_a_man_is_linked_to_their_notice(client, place, clerk):
    today = timezone.localdate()
    with acting_as_system():
        man = factories.register(place)
        unit = place.tenures.get().unit
        notice = acts.file_paper(
            unit_id=unit.pk, kind=Filing.Kind.POLICE, period=clocks.quarter_of(today), on=today,
            basis="CV 12/CAX",
        )  # fmt: skip
    client.force_login(clerk)
    page = f"/register/person/{man.uid}/change/"
    filed = f"{PAGE}{unit.pk}/police/{notice.period.isoformat()}/"
    assert filed in client.get(page).content.decode()
    told = {"kind": "told", "since": today, "what": "Chuyển nghề", "notice": notice.pk}
    assert client.post(page, told | {"basis": "CV 12/CAX"}).status_code == 302
    with acting_as_system():
        assert Errand.objects.get().filing == notice
    shown = client.get(filed).content.decode()
    assert man.full_name in shown
    assert "Chuyển nghề" in shown


def test_a_notice_of_another_office_cannot_be_named(client, place, clerk):
    today = timezone.localdate()
    with acting_as_system():
        man = factories.register(place)
        for unit in (place.tenures.get().unit, factories.commune("10573")):
            notice = acts.file_paper(
                unit_id=unit.pk, kind=Filing.Kind.POLICE, period=clocks.quarter_of(today),
                on=today, basis="CV",
            )  # fmt: skip
    client.force_login(clerk)
    told = {"kind": "told", "since": today, "what": "x", "notice": notice.pk, "basis": "CV"}
    answer = client.post(f"/register/person/{man.uid}/change/", told)
    assert answer.context["form"].errors["notice"]


def test_the_province_asks_communes_with_people(place):
    with acting_as_system():
        factories.ground(factories.commune("10573"))
        factories.register(place)
        owing = owes(date(2026, 2, 2), "january", late=True)
        assert [duty.subject for duty in owing] == ["xã 10570"]


def test_a_paper_of_another_commune_is_not_found(client, place, clerk):
    with acting_as_system():
        other = factories.commune("10573")
        factories.ground(other)
    client.force_login(clerk)
    assert client.get(f"{PAGE}{other.pk}/january/2026-01-01/").status_code == 404
    assert client.post(f"{PAGE}{other.pk}/police/2026-01-01/", {"basis": "x"}).status_code == 404
    assert client.get(f"{PAGE}{other.pk}/nothing/2026-01-01/").status_code == 404


def test_a_long_list_of_duties_goes_on_page_by_page(client, place, clerk, monkeypatch):
    monkeypatch.setattr(owed, "SHOWN", 1)
    with acting_as(clerk):
        filing = drawn_up(Unit.objects.get())
        for number in range(2):
            listed(filing, place, name=f"Lê Văn {'ÁB'[number]}")
    client.force_login(clerk)
    address, seen = "?list=overdue", []
    while address:
        table = client.get(PAGE + address).context["listing"]
        seen += [row[0].value for row in table.rows]
        address = table.next_href
    with acting_as(clerk):
        owing = owed.duties(timezone.localdate(), late=True, limit=99)
    assert {"Lê Văn Á", "Lê Văn B"} <= set(seen)
    assert sorted(seen) == sorted(duty.subject for duty in owing)
