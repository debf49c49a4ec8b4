"""An office takes back one name of a list; the rest of the list stands."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from muster.foundation.accounts.actions import acting_as_system, give_post, open_account
from muster.foundation.decisions import actions, queries
from muster.foundation.decisions.actions.undoing import NotTakenBack
from muster.foundation.decisions.models import Line
from muster.foundation.decisions.tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def house(db):
    """A province whose chairman has deferred two men of a commune."""
    today = timezone.localdate()
    with acting_as_system():
        province = factories.unit("province", "Hải Phòng")
        commune = factories.unit("commune", "An Biên")
        factories.under(commune, province)
        units = [commune.pk, province.pk]
        actions.establish_councils(unit_ids=units, on=date(2025, 7, 1), members=3)
        men = factories.people(factories.place(commune), 2)
        drafts = [actions.Draft(man.pk, man.place_id, "deferred", "41.1.g") for man in men]
        actions.stage(
            [
                (province.pk, each.person_id, each.place_id, each.outcome, each.article)
                for each in drafts
            ],
            columns=("unit_id", "person_id", "place_id", "outcome", "article"),
        )
        everybody = actions.Vote()
        actions.resolve_lists(act="deferral", on=today, season="2027", members=3, vote=everybody)
        actions.decide_lists(kind="deferral", signed_on=today, season="2027")
        lines = list(Line.objects.select_related("decision").order_by("pk"))
    return province, commune, lines


def signed_in(role, unit):
    user = open_account(username=f"{role}-{unit.pk}", name=role, password=None)
    with acting_as_system():
        give_post(user=user, role=role, unit=unit, valid_from=date(2026, 1, 1))
    client = Client(headers={"accept-language": "en"})
    client.force_login(user)
    return client


def test_the_chairman_withdraws_one_name_and_the_man_is_served(house):
    province, _commune, (line, other) = house
    chairman, today = signed_in("chairman", province), timezone.localdate()
    shown = chairman.get(reverse("decisions:line", args=[line.uid])).content.decode()
    address = reverse("decisions:take_back", args=[line.uid])
    assert address in shown
    answer = chairman.post(address, {"way": "withdrawn", "signed_on": today})
    assert answer.status_code == 302
    with acting_as_system():
        told = queries.line(line.uid)
        assert told.state == "withdrawn"
        assert queries.line(other.uid).state == "in_force"
        new = line.replaced_by.get().decision
        assert new.serve_by == today + timedelta(days=10)
        assert not new.postings.exists()
        assert [each.decision_id for each in queries.rounds(today)] == [new.pk]
    assert address not in chairman.get(reverse("decisions:line", args=[line.uid])).content.decode()
    assert chairman.get(address).status_code == 404


def test_nobody_takes_back_what_another_office_signed(house):
    _province, commune, (line, _other) = house
    head = signed_in("chairman", commune)
    assert head.get(reverse("decisions:take_back", args=[line.uid])).status_code == 404
    with acting_as_system(), pytest.raises(NotTakenBack):
        actions.take_back(
            line=line, way="set_aside", unit_id=commune.pk, signed_on=timezone.localdate()
        )


def test_an_answer_to_a_complaint_is_changed_by_the_next_instance_only(house):
    province, _commune, (line, _other) = house
    today = timezone.localdate()
    with acting_as_system():
        complaint = actions.complain(line=line, received_on=today)
        actions.accept(complaint=complaint, on=today)
        actions.answer(complaint=complaint, unit_id=province.pk, signed_on=today, upheld=False)
        with pytest.raises(NotTakenBack):
            actions.take_back(
                line=complaint.answer, way="withdrawn", unit_id=province.pk, signed_on=today
            )
