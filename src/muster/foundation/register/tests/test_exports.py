"""A list leaves the house for a purpose, with a mark in the log, and above a limit by two people."""

from datetime import date, timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from muster.foundation.accounts.actions import acting_as_system, give_post
from muster.foundation.ledger.queries import audit
from muster.foundation.register.actions.exports import (
    NoPurpose,
    NoRight,
    answer_export,
    ask_for_export,
    take_export,
)
from muster.foundation.register.models import Export, ExportStep, Reading
from muster.foundation.register.rules import exports as rules
from muster.foundation.register.tests import factories
from muster.shell import rls

ON = date(2026, 3, 2)


class TestRules:
    """Without a database: who may take what."""

    def asked(self, **more):
        facts = {
            "asked_by": 1,
            "on": ON,
            "full_numbers": False,
            "approved": False,
            "refused": False,
        }
        return rules.Asked(**facts | more)

    @pytest.mark.parametrize(("rows", "second"), [(500, False), (501, True)])
    def test_above_five_hundred_rows_a_second_person_must_agree(self, rows, second):
        assert rules.needs_second(rows, full_numbers=False, on=ON) is second

    def test_numbers_in_full_need_a_second_person_for_a_single_row(self):
        assert rules.needs_second(1, full_numbers=True, on=ON)

    def test_nobody_answers_himself(self):
        with pytest.raises(rules.NotYours, match="người thứ hai trả lời"):
            rules.check_answer(asked=self.asked(), by=1)

    def test_an_answer_stands(self):
        with pytest.raises(rules.NotYours, match="đã được trả lời"):
            rules.check_answer(asked=self.asked(refused=True), by=2)

    def test_a_list_that_grew_above_the_limit_waits(self):
        rules.check_taking(asked=self.asked(), by=1, rows=500, on=ON)
        with pytest.raises(rules.NotApproved, match="người thứ hai"):
            rules.check_taking(asked=self.asked(), by=1, rows=501, on=ON)
        rules.check_taking(asked=self.asked(approved=True), by=1, rows=501, on=ON)

    def test_only_who_asked_takes_it(self):
        with pytest.raises(rules.NotYours, match="Chỉ người xin"):
            rules.check_taking(asked=self.asked(approved=True), by=2, rows=1, on=ON)

    def test_after_seven_days_it_is_asked_for_again(self):
        rules.check_taking(asked=self.asked(), by=1, rows=1, on=ON + timedelta(days=6))
        with pytest.raises(rules.TooLate):
            rules.check_taking(asked=self.asked(), by=1, rows=1, on=ON + timedelta(days=7))

    def test_a_list_that_nobody_can_look_after_is_refused(self):
        with pytest.raises(rules.TooMany, match="thu hẹp tìm kiếm"):
            rules.check_size(100_001, ON)


@pytest.fixture
def communes(transactional_db, django_user_model):
    """Two communes; ours has a clerk and a commander, theirs a commander."""
    with acting_as_system():
        ours, theirs = factories.commune("An Lão"), factories.commune("Kiến Thụy")
        place = factories.ground(ours)
        factories.register(place, "=HYPERLINK(1)", citizen_number="031205001234")
        factories.register(place, "Nguyễn Văn An", citizen_number="", mother_name="Lê Thị Kín")
        factories.register(factories.ground(theirs), "Trần Văn Họ", citizen_number="031205004321")
    return ours, theirs


@pytest.fixture
def users(communes, django_user_model):
    ours, theirs = communes
    posts = {"clerk": (ours, "clerk"), "commander": (ours, "commander"),
             "stranger": (theirs, "commander"), "doctor": (ours, "doctor")}  # fmt: skip
    found = {}
    for name, (unit, role) in posts.items():
        found[name] = django_user_model.objects.create(username=name, first_name=name)
        with acting_as_system():
            give_post(user=found[name], role=role, unit=unit, valid_from=date(2020, 1, 1))
    return found


@pytest.fixture
def sign_in(client, users):
    def signed(name):
        client.force_login(users[name])
        return client

    return signed


WISH = {"purpose": "Gửi giấy mời khám", "columns": ["name", "number"]}


def ask(client, **more):
    answer = client.post(reverse("register:ask_export"), WISH | more)
    assert answer.status_code == 302, answer.content.decode()
    return answer["Location"]


def take(client, page, form="csv"):
    return client.post(f"{page}take/", {"form": form})


@pytest.mark.django_db(transaction=True)
class TestPages:
    def test_a_short_list_is_taken_at_once_with_masked_numbers(self, sign_in):
        clerk = sign_in("clerk")
        answer = take(clerk, ask(clerk))
        text = answer.content.decode("utf-8-sig")
        assert answer["Content-Disposition"].startswith("attachment")
        assert "031*****1234" in text
        assert "031205001234" not in text
        assert "Trần Văn Họ" not in text

    def test_only_the_chosen_columns_are_in_the_file(self, sign_in):
        clerk = sign_in("clerk")
        page = ask(clerk, columns=["name"])
        lines = take(clerk, page).content.decode("utf-8-sig").splitlines()
        assert lines == ["Họ và tên", "'=HYPERLINK(1)", "Nguyễn Văn An"]
        book = take(clerk, page, "xlsx").content
        assert b"Kin" not in book
        rows = CalamineWorkbook.from_filelike(BytesIO(book)).get_sheet_by_index(0).to_python()
        assert rows == [["Họ và tên"], ["=HYPERLINK(1)"], ["Nguyễn Văn An"]]

    def test_no_cell_of_the_workbook_is_a_formula(self, sign_in):
        clerk = sign_in("clerk")
        book = ZipFile(BytesIO(take(clerk, ask(clerk), "xlsx").content))
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
        assert "<f>" not in sheet
        assert not [name for name in book.namelist() if "sheet2" in name]

    def test_numbers_in_full_wait_for_a_second_person(self, sign_in):
        clerk = sign_in("clerk")
        page = ask(clerk, full_numbers="on")
        assert "take_export" not in clerk.get(page).content.decode()
        assert take(clerk, page).status_code >= 400
        answer = {"agree": "1", "why": "Đúng mục đích"}
        assert clerk.post(f"{page}answer/", answer).status_code >= 400
        commander = sign_in("commander")
        assert "Gửi giấy mời khám" in commander.get(page).content.decode()
        assert commander.post(f"{page}answer/", answer).status_code == 302
        assert take(commander, page).status_code >= 400
        assert "031205001234" in take(sign_in("clerk"), page).content.decode()

    def test_a_refused_list_stays(self, sign_in):
        page = ask(sign_in("clerk"), full_numbers="on")
        sign_in("commander").post(f"{page}answer/", {"why": "Quá nhiều"})
        assert take(sign_in("clerk"), page).status_code >= 400

    def test_another_office_sees_neither_list_nor_purpose(self, sign_in):
        page = ask(sign_in("clerk"), full_numbers="on")
        stranger = sign_in("stranger")
        assert stranger.get(page).status_code >= 400
        assert "Gửi giấy mời khám" not in stranger.get("/register/exports/").content.decode()

    def test_a_chairman_answers_and_an_inspector_reads_but_neither_takes_a_list(
        self, sign_in, users, communes, django_user_model
    ):
        page = ask(sign_in("clerk"), full_numbers="on")
        for role, answers in (("inspector", 403), ("chairman", 302)):
            users[role] = django_user_model.objects.create(username=role)
            with acting_as_system():
                give_post(
                    user=users[role], role=role, unit=communes[0], valid_from=date(2020, 1, 1)
                )
            reader = sign_in(role)
            assert "Gửi giấy mời khám" in reader.get("/register/exports/").content.decode()
            assert reader.get(page).status_code == 200
            assert reader.get("/register/exports/ask/").status_code == 403
            answer = reader.post(f"{page}answer/", {"agree": "1", "why": "Được"})
            assert answer.status_code == answers

    def test_the_right_is_one_of_its_own(self, sign_in):
        assert sign_in("doctor").get("/register/exports/ask/").status_code == 403

    def test_a_list_without_a_purpose_is_not_asked_for(self, sign_in):
        page = sign_in("clerk").post("/register/exports/ask/", WISH | {"purpose": " "})
        assert page.status_code == 200
        assert not Export.objects.exists()

    def test_everybody_on_the_list_was_read_and_the_log_holds_every_step(self, sign_in, users):
        clerk = sign_in("clerk")
        take(clerk, ask(clerk))
        with acting_as_system():
            read = Reading.objects.values_list("page", "by_id")
            assert list(read) == [("export", users["clerk"].pk)] * 2
            assert [step.kind for step in ExportStep.objects.all()] == [ExportStep.Kind.TAKEN]
            assert audit().faults == ()

    def test_the_second_person_finds_it_in_his_work(self, sign_in):
        ask(sign_in("clerk"), full_numbers="on")
        assert "/register/exports/" in sign_in("commander").get("/").content.decode()

    def test_the_list_of_people_leads_to_it_with_its_search(self, sign_in):
        clerk = sign_in("clerk")
        found = clerk.post("/register/", {"find": "nguyen"}, follow=True).content.decode()
        address = next(each for each in found.split('"') if "/exports/ask/" in each)
        assert "nguyen" not in address
        assert "1 " in clerk.get(address.replace("&amp;", "&")).content.decode()


@pytest.mark.django_db(transaction=True)
def test_without_right_or_purpose_nothing_is_asked(communes, users):
    ours, _ = communes
    wish = {"user_id": users["clerk"].pk, "unit_id": ours.pk, "on": ON, "columns": ["name"]}
    with rls.scoped(role=rls.APP, units=[ours.pk], user_id=users["clerk"].pk):
        with pytest.raises(NoPurpose):
            ask_for_export(**wish, purpose="  ")
        with pytest.raises(NoRight):
            ask_for_export(**wish, purpose="Kiểm tra", full_numbers=True)


@pytest.mark.django_db(transaction=True)
def test_a_list_is_what_its_taker_sees_not_what_its_approver_sees(communes, users):
    """A province's word does not widen a commune's list."""
    ours, _ = communes
    clerk, second = users["clerk"].pk, users["stranger"].pk
    with rls.scoped(role=rls.APP, units=[ours.pk], user_id=clerk):
        export = ask_for_export(
            user_id=clerk, unit_id=ours.pk, on=ON, purpose="Kiểm tra", columns=["name"],
            full_numbers=True, may_see_numbers=True,
        )  # fmt: skip
    with rls.scoped(role=rls.WIDE, user_id=second):
        answer_export(export=export, user_id=second, on=ON, agrees=True, why="Được")
    with rls.scoped(role=rls.APP, units=[ours.pk], user_id=clerk):
        assert len(take_export(export=export, user_id=clerk, on=ON, form="csv")) == 2
