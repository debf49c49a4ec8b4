"""The citizen sees himself and nobody else, asks for corrections, and takes home what is kept of him."""

import json
import re
from datetime import date

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from muster.foundation.accounts.actions import (
    acting_as,
    acting_as_system,
    choose_password,
    give_post,
)
from muster.foundation.accounts.models import User
from muster.foundation.ledger.queries import audit
from muster.foundation.register import actions
from muster.foundation.register.actions.own import (
    Answered,
    AskedAlready,
    HasAccess,
    NotEntered,
    answer_request,
    ask_correction,
    hand_out,
    open_access,
)
from muster.foundation.register.models import (
    Access,
    Certificate,
    Employment,
    Person,
    Reading,
    Request,
    Schooling,
)
from muster.foundation.register.queries import own as reads
from muster.foundation.register.rules import own as rules
from muster.foundation.register.tests import factories
from muster.shell.discovery import ROOT

ON = date(2026, 3, 2)
WISH = {"field": "mother_name", "wanted": "Lê Thị Hoa", "shown_by": "Giấy khai sinh số 12"}


class TestRules:
    """Without a database: what he may ask, until when he is answered, who signs."""

    def test_a_number_is_corrected_at_the_desk(self):
        with pytest.raises(rules.NotCorrectable):
            rules.wanted_value("citizen_number", "031205001234")

    @pytest.mark.parametrize(
        ("field", "text"),
        [("birth_date", "19/05/2005"), ("education_grade", "13"), ("full_name", " ")],
    )
    def test_what_cannot_stand_there_is_refused(self, field, text):
        with pytest.raises(rules.NotCorrectable):
            rules.wanted_value(field, text)

    def test_the_office_answers_within_ten_days(self):
        assert rules.answer_due(date(2026, 3, 2)) == date(2026, 3, 12)


@pytest.fixture
def men(transactional_db):
    """Two of one commune, each with a course and a reader."""
    with acting_as_system():
        place = factories.ground(factories.commune())
        found = [
            factories.register(place, name, citizen_number=number)
            for name, number in (
                ("Nguyễn Văn An", "031205001234"),
                ("Trần Văn Bình", "031205004321"),
            )
        ]
        for man in found:
            actions.begin_spell(
                person=man, spell=Schooling, valid_from=date(2023, 9, 1), on=date(2023, 9, 10),
                document="Giấy xác nhận", level="university", school=f"Trường của {man.full_name}",
            )  # fmt: skip
    return found


@pytest.fixture
def citizen(men):
    with acting_as_system():
        access = open_access(
            person=men[0],
            username="an",
            password=None,
            on=ON,
            basis="Thẻ căn cước, 01/02/2023",
        )
    return User.objects.get(pk=access.user_id)


@pytest.fixture
def clerk(men):
    user = User.objects.create(username="clerk", first_name="Phạm Lan")
    with acting_as_system():
        (unit,) = {tenure.unit for tenure in men[0].place.tenures.all()}
        give_post(user=user, role="clerk", unit=unit, valid_from=date(2020, 1, 1))
        Reading.objects.create(person=men[0], place=men[0].place, by=user, page="person")
        Reading.objects.create(person=men[1], place=men[1].place, by=user, page="person")
    return user


def tables_of_people():
    """Every table in which a person stands, of every slice."""
    for model in apps.get_models():
        if model.__module__.startswith("muster."):
            for field in model._meta.local_fields:
                if field.name == "person" and field.related_model is Person:
                    yield model._meta.db_table, field.column


@pytest.mark.django_db(transaction=True)
class TestWall:
    @pytest.mark.usefixtures("clerk")
    def test_he_sees_himself_in_no_table_another(self, men, citizen):
        with acting_as(citizen), connection.cursor() as cursor:
            assert [each.full_name for each in Person.objects.all()] == ["Nguyễn Văn An"]
            for table, column in tables_of_people():
                cursor.execute(f"select count(*) from {table} where {column} <> %s", [men[0].pk])
                assert cursor.fetchone() == (0,), table
            assert [read.by for read in reads.readings(men[0].pk)] == ["Phạm Lan"]
            assert Schooling.objects.count() == 1

    def test_he_changes_nothing_by_himself(self, men, citizen):
        with acting_as(citizen):
            assert Person.objects.update(full_name="Khác") == 0
            assert Reading.objects.all().delete()[0] == 0
            assert Access.objects.update(person_id=men[1].pk) == 0
            with pytest.raises(DatabaseError, match="policy"), transaction.atomic():
                Access.objects.create(
                    person=men[1], place_id=men[1].place_id, user=citizen, opened_on=ON, basis="x"
                )

    @pytest.mark.usefixtures("men")
    def test_a_closed_access_shows_nothing(self, citizen):
        with acting_as_system():
            Access.objects.update(closed_on=ON)
        with acting_as(citizen):
            assert not Person.objects.exists()

    @pytest.mark.usefixtures("men")
    def test_an_account_bound_to_nobody_shows_nothing(self):
        user = User.objects.create(username="nobody")
        with acting_as_system():
            give_post(user=user, role="citizen", unit=None, valid_from=date(2020, 1, 1))
        with acting_as(user):
            assert not Person.objects.exists()

    @pytest.mark.usefixtures("citizen")
    def test_a_second_access_to_one_entry_is_refused(self, men):
        with acting_as_system(), pytest.raises(HasAccess):
            open_access(person=men[0], username="an2", password=None, on=ON, basis="Thẻ")
        with acting_as_system(), pytest.raises(HasAccess):
            open_access(person=men[1], username="an", password=None, on=ON, basis="Thẻ")


@pytest.mark.django_db(transaction=True)
class TestCorrection:
    def ask(self, man, citizen, **more):
        with acting_as(citizen):
            return ask_correction(person=man, on=ON, **WISH | more)

    def test_what_is_granted_stands_in_the_entry_with_the_paper(self, men, citizen, clerk):
        wish = self.ask(men[0], citizen)
        with acting_as(clerk):
            answer_request(request=wish, grants=True, answer="Đã sửa", on=date(2026, 3, 4))
        with acting_as_system():
            assert Person.objects.get(pk=men[0].pk).mother_name == "Lê Thị Hoa"
            done = Request.objects.get()
            assert (done.state, done.act.basis) == ("granted", "Giấy khai sinh số 12")
            assert audit().faults == ()

    def test_what_is_refused_leaves_the_entry_and_tells_why(self, men, citizen, clerk):
        wish = self.ask(men[0], citizen)
        with acting_as(clerk):
            answer_request(request=wish, grants=False, answer="Thiếu giấy", on=ON)
        with acting_as(citizen):
            (mine,) = reads.requests_of(men[0].pk)
            assert (mine.state, mine.answer, mine.act) == ("refused", "Thiếu giấy", None)
        with acting_as_system():
            assert Person.objects.get(pk=men[0].pk).mother_name == ""

    def test_one_wish_about_a_fact_at_a_time(self, men, citizen):
        self.ask(men[0], citizen)
        with pytest.raises(AskedAlready):
            self.ask(men[0], citizen, wanted="Lê Thị Huệ")
        self.ask(men[0], citizen, field="father_name", wanted="Nguyễn Văn Cả")

    def test_what_he_tells_in_his_own_words_is_entered_before_it_is_granted(
        self, men, citizen, clerk
    ):
        wish = self.ask(men[0], citizen, field="employment", wanted="Công nhân, từ tháng 1")
        with acting_as(clerk):
            with pytest.raises(NotEntered):
                answer_request(request=wish, grants=True, answer="Được", on=ON)
            act = actions.begin_spell(
                person=men[0], spell=Employment, valid_from=date(2026, 1, 5), on=ON,
                document="HĐLĐ 3", employer="Công ty May",
            )  # fmt: skip
            granted = answer_request(request=wish, grants=True, answer="Đã ghi", on=ON)
            assert granted.act == act
        again = self.ask(men[0], citizen, field="residence", wanted="12 Lê Lợi")
        with acting_as(clerk), pytest.raises(NotEntered):
            answer_request(request=again, grants=True, answer="Được", on=ON)

    def test_an_answer_stands(self, men, citizen, clerk):
        wish = self.ask(men[0], citizen)
        with acting_as(clerk):
            answer_request(request=wish, grants=False, answer="Thiếu giấy", on=ON)
            with pytest.raises(Answered):
                answer_request(request=wish, grants=True, answer="Được", on=ON)

    def test_an_answer_changed_behind_the_log_is_found(self, men, citizen, clerk):
        wish = self.ask(men[0], citizen)
        with acting_as(clerk):
            answer_request(request=wish, grants=False, answer="Thiếu giấy", on=ON)
        with acting_as_system():
            Request.objects.update(answer="Không")
            assert any("register.request_answer" in fault for fault in audit().faults)


@pytest.mark.django_db(transaction=True)
class TestPages:
    @pytest.fixture
    def home(self, client, citizen):
        client.force_login(citizen)
        return client

    def test_he_begins_at_his_own_entry_and_finds_no_door_to_others(self, home, men):
        page = home.get("/", follow=True)
        assert page.redirect_chain[-1][0] == reverse("register:own")
        text = page.content.decode()
        assert "Nguyễn Văn An" in text
        assert "031*****1234" in text
        for address in (
            "/register/",
            "/register/requests/",
            "/register/exports/",
            "/register/account/",
        ):
            assert home.get(address).status_code == 403, address
        assert home.get(reverse("register:person", args=[men[1].uid])).status_code == 403

    @pytest.mark.usefixtures("clerk")
    def test_he_is_told_who_read_him(self, home):
        assert "Phạm Lan" in home.get("/register/own/").content.decode()

    def test_every_page_that_notes_a_reading_is_told_in_words(self):
        noted = set()
        for path in ROOT.rglob("*.py"):
            if "tests" not in path.parts:
                text = path.read_text(encoding="utf-8")
                noted |= set(re.findall(r'reading\.note\([^)]*, "([^"]+)"\)', text))
                if "note_reading" in text:
                    noted |= set(re.findall(r'\bpage="([^"]+)"', text))
        assert noted >= {"pair", "person, numbers in full", "marks"}
        assert noted <= reads._PAGES.keys()

    def test_he_asks_and_follows_it(self, home, clerk, client):
        home.post("/register/own/correct/", WISH)
        assert "Lê Thị Hoa" in home.get("/register/own/").content.decode()
        with acting_as_system():
            wish = Request.objects.get()
        client.force_login(clerk)
        assert "/register/requests/" in client.get("/").content.decode()
        page = f"/register/requests/{wish.uid}/"
        assert "Giấy khai sinh số 12" in client.get(page).content.decode()
        assert client.post(page, {"grant": "1", "answer": "Đã sửa"}).status_code == 302
        client.force_login(User.objects.get(username="an"))
        assert "Đã sửa" in client.get("/register/own/").content.decode()
        receipt = reverse("ledger:receipt", args=["register.request_answer", wish.uid])
        public = client.get(receipt).content.decode()
        assert "Đã sửa" not in public
        assert "Hoa" not in public

    def test_the_desk_is_led_to_what_it_enters_first(self, home, men, clerk, client):
        told = {"field": "schooling", "wanted": "Đã thôi học", "shown_by": "QĐ 5"}
        home.post("/register/own/correct/", told)
        with acting_as_system():
            wish = Request.objects.get()
        client.force_login(clerk)
        page = f"/register/requests/{wish.uid}/"
        link = reverse("register:begin", args=[men[0].uid, "schooling"])
        assert link in client.get(page).content.decode()
        refused = client.post(page, {"grant": "1", "answer": "Đã ghi"})
        assert refused.context["form"].non_field_errors()

    def test_a_wish_that_cannot_stand_is_refused_on_the_page(self, home):
        page = home.post("/register/own/correct/", WISH | {"field": "birth_date"})
        assert page.status_code == 200
        with acting_as_system():
            assert not Request.objects.exists()

    @pytest.mark.usefixtures("clerk")
    def test_the_file_holds_all_that_is_kept_and_nothing_of_others(self, home):
        file = home.get("/register/own/file/")
        found = json.loads(file.content)
        text = file.content.decode()
        assert "031205001234" in text
        assert "Trường của Nguyễn Văn An" in text
        assert found["read_by"][0]["by"] == "Phạm Lan"
        assert "Bình" not in text
        assert file["Cache-Control"] == "no-store"

    def test_the_extract_is_a_paper_whose_number_stands_in_the_log(self, home):
        paper = home.post("/register/own/extract/")
        assert paper.content.startswith(b"%PDF")
        with acting_as_system():
            stands = Certificate.objects.get()
        receipt = reverse("ledger:receipt", args=["register.certificate", stands.uid])
        home.logout()
        public = home.get(receipt).content.decode()
        assert str(stands.uid) in public
        assert "Nguyễn" not in public
        assert "031205001234" not in public

    @pytest.mark.usefixtures("citizen")
    def test_a_certificate_is_printed_again_until_the_entry_changes(self, men, clerk, client):
        client.force_login(clerk)
        issued = client.post(reverse("register:issue", args=[men[0].uid]))
        assert issued.content.startswith(b"%PDF")
        with acting_as_system():
            paper = Certificate.objects.get()
            assert audit().faults == ()
        client.force_login(User.objects.get(username="an"))
        again = client.get(f"/register/own/paper/{paper.uid}/")
        assert again.content == issued.content
        with acting_as_system():
            actions.correct(
                person=Person.objects.get(pk=men[0].pk), changes={"full_name": "Nguyễn Văn Ân"},
                on=timezone.localdate(), basis="Khai sinh",
            )  # fmt: skip
        assert client.get(f"/register/own/paper/{paper.uid}/").status_code >= 400

    def test_nobody_prints_anothers_paper(self, home, men):
        with acting_as_system():
            facts = {"full_name": "Trần Văn Bình"}
            user = User.objects.get(username="an")
            connection.cursor().execute(
                "select set_config('muster.user', %s, true)", [str(user.pk)]
            )
            other = hand_out(person=men[1], kind=Certificate.Kind.REGISTRATION, facts=facts, on=ON)
        assert home.get(f"/register/own/paper/{other.uid}/").status_code >= 400

    def test_the_desk_gives_a_sign_in(self, client, clerk, men):
        client.force_login(clerk)
        page = reverse("register:give_access", args=[men[1].uid])
        assert client.get(page).status_code == 200
        told = {"username": "binh", "password": "mat-khau-dau", "basis": "Thẻ căn cước"}
        assert client.post(page, told).status_code == 302
        assert client.login(username="binh", password="mat-khau-dau")
        assert client.get("/register/own/")["Location"] == reverse("account_change_password")
        choose_password(user=User.objects.get(username="binh"), password="chi-minh-toi-biet")
        assert client.login(username="binh", password="chi-minh-toi-biet")
        assert "Trần Văn Bình" in client.get("/register/own/").content.decode()
