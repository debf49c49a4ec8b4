"""A clerk brings in a list over the page: columns, trial, rows, answer; nobody else sees it."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from muster.foundation.accounts.actions import acting_as, acting_as_system, give_post
from muster.foundation.ledger.models import Erasure
from muster.foundation.ledger.queries import audit
from muster.foundation.register.actions import uploads as lists
from muster.foundation.register.actions.retention import retain
from muster.foundation.register.models import ListSource, Person, Upload
from muster.foundation.register.rules.clocks import LAW
from muster.foundation.register.tests import factories

pytestmark = pytest.mark.django_db(transaction=True)
PAGE = "/register/lists/"
LIST = """Ai,Sinh,gt,Mã xã,Thôn,id
Lê An,19/5/2005,nam,10570,Thôn 1,1
Siu Blơ,2003,nam,10570,Thôn 1,2
=cmd,2003,nam,10570,Thôn 1,3
Lê Xa,2003,nam,10573,,4
"""
COLUMNS = {"c0": "full_name", "c1": "birth_date", "c2": "sex", "c3": "commune_code",
           "c4": "group_name", "c5": "source_id"}  # fmt: skip


@pytest.fixture
def communes(transactional_db):
    with acting_as_system():
        here, there = factories.commune("10570"), factories.commune("10573")
        factories.ground(here)
        factories.ground(there)
    return here, there


def signed_in(client, django_user_model, unit, *, name, role="clerk"):
    user = django_user_model.objects.create(username=name)
    with acting_as_system():
        give_post(user=user, role=role, unit=unit, valid_from=date(2020, 1, 1))
    client.force_login(user)
    return user


@pytest.fixture
def clerk(client, communes, django_user_model):
    signed_in(client, django_user_model, communes[0], name="here")
    return client


def send(client, content=LIST, name="list.csv"):
    file = SimpleUploadedFile(name, content.encode() if isinstance(content, str) else content)
    sent = {"file": file, "source": "Trường A", "on": "2026-03-02"}
    return client.post(PAGE, sent, follow=True)


def uploaded(response):
    return response.redirect_chain[-1][0]


def test_the_columns_are_settled_tried_entered_and_answered(clerk):
    sent = send(clerk)
    page = uploaded(sent)
    assert "19/5/2005" in sent.content.decode()
    tried = clerk.post(page, COLUMNS, follow=True).content.decode()
    assert "Ai: “=cmd”" in tried
    with acting_as_system():
        assert not Person.objects.exists()
        assert ListSource.objects.get().mapping["Ai"] == "full_name"
    entered = clerk.post(f"{page}enter/", follow=True)
    assert entered.status_code == 200
    with acting_as_system():
        assert [p.full_name for p in Person.objects.order_by("source_id")] == ["Lê An", "Siu Blơ"]
    answer = clerk.get(f"{page}result/").content.decode("utf-8-sig").splitlines()
    assert len(answer) == 5
    assert [line.split(",")[7] for line in answer[1:]] == [
        "đã sửa và nhận",
        "đã nhận",
        "bị từ chối",
        "bị từ chối",
    ]
    assert answer[3].startswith("'=cmd")


def test_a_source_is_understood_the_next_time(clerk):
    clerk.post(uploaded(send(clerk)), COLUMNS)
    again = send(clerk).context["form"]
    assert again["c0"].initial == "full_name"
    assert again["c5"].initial == "source_id"


def test_rows_enter_in_portions_and_go_on_where_they_stopped(clerk, monkeypatch):
    monkeypatch.setattr(lists, "AT_ONCE", 1)
    page = uploaded(send(clerk))
    clerk.post(page, COLUMNS)
    clerk.post(f"{page}enter/")
    with acting_as_system():
        assert Person.objects.count() == 1
    assert "hx-trigger" in clerk.get(page).content.decode()
    clerk.post(f"{page}enter/")
    assert "hx-trigger" not in clerk.get(page).content.decode()
    with acting_as_system():
        assert Person.objects.count() == 2


def test_an_office_takes_in_nobody_of_another_commune(clerk):
    page = uploaded(send(clerk))
    clerk.post(page, COLUMNS)
    clerk.post(f"{page}enter/")
    with acting_as_system():
        assert not Person.objects.filter(full_name="Lê Xa").exists()


def test_a_list_is_seen_by_its_sender_alone(clerk, communes, django_user_model):
    page = uploaded(send(clerk))
    other = signed_in(clerk, django_user_model, communes[0], name="other", role="commander")
    assert clerk.get(page).status_code == 404
    assert clerk.get(f"{page}result/").status_code == 404
    with acting_as(other):
        assert not Upload.objects.exists()


def test_only_who_may_brings_lists(client, communes, django_user_model):
    signed_in(client, django_user_model, communes[0], name="inspector", role="inspector")
    assert client.get(PAGE).status_code == 403


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"PK\x03\x04", "cut.xlsx"),
        (b'"Le An', "cut.csv"),
        (b"a\0b", "zero.csv"),
        ("x", "p.parquet"),
    ],
)
def test_a_bad_file_is_refused_in_a_sentence_and_not_kept(clerk, content, name):
    assert send(clerk, content, name).context["form"].errors["file"]
    assert not clerk.get(PAGE).context["listing"].rows


def test_nothing_enters_untried(clerk):
    page = uploaded(send(clerk))
    assert clerk.post(f"{page}enter/").status_code == 422
    assert clerk.get(f"{page}result/").status_code == 422


def test_a_removed_list_is_gone_and_its_people_stay(clerk):
    page = uploaded(send(clerk))
    clerk.post(page, COLUMNS)
    clerk.post(f"{page}enter/")
    assert clerk.post(f"{page}remove/").status_code == 302
    assert clerk.get(page).status_code == 404
    with acting_as_system():
        assert Person.objects.count() == 2


@pytest.fixture
def old(clerk, django_user_model):
    """A list that was tried and then left lying."""
    clerk.post(uploaded(send(clerk)), COLUMNS)
    with acting_as(django_user_model.objects.get()):
        sent = Upload.objects.get()
        return sent.sent_at.date() + timedelta(days=LAW.integer("upload_days", date(2026, 3, 2)))


def upload_rule(on, **more):
    done = retain(on=on, scope=acting_as_system, **more)
    return next(rule for rule in done if rule.law.name == "upload_days")


def standing(django_user_model):
    with acting_as(django_user_model.objects.get()):
        return Upload.objects.count()


def test_a_list_left_lying_is_destroyed_with_its_answer_once_its_days_are_over(
    clerk, old, django_user_model
):
    assert upload_rule(old - timedelta(days=1)).due == 0
    assert upload_rule(old, dry_run=True).due == 1
    assert standing(django_user_model) == 1
    assert upload_rule(old).erasure is not None
    assert standing(django_user_model) == 0
    with acting_as_system():
        erasure = Erasure.objects.get()
        assert (erasure.rule, erasure.counts) == ("upload_days", {"register_upload": 1})
        assert audit().faults == ()


def test_sending_another_list_destroys_none(clerk, old, django_user_model):
    send(clerk)
    assert standing(django_user_model) == 2


def test_outside_the_retention_job_the_house_itself_sees_no_list(clerk, old):
    with acting_as_system():
        assert not Upload.objects.exists()


def test_the_page_says_how_long_a_list_lies(clerk):
    assert "30 ngày" in clerk.get(PAGE).content.decode()


def test_the_file_lies_sealed(clerk, django_user_model):
    send(clerk)
    with acting_as(django_user_model.objects.get()):
        assert "Lê An".encode() not in bytes(Upload.objects.get().file)
