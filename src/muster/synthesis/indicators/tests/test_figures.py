"""A figure is derived where a slice can count it, else declared with its document."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from muster.foundation.ledger import queries as ledger
from muster.foundation.ledger.models import Entry
from muster.kernel.periods import parse
from muster.shell import rls
from muster.synthesis.indicators import actions, queries
from muster.synthesis.indicators.models import DeclaredFigure
from muster.synthesis.indicators.rules import Basis
from muster.synthesis.indicators.tests import factories

pytestmark = pytest.mark.django_db
H1, BEFORE = parse("2025H1"), parse("2024H1")
DAY = date(2025, 7, 15)
PAPER = "baogialai.com.vn post560440"


@pytest.fixture(autouse=True)
def _as_system():
    with rls.scoped(role=rls.WIDE):
        yield


@pytest.fixture
def gia_lai():
    return factories.unit("52", "Gia Lai", since=factories.REFORM)


@pytest.fixture
def contributed(monkeypatch):
    """A catalogue in which one slice counts replacements."""
    counted = factories.shares({"2025H1": (4, 2550), "2024H1": (7, 2530), "2023H1": (0, 0)})
    awards = queries.indicator("awards.certificates")
    known = {each.code: each for each in (counted, awards)}
    monkeypatch.setattr(queries, "catalogue", lambda: known)
    return counted


def declare(unit, period=H1, numerator=11, **more):
    facts = {"code": "awards.certificates", "source": PAPER} | more
    return actions.declare(unit_id=unit.pk, period=period, numerator=Decimal(numerator), **facts)


def test_a_derived_figure_stands_beside_the_year_before(gia_lai, contributed):
    found = queries.figure("test.replaced", gia_lai.pk, H1, DAY)
    assert (found.basis, found.value, found.previous_value) == (
        Basis.DERIVED, Decimal("0.16"), Decimal("0.28"),
    )  # fmt: skip
    assert found.change == Decimal("-0.12")
    assert found.previous_period == BEFORE


def test_a_comparison_with_an_assumption_is_not_confirmed(gia_lai, contributed):
    assert not queries.figure("test.replaced", gia_lai.pk, H1, DAY).confirmed


def test_nothing_of_nothing_has_no_value_and_no_change(gia_lai, contributed):
    found = queries.figure("test.replaced", gia_lai.pk, parse("2023H1"), DAY)
    assert (found.value, found.change) == (None, None)


def test_a_figure_of_the_day_of_the_map_is_compared_with_no_period(
    gia_lai, contributed, monkeypatch
):
    state = replace(contributed, previous=None)
    monkeypatch.setattr(queries, "catalogue", lambda: {state.code: state})
    found = queries.figure("test.replaced", gia_lai.pk, H1, DAY)
    assert (found.previous, found.previous_period, found.change) == (None, None, None)
    assert found.confirmed


def test_what_a_slice_cannot_tell_is_left_out(gia_lai, contributed):
    assert queries.figures(gia_lai.pk, parse("2022H1"), DAY) == []


def test_a_derived_figure_opens_to_its_cases(gia_lai, contributed):
    assert len(list(queries.rows("test.replaced", gia_lai.pk, H1, DAY))) == 3


def test_a_declared_figure_names_its_document(gia_lai):
    declare(gia_lai)
    found = queries.figure("awards.certificates", gia_lai.pk, H1, DAY)
    assert (found.basis, found.value, found.source) == (Basis.DECLARED, 11, PAPER)
    assert (found.previous, found.change) == (None, None)
    assert list(queries.rows("awards.certificates", gia_lai.pk, H1, DAY)) == []


def test_a_declared_figure_is_compared_with_what_was_declared_before(gia_lai):
    declare(gia_lai)
    declare(gia_lai, BEFORE, 8)
    found = queries.figure("awards.certificates", gia_lai.pk, H1, DAY)
    assert (found.previous_value, found.change) == (8, 3)


def test_a_later_declaration_replaces_the_earlier_and_both_stay(gia_lai):
    declare(gia_lai, numerator=10)
    declare(gia_lai)
    assert queries.figure("awards.certificates", gia_lai.pk, H1, DAY).value == 11
    latest, earlier = queries.declarations()
    assert (latest.replaced_by, earlier.replaced_by) == (None, latest.pk)
    assert earlier.unit_name == "Gia Lai"
    assert Entry.objects.filter(kind="indicators.declared").count() == 2
    assert list(ledger.faults(ledger.kinds()["indicators.declared"])) == []


def test_a_figure_that_a_slice_derives_cannot_be_typed(gia_lai, contributed):
    with pytest.raises(actions.NotDeclarable, match="correct the cases"):
        declare(gia_lai, code="test.replaced")


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"source": "  "}, "needs the document"),
        ({"denominator": Decimal(20)}, "a count alone"),
        ({"numerator": -1}, "cannot be -1"),
    ],
)
def test_a_figure_without_its_document_or_parts_is_refused(gia_lai, wrong, sentence):
    with pytest.raises(actions.NotDeclarable, match=sentence):
        declare(gia_lai, **wrong)
    assert not DeclaredFigure.objects.exists()


def test_a_share_is_declared_by_its_parts(gia_lai, monkeypatch):
    from muster.kernel.manifest import Indicator

    share = Indicator("test.share", "Share", "percent")
    monkeypatch.setattr(queries, "catalogue", lambda: {share.code: share})
    with pytest.raises(actions.NotDeclarable, match="a count of how many"):
        declare(gia_lai, code="test.share")
    with pytest.raises(actions.NotDeclarable, match="cannot be 11 of 10"):
        declare(gia_lai, code="test.share", denominator=Decimal(10))
    declare(gia_lai, code="test.share", denominator=Decimal(22))
    assert queries.figure("test.share", gia_lai.pk, H1, DAY).value == 50


def test_an_unknown_indicator_is_refused_with_those_that_are_known(contributed):
    with pytest.raises(queries.UnknownIndicator, match=r"known are awards\.certificates"):
        queries.indicator("awards.medals")


def test_units_and_periods_are_known_from_slices_and_documents(gia_lai, contributed, monkeypatch):
    assert queries.known() == set()
    declare(gia_lai)
    assert queries.known() == {(gia_lai.pk, H1)}


def test_a_figure_is_shown_only_to_whoever_reaches_all_its_ground(gia_lai):
    factories.place(gia_lai)
    other = factories.unit("31", "Hải Phòng", "thành phố")
    factories.place(other, "Q")
    inspector, clerk = factories.user(), factories.user("clerk", gia_lai)
    today = date(2026, 1, 1)
    assert queries.covers(inspector, other.pk, DAY, today)
    assert queries.covers(clerk, gia_lai.pk, DAY, today)
    assert not queries.covers(clerk, other.pk, DAY, today)


@pytest.fixture
def administrator(client):
    client.force_login(factories.user())
    return client


FORM = {
    "indicator": "awards.certificates", "unit": "52", "on": "2025-07-15", "period": "2025h1",
    "numerator": "11", "source": PAPER,
}  # fmt: skip


@pytest.fixture
def two_bearers():
    """The code 52 as it was and as it is."""
    factories.unit("52", "Bình Định", until=factories.REFORM)
    factories.unit("52", "Gia Lai", since=factories.REFORM)


def test_the_page_declares_for_the_unit_that_the_code_meant_on_the_day(
    administrator, two_bearers, monkeypatch
):
    monkeypatch.setattr(
        "muster.foundation.units.queries.naming.baseline_day", lambda: date(2000, 1, 1)
    )
    page = administrator.post("/indicators/new/", FORM, follow=True).content.decode()
    assert "tỉnh Gia Lai" in page
    assert PAPER in page
    (declared,) = DeclaredFigure.objects.all()
    assert declared.unit.opened_on == factories.REFORM
    assert declared.by.username == "administrator-a"


@pytest.mark.parametrize(
    "wrong", [{"unit": "99"}, {"period": "H1/2025"}, {"numerator": "many"}, {"denominator": "20"}]
)
def test_a_wrong_form_keeps_what_was_typed(administrator, two_bearers, monkeypatch, wrong):
    monkeypatch.setattr(
        "muster.foundation.units.queries.naming.baseline_day", lambda: date(2000, 1, 1)
    )
    page = administrator.post("/indicators/new/", FORM | wrong)
    assert page.status_code == 200
    assert PAPER in page.content.decode()
    assert not DeclaredFigure.objects.exists()


def test_a_council_member_reads_but_does_not_declare(client):
    client.force_login(factories.user("council"))
    assert client.get("/indicators/").status_code == 200
    assert client.get("/indicators/new/").status_code == 403
