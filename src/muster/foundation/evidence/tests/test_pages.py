"""A paper through the pages: taken in by a clerk, saved as a file, withdrawn."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from muster.foundation.accounts.actions import acting_as_system
from muster.foundation.evidence import actions
from muster.foundation.evidence.models import Paper
from muster.foundation.evidence.tests.conftest import TODAY, user
from muster.foundation.evidence.tests.files import PDF, PNG, PROGRAM

pytestmark = pytest.mark.django_db


def signed_in(role, unit):
    client = Client(headers={"accept-language": "en"})
    client.force_login(user(role, unit))
    return client


def page_of(person):
    return reverse("evidence:papers", args=[person.uid])


def brought(data=PDF, name="xac-nhan.pdf", **more):
    facts = {"claim": "family_damaged", "reference": "No. 7/GXN", "issued_on": "2026-02-20"}
    return facts | {"file": SimpleUploadedFile(name, data)} | more


def test_a_clerk_takes_in_a_paper_and_saves_it_again(men):
    ours, _, an, binh, _ = men
    clerk = signed_in("clerk", ours)
    assert b"No paper yet" in clerk.get(page_of(an)).content
    answer = clerk.post(page_of(an), brought(family=[binh.pk], last_day="2026-08-31"))
    assert answer.status_code == 302, answer.content.decode()
    with acting_as_system():
        paper = Paper.objects.get()
        assert str(paper.valid_to) == "2026-09-01"
    assert b"No. 7/GXN" in clerk.get(page_of(binh)).content
    saved = clerk.get(reverse("evidence:file", args=[paper.uid]))
    assert saved.content == PDF
    assert saved["Content-Disposition"].startswith("attachment;")
    assert saved["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in saved["Content-Security-Policy"]
    assert "no-store" in saved["Cache-Control"]


@pytest.mark.parametrize(
    ("data", "sentence"),
    [(PROGRAM, "The file is a program"), (PNG + PDF, "two kinds at once"), (PDF[:-9], "damaged")],
)
def test_what_is_no_paper_is_refused_in_a_sentence(men, data, sentence):
    ours, _, an, _, _ = men
    answer = signed_in("clerk", ours).post(page_of(an), brought(data, "giay-xac-nhan.pdf"))
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    with acting_as_system():
        assert not Paper.objects.exists()


def test_a_council_reads_papers_and_takes_none_in_and_a_doctor_reads_none(men):
    ours, _, an, _, _ = men
    council = signed_in("council", ours)
    assert b"<form" not in council.get(page_of(an)).content.split(b"<main")[1].split(b"</main")[0]
    council.post(page_of(an), brought())
    with acting_as_system():
        assert not Paper.objects.exists()
        paper = actions.attach(
            person=an, claim="sole_worker", reference="1", issued_on=TODAY, data=PDF,
            received_on=TODAY,
        )  # fmt: skip
    doctor = signed_in("doctor", ours)
    for name, uid in (("papers", an.uid), ("paper", paper.uid), ("file", paper.uid)):
        assert doctor.get(reverse(f"evidence:{name}", args=[uid])).status_code == 403


def test_a_clerk_of_another_commune_finds_no_page(men):
    _, theirs, an, _, _ = men
    with acting_as_system():
        paper = actions.attach(
            person=an, claim="sole_worker", reference="1", issued_on=TODAY, data=PDF,
            received_on=TODAY,
        )  # fmt: skip
    clerk = signed_in("clerk", theirs)
    for name, uid in (("papers", an.uid), ("paper", paper.uid), ("file", paper.uid)):
        assert clerk.get(reverse(f"evidence:{name}", args=[uid])).status_code == 404


def test_a_paper_is_withdrawn_with_a_reason_and_stays_in_the_list(men):
    ours, _, an, _, _ = men
    clerk = signed_in("clerk", ours)
    clerk.post(page_of(an), brought())
    with acting_as_system():
        paper = Paper.objects.get()
    address = reverse("evidence:paper", args=[paper.uid])
    assert b"This field is required" in clerk.post(address, {"because": ""}).content
    assert clerk.post(address, {"because": "of another man"}).status_code == 302
    assert b"withdrawn" in clerk.get(page_of(an)).content


def test_what_lapses_soon_waits_in_my_work_until_a_new_paper_came(men):
    ours, _, an, _, _ = men
    clerk = signed_in("clerk", ours)
    clerk.post(page_of(an), brought(last_day="2026-03-20"))
    assert b"Papers that lapse soon" in clerk.get("/").content
    assert an.full_name.encode() in clerk.get(reverse("evidence:ending")).content
    clerk.post(page_of(an), brought(PNG))
    assert an.full_name.encode() not in clerk.get(reverse("evidence:ending")).content
