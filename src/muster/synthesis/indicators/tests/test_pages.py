"""A figure is read in the browser on the map of then or of now."""

from datetime import date

import pytest
import time_machine
from django.conf import settings
from django.urls import reverse

from muster.foundation.accounts.models import Post, User
from muster.foundation.units import queries as units
from muster.foundation.units.models import Unit
from muster.synthesis.indicators.tests.test_maps import CODE, country, declare, english, reform

__all__ = ["country", "english", "reform"]
NOW = date(2026, 11, 22)


@pytest.fixture
def page(client, reform):
    """Ask the page as somebody whose post stands at the province, or at the unit given."""

    def ask(*, at="31", **asked):
        user = User.objects.create_user(username=f"at-{at}", password="secret")
        unit = Unit.objects.get(pk=units.resolve(at, NOW).id)
        Post.objects.create(user=user, unit=unit, role="commander", valid_from=date(2025, 7, 1))
        client.force_login(user)
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
        with time_machine.travel("2026-11-22", tick=False):
            return client.get(reverse("indicators:compare"), asked)

    return ask


def told(response):
    """What the table says: remark and state by code."""
    rows = response.context["table"].rows
    return {row[1].value: [cell.value for cell in row] for row in rows}


ASKED = {"indicator": CODE, "period": "2025H1", "side": "now", "unit": "31"}


def test_the_question_begins_with_the_last_half_year_and_ones_own_unit(page):
    first = page(at="10001").context["form"]
    assert (first["period"].value(), first["unit"].value()) == ("2026H1", "10001")


def test_a_divided_unit_is_marked_not_comparable(page):
    declare(u10001=1, u10002=2, u10003=40, u11001=5, u11002=7, u11003=0)
    rows = told(page(**ASKED))
    assert rows["11002"][2] == 12
    assert rows["10003"][2] is None
    assert str(rows["10003"][3].label) == "not comparable"
    assert rows["10003"][4] == "not comparable: commune 10003 was divided"


def test_on_the_map_of_then_every_unit_has_what_it_declared(page):
    declare(u30=100, u10003=40)
    rows = told(page(**ASKED | {"side": "then", "unit": "30"}))
    assert {code: row[2] for code, row in rows.items()} == {"30": 100, "300": None}
    assert str(rows["30"][3].label) == "comparable"


def test_where_nobody_declared_anything_it_says_so(page):
    response = page(**ASKED)
    assert response.context["table"].rows == ()
    assert "Nothing is told of these units" in response.content.decode()


def test_what_lies_beyond_the_post_is_refused_in_a_sentence(page):
    response = page(at="10001", **ASKED)
    assert response.status_code == 422
    assert "beyond your post" in response.content.decode()


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [({"period": "2025X"}, "is not a period"), ({"unit": "99999"}, "No unit had the code 99999"),
     ({"period": "2027H1"}, "forward")],
)  # fmt: skip
def test_a_wrong_question_is_answered_in_a_sentence(page, wrong, sentence):
    response = page(**ASKED | wrong)
    assert response.status_code == 422
    assert sentence in response.content.decode()
