"""A paper of the desk says what an act of the register says, under the issuer's name of that day."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from muster.foundation.accounts.actions import acting_as_system, give_post
from muster.foundation.accounts.models import User
from muster.foundation.ledger.queries import audit
from muster.foundation.register import actions, papers
from muster.foundation.register.actions import duties as acts
from muster.foundation.register.actions.own import hand_out_paper, open_access
from muster.foundation.register.models import Certificate, Circumstance, Person
from muster.foundation.register.queries import papers as said
from muster.foundation.register.rules import own as rules
from muster.foundation.register.tests import factories

Kind = Certificate.Kind
ON = date(2026, 3, 2)


@pytest.fixture
def man(transactional_db):
    with acting_as_system():
        return factories.register(factories.ground(factories.commune()))


@pytest.fixture
def elsewhere(man):
    with acting_as_system():
        return factories.ground(factories.commune("Phù Liễn"))


@pytest.fixture
def _inside(man):
    """The register as the house itself reads it."""
    with acting_as_system():
        yield


def discharge(man, on=date(2026, 2, 1)):
    spell = {"spell": Circumstance, "kind": "active_service", "on": on}
    actions.begin_spell(
        person=man, valid_from=date(2024, 2, 15), valid_to=on, document="QĐ 12/QĐ-UBND", **spell
    )


def reserve(man, on=date(2026, 2, 10)):
    discharge(man)
    acts.register_reserve(person=man, on=on, document="Quyết định xuất ngũ số 45/QĐ")


class TestWhoSigns:
    @pytest.mark.parametrize("kind", [Kind.REGISTRATION, Kind.RESERVIST])
    def test_certificates_pass_from_the_district_to_the_communes_chairman(self, kind):
        assert rules.signatory(kind, date(2025, 6, 30)) == "district_commander"
        assert rules.signatory(kind, date(2025, 7, 1)) == "commune_chairman"

    def test_what_was_not_read_in_the_law_stays_unconfirmed(self):
        unread = (Kind.RESERVIST, Kind.TRANSFER, Kind.ABSENCE)
        assert not any(rules.LAW.on(f"{kind}_signatory", ON).confirmed for kind in unread)
        assert rules.LAW.on("registration_signatory", ON).confirmed

    def test_nobody_signs_a_citizens_own_extract(self):
        assert rules.signatory(Kind.EXTRACT, ON) == ""


@pytest.mark.usefixtures("_inside")
class TestWhatItSays:
    def test_a_man_newly_registered_gets_the_certificate_of_registration_alone(self, man):
        assert said.ready(man.pk, ON) == [Kind.REGISTRATION]

    @pytest.mark.parametrize("kind", [Kind.RESERVIST, Kind.TRANSFER, Kind.ABSENCE])
    def test_without_its_act_a_paper_is_refused(self, man, kind):
        with pytest.raises(said.NothingToCertify):
            hand_out_paper(person=man, kind=kind, on=ON)
        assert not Certificate.objects.exists()

    def test_a_discharged_man_is_no_reservist_before_he_is_registered(self, man):
        discharge(man)
        assert Kind.RESERVIST not in said.ready(man.pk, ON)

    def test_a_reservist_is_named_with_his_service_and_his_discharge(self, man):
        reserve(man)
        found = said.facts(man.uid, ON, Kind.RESERVIST)
        assert found["served"] == "15/02/2024 – 01/02/2026"
        assert found["discharge"] == "Quyết định xuất ngũ số 45/QĐ"
        assert found["reserve_on"] == "10/02/2026"

    def test_a_letter_names_the_new_office_and_the_last_day(self, man, elsewhere):
        letter = actions.propose_transfer(
            person=man, to_place_id=elsewhere.pk, on=ON, basis="Giấy báo nhập học"
        )
        found = said.facts(man.uid, ON, Kind.TRANSFER)
        assert found["to_commune"].endswith("Phù Liễn")
        assert found["due_on"] == f"{letter.due_on:%d/%m/%Y}"
        assert found["commune"].endswith("Kiến Thụy")

    def test_a_letter_that_was_answered_is_not_printed_any_more(self, man, elsewhere):
        letter = actions.propose_transfer(
            person=man, to_place_id=elsewhere.pk, on=ON, basis="Giấy báo nhập học"
        )
        actions.return_transfer(transfer=letter, on=date(2026, 3, 4), why="sai tên")
        assert Kind.TRANSFER not in said.ready(man.pk, date(2026, 3, 5))

    def test_an_absence_says_since_when_and_where(self, man):
        acts.register_absence(
            person=man, since=date(2026, 2, 1), until=date(2026, 8, 1), on=ON,
            document="Hợp đồng lao động", address="Bắc Ninh",
        )  # fmt: skip
        found = said.facts(man.uid, ON, Kind.ABSENCE)
        assert (found["absent_from"], found["absent_until"]) == ("01/02/2026", "01/08/2026")
        assert found["absent_at"] == "Bắc Ninh"
        assert Kind.ABSENCE not in said.ready(man.pk, date(2026, 8, 1))

    def test_the_same_paper_is_the_same_bytes_and_stands_in_the_log(self, man):
        reserve(man)
        paper = hand_out_paper(person=man, kind=Kind.RESERVIST, on=ON)
        again, facts = said.handed_out(paper.uid, man)
        link = papers.receipt_address("https://muster.test/", paper)
        assert papers.certificate(paper, facts, link) == papers.certificate(again, facts, link)
        assert audit().faults == ()

    @pytest.mark.parametrize("kind", [Kind.REGISTRATION, Kind.RESERVIST])
    def test_before_the_reform_the_district_stands_over_the_paper(self, man, kind, monkeypatch):
        monkeypatch.setattr(said.units, "ancestors", lambda *_: [District()])
        reserve(man)
        Person.objects.get(pk=man.pk).acts.filter(changes__has_key="reserve").update(
            on=date(2025, 6, 1)
        )
        assert said.facts(man.uid, date(2025, 6, 30), kind)["office"] == "huyện Kiến Thụy"
        assert "office" not in said.facts(man.uid, date(2025, 7, 1), kind)


class District:
    """The unit above a commune until the reform."""

    level, full_name = "district", "huyện Kiến Thụy"


class TestPages:
    @pytest.mark.usefixtures("_inside")
    @pytest.mark.parametrize("language", ["vi", "en", "fr"])
    @pytest.mark.parametrize("kind", said.OF_THE_DESK)
    def test_each_paper_is_a_pdf_in_each_language(self, man, elsewhere, kind, language):
        reserve(man)
        actions.propose_transfer(person=man, to_place_id=elsewhere.pk, on=ON, basis="Giấy báo")
        acts.register_absence(person=man, since=ON, until=None, on=ON, document="Hợp đồng lao động")
        paper = hand_out_paper(person=man, kind=kind, on=ON)
        with translation.override(language):
            found = papers.certificate(*said.handed_out(paper.uid, man), "https://muster.test/")
        assert found.startswith(b"%PDF")

    @pytest.fixture
    def clerk(self, man):
        user = User.objects.create(username="clerk", first_name="Phạm Lan")
        with acting_as_system():
            (unit,) = {tenure.unit for tenure in man.place.tenures.all()}
            give_post(user=user, role="clerk", unit=unit, valid_from=date(2020, 1, 1))
        return user

    @pytest.fixture
    def citizen(self, man):
        with acting_as_system():
            access = open_access(person=man, username="an", password=None, on=ON, basis="Thẻ")
        return User.objects.get(pk=access.user_id)

    def issue(self, client, man, kind):
        return client.post(reverse("register:issue", args=[man.uid]), {"kind": kind})

    def test_a_kind_that_the_desk_does_not_hand_out_is_no_page(self, man, clerk, client):
        client.force_login(clerk)
        assert self.issue(client, man, "extract").status_code == 404
        assert self.issue(client, man, "reservist").status_code == 422

    def test_the_citizen_prints_again_what_the_desk_handed_out(
        self, man, elsewhere, clerk, citizen, client
    ):
        with acting_as_system():
            reserve(man)
            actions.propose_transfer(
                person=man, to_place_id=elsewhere.pk, on=timezone.localdate(), basis="Giấy báo"
            )
        client.force_login(clerk)
        page = client.get(reverse("register:person", args=[man.uid])).content.decode()
        for kind in (Kind.RESERVIST, Kind.TRANSFER):
            assert f'value="{kind}"' in page
        kinds = (Kind.RESERVIST, Kind.TRANSFER)
        issued = {kind: self.issue(client, man, kind).content for kind in kinds}
        client.force_login(citizen)
        with acting_as_system():
            handed = list(Certificate.objects.all())
        for paper in handed:
            again = client.get(f"/register/own/paper/{paper.uid}/")
            assert again.content == issued[paper.kind]
