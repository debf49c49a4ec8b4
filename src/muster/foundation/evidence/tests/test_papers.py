"""A paper is taken in, serves a family, lapses, is withdrawn; sealed under keys that change."""

import hashlib
from datetime import date, timedelta

import pytest

from muster.foundation.accounts.actions import acting_as, acting_as_system
from muster.foundation.evidence import actions, queries, rules
from muster.foundation.evidence.models import Content, Paper, Showing
from muster.foundation.evidence.tests.conftest import TODAY, people, user
from muster.foundation.evidence.tests.files import JPEG, PDF, PNG, PROGRAM
from muster.foundation.ledger.models import Entry
from muster.foundation.register import actions as register
from muster.foundation.register import queries as entries
from muster.foundation.register.actions.retention import forget
from muster.foundation.register.models import Person, Reading
from muster.shell.keyring import KeyMissing


def attach(person, claim="sole_worker", *, data=PDF, **more):
    facts = {"reference": "No. 12/GXN, UBND xã An Lão", "issued_on": date(2026, 2, 20)} | more
    return actions.attach(person=person, claim=claim, data=data, received_on=TODAY, **facts)


def shown(person, claim, on=TODAY):
    rows = queries.shown(on, [person.pk]).rows()
    return {(who, what): holds for who, what, holds in rows}.get((person.pk, claim))


@pytest.mark.django_db
def test_a_paper_is_typed_hashed_sealed_and_in_the_log(men):
    with acting_as_system():
        paper = attach(men[2])
        assert (paper.kind, paper.media, paper.size) == (
            "commune_confirmation", "application/pdf", len(PDF),
        )  # fmt: skip
        assert bytes(paper.sha256) == hashlib.sha256(PDF).digest()
        assert paper.valid_to == date(2027, 2, 20)
        kept = Content.objects.get(paper=paper)
        assert PDF[5:40] not in bytes(kept.sealed)
        assert set(Entry.objects.filter(kind__startswith="evidence").values_list("kind", flat=True)) == {
            "evidence.paper", "evidence.showing",
        }  # fmt: skip


@pytest.mark.django_db
def test_a_ground_has_its_circumstance_with_the_paper(men):
    with acting_as_system():
        attach(men[2], "family_damaged")
        facts = entries.facts(None, TODAY).row(by_predicate=None, index=0, named=True)
        assert facts["family_damaged"]
        assert facts["family_damaged_since"] == date(2026, 2, 20)


@pytest.mark.django_db
def test_one_paper_serves_brothers_and_nobody_of_another_family(men):
    _, _, an, binh, cuong = men
    with acting_as_system():
        paper = attach(an, "family_damaged", family=[binh])
        assert shown(binh, "family_damaged") is True
        assert shown(cuong, "family_damaged") is None
        Person.objects.filter(pk=cuong.pk).update(family_id=8)
        cuong.refresh_from_db()
        with pytest.raises(actions.NotOfTheFamily):
            actions.share(paper=paper, person=cuong, on=TODAY)


@pytest.mark.django_db
def test_a_paper_lapses_and_its_ground_lacks_it_again(men):
    with acting_as_system():
        paper = attach(men[2], valid_to=date(2026, 8, 1))
        assert shown(men[2], "sole_worker", date(2026, 7, 31)) is True
        assert shown(men[2], "sole_worker", date(2026, 8, 1)) is False
        states = [
            queries.state_of(paper, on)
            for on in (TODAY, date(2026, 7, 20), date(2026, 7, 31), date(2026, 8, 1))
        ]
        assert states == ["holds", "ends_soon", "ends_soon", "lapsed"]


@pytest.mark.django_db
def test_before_it_came_in_a_paper_showed_nothing(men):
    with acting_as_system():
        attach(men[2])
        assert shown(men[2], "sole_worker", TODAY - timedelta(days=1)) is None


@pytest.mark.django_db
def test_a_paper_that_is_withdrawn_shows_nothing_and_only_once(men):
    with acting_as_system():
        paper = attach(men[2])
        actions.withdraw(paper=paper, on=TODAY, because="of another man")
        assert shown(men[2], "sole_worker") is None
        with pytest.raises(actions.Withdrawn):
            actions.withdraw(paper=paper, on=TODAY, because="again")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("more", "refusal", "code"),
    [
        ({"data": PROGRAM}, actions.UnfitFile, "evidence.executable"),
        ({"issued_on": TODAY + timedelta(days=1)}, actions.NotValid, "evidence.dated_later"),
        ({"issued_on": date(2025, 3, 2)}, actions.NotValid, "evidence.lapsed"),
        ({"valid_to": TODAY}, actions.NotValid, "evidence.lapsed"),
        ({"claim": "volunteer"}, rules.UnknownClaim, "evidence.claim"),
    ],
)
def test_what_shows_nothing_is_not_taken_in(men, more, refusal, code):
    with acting_as_system():
        with pytest.raises(refusal) as caught:
            attach(men[2], **more)
        assert caught.value.code == code
        assert not Paper.objects.exists()


@pytest.mark.django_db
def test_the_same_file_is_taken_in_once_for_a_claim(men):
    with acting_as_system():
        attach(men[2])
        with pytest.raises(actions.TakenInTwice):
            attach(men[2])
        attach(men[2], "family_damaged")
        attach(men[3])


@pytest.mark.django_db
def test_a_paper_opens_with_the_key_it_was_sealed_with_and_with_none_other(men):
    with acting_as_system():
        first = Content.objects.get(paper=attach(men[2]))
        assert actions.RING.renew() == "evidence-0002"
        second = Content.objects.get(paper=attach(men[2], data=JPEG))
        assert (first.key_id, second.key_id) == ("evidence-0001", "evidence-0002")
        with pytest.raises(KeyMissing):
            actions.RING.open(first.sealed, key_id="evidence-0002", bound_to=first.paper.uid)
        with pytest.raises(KeyMissing):
            actions.RING.open(first.sealed, key_id=first.key_id, bound_to=second.paper.uid)
        with pytest.raises(KeyMissing, match="restore the file"):
            actions.RING.open(first.sealed, key_id="evidence-0009", bound_to=first.paper.uid)


@pytest.mark.django_db
def test_resealing_leaves_every_paper_readable_under_the_newest_key(men, settings):
    with acting_as_system():
        for data in (PDF, JPEG, PNG):
            attach(men[2], data=data)
        actions.RING.renew()
        assert list(actions.reseal()) == [3]
        assert set(Content.objects.values_list("key_id", flat=True)) == {"evidence-0002"}
        (settings.KEYS / "evidence-0001").unlink()
        for kept in Content.objects.select_related("paper"):
            plain = actions.RING.open(kept.sealed, key_id=kept.key_id, bound_to=kept.paper.uid)
            assert hashlib.sha256(plain).digest() == bytes(kept.paper.sha256)


@pytest.mark.django_db
def test_keys_are_readable_by_their_owner_only(men, settings):
    with acting_as_system():
        attach(men[2])
    assert (settings.KEYS / "evidence-0001").stat().st_mode & 0o777 == 0o600


@pytest.mark.django_db(transaction=True)
def test_a_clerk_of_another_commune_reads_neither_paper_nor_content():
    ours, theirs, an, binh, _ = people()
    with acting_as(user("clerk", ours), on=TODAY):
        paper = attach(an, "family_damaged", family=[binh])
    with acting_as(user("clerk", theirs), on=TODAY):
        assert not Paper.objects.exists()
        assert not Content.objects.exists()
        assert not Showing.objects.exists()
        assert queries.shown(TODAY).is_empty()
    with acting_as_system():
        assert Paper.objects.get() == paper


@pytest.mark.django_db(transaction=True)
def test_the_office_of_a_brother_in_another_commune_reads_the_family_s_paper():
    _, theirs, an, _, cuong = people()
    with acting_as_system():
        attach(an, "family_damaged", family=[cuong])
        attach(an)
    with acting_as(user("clerk", theirs), on=TODAY):
        assert [paper.claim for paper in Paper.objects.all()] == ["family_damaged"]
        assert Content.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_papers_follow_a_man_to_his_new_office():
    ours, theirs, an, _, cuong = people()
    with acting_as_system():
        attach(an)
        register.move(person=an, to_place_id=cuong.place_id, on=TODAY, basis="Giấy giới thiệu")
    with acting_as(user("clerk", ours), on=TODAY):
        assert not Paper.objects.exists()
    with acting_as(user("clerk", theirs), on=TODAY):
        assert Paper.objects.count() == Content.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_reading_a_paper_is_logged_for_each_whom_it_serves():
    ours, _, an, binh, _ = people()
    clerk = user("clerk", ours)
    with acting_as(clerk, on=TODAY):
        paper = attach(an, "family_damaged", family=[binh])
        assert actions.content(paper=paper, by=clerk.pk) == PDF
    with acting_as_system():
        read = set(Reading.objects.values_list("person_id", "by_id", "page"))
    assert read == {(each.pk, clerk.pk, "evidence paper") for each in (an, binh)}


@pytest.mark.django_db
def test_with_an_erased_entry_the_content_goes_and_the_brother_s_row_stays(men):
    _, _, an, binh, _ = men
    with acting_as_system():
        paper = attach(an, "family_damaged", family=[binh])
        own = attach(binh, data=PNG)
        forget(people=[an.pk])
        paper.refresh_from_db()
        assert (paper.claim, paper.reference, bytes(paper.sha256)) == ("", "", b"")
        assert list(Content.objects.values_list("paper", flat=True)) == [own.pk]
        assert set(Showing.objects.values_list("person", flat=True)) == {binh.pk}
        assert shown(binh, "sole_worker") is True
