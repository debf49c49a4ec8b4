"""A mark "disputed": set at once by the man or a clerk for him, lifted in time by somebody else."""

from datetime import date

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from muster.foundation.accounts.actions import (
    acting_as,
    acting_as_system,
    give_post,
    open_account,
)
from muster.foundation.accounts.models import Refusal, User
from muster.foundation.decisions import actions, queries
from muster.foundation.decisions.models import Decision, Dispute, Line, labels
from muster.foundation.decisions.tests import factories
from muster.foundation.ledger.models import Entry
from muster.foundation.register.actions import correct
from muster.foundation.register.actions.own import open_access

TODAY = date(2026, 8, 20)  # a Thursday


@pytest.fixture(autouse=True)
def clock(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    with time_machine.travel(f"{TODAY}T09:00:00+07:00", tick=False) as traveller:
        yield traveller


def somebody(role, unit, name=""):
    name = name or role
    user = open_account(username=f"{name}-{unit.pk}", name=name.title(), password=None)
    with acting_as_system():
        give_post(user=user, role=role, unit=unit, valid_from=date(2026, 1, 1))
    client = Client(headers={"accept-language": "en"})
    client.force_login(user)
    return user, client


@pytest.fixture
def town(db):
    """A commune in its province, with one man who was deferred."""
    with acting_as_system():
        province = factories.unit("province", "Hải Phòng")
        commune = factories.unit("commune", "An Biên")
        factories.under(commune, province)
        (man,) = factories.people(factories.place(commune), 1)
        actions.establish_councils(
            unit_ids=[commune.pk, province.pk], on=date(2026, 7, 1), members=9
        )
        sign(province, commune, man, "deferral", "deferred")
    return province, commune, man


def sign(province, commune, man, act, outcome):
    """A decision about the man, carried by his council where the law wants one."""
    on = date(2026, 8, 10)
    actions.stage(
        [(province.pk, man.pk, man.place_id, outcome, "")],
        columns=("unit_id", "person_id", "place_id", "outcome", "article"),
    )
    if act == "deferral":
        actions.resolve_lists(act=act, on=on, members=16)
    actions.decide_lists(kind=act, signed_on=on)
    return Line.objects.latest("pk")


def the_line():
    with acting_as_system():
        return Line.objects.select_related("decision").get()


def about(line):
    return f"line:{line.uid}"


def test_a_clerk_marks_a_decision_for_the_man_and_it_stands_at_once(town):
    _, commune, man = town
    _, clerk = somebody("clerk", commune)
    address = reverse("decisions:marks", args=[man.uid])
    person = reverse("register:person", args=[man.uid])
    assert address in clerk.get(person).content.decode()
    line = the_line()
    assert clerk.post(address, {"about": about(line)}).status_code == 302
    with acting_as_system():
        mark = Dispute.objects.get()
        assert (mark.line, mark.marked_on, mark.look_by) == (line, TODAY, date(2026, 8, 24))
        assert Entry.objects.filter(kind="decisions.dispute").count() == 1
    assert "Marked disputed" in clerk.get(person).content.decode()
    clerk.post(address, {"about": about(line)})
    with acting_as_system():
        assert Dispute.objects.count() == 1


def test_a_field_of_the_entry_is_marked_by_its_name_and_not_by_its_content(town):
    _, commune, man = town
    _, clerk = somebody("clerk", commune)
    address = reverse("decisions:marks", args=[man.uid])
    clerk.post(address, {"about": "register.birth_date"})
    with acting_as_system():
        assert Dispute.objects.get().about == "register.birth_date"
    assert clerk.post(address, {"about": "register.nonsense"}).status_code == 422


def test_the_man_himself_marks_what_stands_about_him_and_nothing_of_others(town):
    _, _, man = town
    with acting_as_system():
        (other,) = factories.people(man.place, 1)
        user = open_access(
            person=man, username="man", password=None, on=date(2026, 1, 5), basis="CCCD"
        ).user
    client = Client(headers={"accept-language": "en"})
    client.force_login(user)
    address = reverse("decisions:mine")
    page = client.get(address).content.decode()
    assert about(the_line()) in page
    assert client.post(address, {"about": "register.full_name"}).status_code == 302
    with acting_as_system():
        mark = Dispute.objects.get()
        assert (mark.person, mark.marked_by) == (man, user)
    assert client.get(reverse("decisions:marks", args=[other.uid])).status_code == 403


@pytest.mark.django_db(transaction=True)
def test_a_mark_is_lifted_by_a_decision_of_somebody_else(town):
    _, commune, man = town
    setter, own = somebody("commander", commune, "setter")
    _, commander = somebody("commander", commune)
    with acting_as_system():
        mark = actions.mark_disputed(
            person_id=man.pk, place_id=man.place_id, about="register.full_name", on=TODAY,
            by=setter.pk,
        )  # fmt: skip
    address = reverse("decisions:lift", args=[mark.uid])
    given = {"upheld": "yes", "unit": commune.pk, "signed_on": TODAY}
    answer = own.post(address, given)
    assert answer.status_code == 422
    assert "somebody other than who set it" in answer.content.decode()
    with acting_as_system():
        assert [each.code for each in Refusal.objects.all()] == ["dispute.own_mark"]
    assert commander.post(address, given).status_code == 302
    with acting_as_system():
        mark.refresh_from_db()
        assert mark.answer.outcome == "upheld"
        assert mark.answer.decision.kind == "dispute_lifting"
    assert commander.get(address).status_code == 404


def test_an_entry_found_wrong_waits_for_the_clerk_until_it_is_corrected(town):
    _, commune, man = town
    _, clerk = somebody("clerk", commune)
    _, stranger = somebody("clerk", other_commune())
    line = the_line()
    for entry, behind in (("register.full_name", None), (about(line), line)):
        with acting_as_system():
            mark = actions.mark_disputed(
                person_id=man.pk, place_id=man.place_id, about=entry, on=TODAY, line=behind
            )  # fmt: skip
            actions.lift_dispute(dispute=mark, unit_id=commune.pk, signed_on=TODAY, upheld=True)
    pile = reverse("decisions:wrong")
    assert pile in clerk.get("/").content.decode()
    page = clerk.get(pile).content.decode()
    assert (page.count("lifted: he was right"), "Full name" in page) == (2, True)
    assert reverse("register:person", args=[man.uid]) in page
    assert pile not in stranger.get("/").content.decode()
    with acting_as_system():
        correct(person=man, changes={"full_name": "Nguyễn Văn Bình"}, on=TODAY, basis="CCCD")
        complaint = actions.complain(line=line, received_on=TODAY)
        actions.accept(complaint=complaint, on=TODAY)
        actions.answer(
            complaint=complaint, unit_id=line.decision.unit_id, signed_on=TODAY, upheld=True
        )
    assert pile not in clerk.get("/").content.decode()


def other_commune():
    with acting_as_system():
        return factories.unit("commune", "Kiến An")


def test_a_line_is_set_aside_at_once_where_its_signer_finds_it_wrong(town):
    province, _, man = town
    line = the_line()
    with acting_as_system():
        mark = actions.mark_disputed(
            person_id=man.pk, place_id=man.place_id, about=about(line), on=TODAY, line=line
        )
        actions.lift_dispute(dispute=mark, unit_id=province.pk, signed_on=TODAY, upheld=True)
        assert line.replaced_by.get().way == "set_aside"
        assert not queries.to_be_corrected().exists()


def test_a_mark_waits_in_my_work_and_is_overdue_after_two_working_days(town, clock):
    _, commune, man = town
    _, commander = somebody("commander", commune)
    _, clerk = somebody("clerk", commune)
    with acting_as_system():
        actions.mark_disputed(
            person_id=man.pk, place_id=man.place_id, about="register.sex", on=TODAY
        )
    assert b"Entries marked disputed" in commander.get("/").content
    assert b"Entries marked disputed" not in clerk.get("/").content
    pile = reverse("decisions:disputes")
    assert b"overdue" not in commander.get(pile).content
    clock.move_to("2026-08-25T09:00:00+07:00")
    assert b"overdue" in commander.get(pile).content
    user, day = commander_user(commune), date(2026, 8, 25)
    with acting_as(user, on=day):
        (item,) = [each for each in queries.work(user, day) if each.due]
    assert item.urgency == "late"


def commander_user(commune):
    return User.objects.get(username=f"commander-{commune.pk}")


def test_a_commune_does_not_see_the_marks_of_another(town):
    _, _, man = town
    with acting_as_system():
        mark = actions.mark_disputed(
            person_id=man.pk, place_id=man.place_id, about="register.sex", on=TODAY
        )
        other = factories.unit("commune", "Kiến An")
    _, stranger = somebody("commander", other)
    assert b"Nothing is marked disputed" in stranger.get(reverse("decisions:disputes")).content
    assert stranger.get(reverse("decisions:lift", args=[mark.uid])).status_code == 404


def test_a_disputed_conclusion_on_health_goes_to_the_medical_assessment_council(town):
    province, commune, man = town
    with acting_as_system():
        line = sign(commune, commune, man, "health_conclusion", "examined")
        mark = actions.mark_disputed(
            person_id=man.pk, place_id=man.place_id, about=about(line), on=TODAY, line=line
        )
        with pytest.raises(actions.disputes.rules.WrongOffice, match="assessment_chair"):
            actions.lift_dispute(
                dispute=mark, unit_id=commune.pk, signed_on=TODAY, upheld=True,
                correction="class_2",
            )  # fmt: skip
        decided = actions.lift_dispute(
            dispute=mark, unit_id=province.pk, signed_on=TODAY, upheld=False
        )
    assert decided.kind == "assessment_conclusion"


# ---- outcomes that are not everybody's to read -------------------------------------------


@pytest.fixture
def closed(town, monkeypatch):
    """A line whose outcome only councils and inspectors read."""
    monkeypatch.setitem(labels.CLOSED, "rejected", "decisions.vote")
    _, commune, man = town
    with acting_as_system():
        sign(commune, commune, man, "health_conclusion", "rejected")
        return Line.objects.select_related("decision").latest("pk")


def test_a_closed_outcome_is_read_by_who_may_and_by_nobody_else(town, closed):
    _, commune, man = town
    person = reverse("register:person", args=[man.uid])
    line = reverse("decisions:line", args=[closed.uid])
    annex = reverse("decisions:decision", args=[closed.decision.uid])
    for role, sees in (("commander", True), ("inspector", False)):
        _, client = somebody(role, commune)
        assert client.get(line).status_code == (200 if sees else 404)
        assert (line in client.get(person).content.decode()) == sees
        assert (line in client.get(annex).content.decode()) == sees


def test_a_closed_outcome_is_on_no_paper_and_gone_after_its_time(town, closed, clock):
    with acting_as_system():
        assert queries.line(closed.uid)
        assert not [each for page in queries.pages(closed.decision_id) for each in page]
        clock.move_to("2027-08-12T09:00:00+07:00")
        assert queries.line(closed.uid) is None
        assert Decision.objects.filter(pk=closed.decision_id).exists()
