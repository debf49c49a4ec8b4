"""Once an entry's time is up: what was decided still counts, and nothing in it tells about whom."""

from datetime import date

import pytest
from django.db import DatabaseError, transaction

from muster.foundation.accounts.actions import acting_as_system
from muster.foundation.decisions import actions
from muster.foundation.decisions.actions.single import Draft
from muster.foundation.decisions.models import Complaint, Delivery, Fact, Line
from muster.foundation.decisions.tests import factories
from muster.foundation.ledger.queries import audit
from muster.foundation.register import actions as register
from muster.foundation.register.actions.retention import retain
from muster.foundation.register.models import Close, Person
from muster.foundation.register.rules.retention import LEFT
from muster.shell import rls

pytestmark = pytest.mark.django_db(transaction=True)
SIGNED, DIED = date(2025, 12, 1), date(2026, 3, 1)


@pytest.fixture
def called_up():
    """A man who was called up, on a fact; his mother took the paper; he complained; he died."""
    with acting_as_system():
        commune, province = factories.unit("commune"), factories.unit("province", "Hải Phòng")
        factories.under(commune, province)
        man = register.register(
            identity=register.Identity(full_name="Nguyễn Văn Mất", sex="m", birth_date=date(2005, 1, 1)),
            place_id=factories.place(commune).pk, on=date(2022, 4, 1), basis="Form 01",
        )  # fmt: skip
        actions.decide(
            kind="exam_call", unit_id=commune.pk, signed_on=SIGNED, event_on=date(2025, 12, 20),
            lines=[Draft(person_id=man.pk, place_id=man.place_id, outcome="called_to_exam", facts={"school": "Trường X"})],
        )  # fmt: skip
        line = Line.objects.get()
        actions.serve(
            line=line, delivered_on=date(2025, 12, 2), means="family", receiver="mẹ: Lê Thị C"
        )
        actions.complain(line=line, received_on=date(2025, 12, 5), text="Tôi đang ốm")
        register.close(person=man, why=Close.DIED, on=DIED, basis="Giấy chứng tử")
    return man


def test_facts_papers_and_complaints_go_and_the_line_is_counted_still(called_up):
    done = retain(on=date(2036, 3, 1), scope=acting_as_system, accept=[LEFT])
    assert [rule.due for rule in done if rule.law.name == LEFT] == [1]
    with acting_as_system():
        assert Line.objects.get().person_id == called_up.pk
        assert Person.objects.get(pk=called_up.pk).full_name == ""
        assert not Fact.objects.exists()
        assert not Delivery.objects.exists()
        assert not Complaint.objects.exists()
        assert audit().faults == ()


@pytest.mark.usefixtures("called_up")
def test_without_a_rule_a_delivery_stays_and_without_an_erasure_it_is_missed():
    with acting_as_system():
        with pytest.raises(DatabaseError, match="is refused"), transaction.atomic():
            Delivery.objects.all().delete()
        with rls.erasing():
            Delivery.objects.all().delete()
        assert any("decisions.delivery" in each and "gone" in each for each in audit().faults)
